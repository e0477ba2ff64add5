import type { KeyObject, X509Certificate } from 'node:crypto';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { limits } from '../limits.ts';
import { type Assertion, readAssertion } from '../messages/assertion.ts';
import type { AuthnStatement } from '../messages/authn-statement.ts';
import type { NameId } from '../messages/name-id.ts';
import { readResponse, type Response } from '../messages/response.ts';
import type { Subject, SubjectConfirmation } from '../messages/subject.ts';
import { confirmationMethods, namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type Verified, verifySignatures } from '../signature/verify.ts';
import { childElements } from '../xml/content.ts';
import { readXml } from '../xml/reader.ts';
import { isNamed, nameText, type XmlDocument, type XmlElement } from '../xml/tree.ts';
import type { AuthnContextOrder, AuthnContextWish } from './authn-context.ts';
import { assertionChecks, bearerChecks, issuerChecks } from './assertion-checks.ts';
import { meetsAll, runChecks } from './check.ts';
import { requireSkew } from './clock-skew.ts';
import {
  decryptionOf,
  decryptUnverifiedAssertion,
  decryptVerifiedAssertion,
  type VouchedAssertion,
} from './decrypt-assertion.ts';
import { openArtifact } from './open-artifact.ts';
import { requirePeerId } from './peer-id.ts';
import { responseChecks } from './response-checks.ts';

/**
 * A response as it came, and what it is judged against: the peer, this side, the request it may answer, the clock. What is
 * absent of it is not checked, so only `acceptResponse`, which demands everything, and diagnosis hand it in.
 */
export type ResponseExpectations = {
  message: ReceivedMessage;
  identityProvider: {
    entityId?: string;
    certificates: readonly X509Certificate[];
    allow?: readonly CompatibilitySwitch[];
    /** Rejections with `decryption-failed` and an `actual`, which is a cipher in CBC mode, within the last hour. Needed where `cbc` is allowed. */
    recentDecryptionFailures?: number;
  };
  serviceProvider: {
    entityId?: string;
    assertionConsumerServiceUrl?: string;
    /** RSA private keys, tried in order; without one, a response with something encrypted is refused. */
    decryptionKeys?: readonly KeyObject[];
  };
  /** 'resolved-by-caller': InResponseTo must be there and consistent; the caller consumes it from its own store. */
  request?: { id: string } | 'unsolicited' | 'resolved-by-caller';
  /** What the request asked for; which classes are stronger is this side's to say, in `order`. */
  requestedAuthnContext?: AuthnContextWish & { order?: AuthnContextOrder };
  /** Epoch milliseconds. */
  now: number;
  /** 0 to 180,000. */
  skewMilliseconds: number;
};

/** What a verified assertion says. Instants are epoch milliseconds. */
export type AcceptedResponse = {
  assertionId: string;
  issuer: string;
  /** From the signed SubjectConfirmationData. */
  inResponseTo?: string;
  nameId: NameId;
  audiences: string[];
  /** The assertion is for use now, and not to be kept (saml-core 2.5.1.5). */
  oneTimeUse?: true;
  /** How often, and for whom, others may issue assertions on the strength of this one (saml-core 2.5.1.6). */
  proxyRestriction?: { count?: number; audiences: string[] };
  attributes: { name: string; nameFormat?: string; values: string[] }[];
  authnInstant: number;
  authnContextClassRef?: string;
  authnContextDeclRef?: string;
  /** Who authenticated the person where it was not the issuer, the last one last (saml-core 3.4.1.5.1). */
  authenticatingAuthorities?: string[];
  sessionIndex?: string;
  sessionNotOnOrAfter?: number;
  /** The assertion cannot be used from here on, plus the skew: keep the replay record until then. */
  notOnOrAfter: number;
  /** By artifact, a signature of the answer around the response counts as the response's. */
  signed: 'assertion' | 'response' | 'both';
  /** Whether the assertion came encrypted. */
  encrypted: boolean;
  /** As the browser brought it, beside the response: no signature covers it. */
  relayState?: string;
};

const root = { namespace: namespaces.protocol, local: 'Response' } as const;

/**
 * Verifies a response and holds it against what is expected (saml-profiles 4.1.4.3).
 *
 * Every signature in the message must verify, but for those in Advice where assertions may be nested there. The assertion
 * is read from octets that were digested, its own or those of the response around it; nothing of what is returned comes from
 * anywhere else, but `relayState`.
 *
 * @throws SamlRejection; RangeError where the skew is out of its bounds
 */
export function judgeResponse(input: ResponseExpectations): AcceptedResponse {
  requireSkew(input.skewMilliseconds);
  requireResponse(input.message);
  const message = verifyMessage(input);
  const { response, signedResponse } = message;
  const isResponseSigned = signedResponse !== undefined;
  runChecks(responseChecks, { response, isSigned: message.isSignedItself, input });
  const vouched = requireAssertion(message, input);
  return {
    ...judgeAssertion(vouched.assertion.value, response, input),
    signed: !vouched.isSignedItself ? 'response' : isResponseSigned ? 'both' : 'assertion',
    encrypted: response.encryptedAssertions.length > 0,
    ...(input.message.relayState === undefined ? {} : { relayState: input.message.relayState }),
  };
}

function requireResponse(message: ReceivedMessage): void {
  if (message.parameter !== 'SAMLResponse') {
    reject('message-unexpected', { expected: 'SAMLResponse', actual: message.parameter });
  }
  if (message.binding === 'redirect') {
    reject('response-binding', { expected: 'post or artifact', actual: message.binding });
  }
}

type VerifiedMessage = {
  /** From verified octets where the response is signed; else as received, good for consistency only. */
  response: Response;
  signedResponse: Verified<Response> | undefined;
  /** By artifact, the answer around the response may be what vouches for it. */
  isSignedItself: boolean;
  /** The plain assertion from the octets its own signature covers. */
  signedAssertion: Verified<XmlElement> | undefined;
};

function verifyMessage(input: ResponseExpectations): VerifiedMessage {
  const document = readXml(input.message.octets, limits.message);
  if (input.message.binding !== 'artifact') requireName(document.root);
  const { certificates, allow = [] } = input.identityProvider;
  const verified = verifySignatures(document, { certificates, allow });
  const { element, vouched } = openMessage(document, verified, input);
  const signedResponse = vouched?.read(readResponse);
  const signedChildren = childElements(element).flatMap((child) => verified.get(child) ?? []);
  return {
    response: signedResponse?.value ?? readResponse(element),
    signedResponse,
    isSignedItself: verified.has(element),
    // More than one assertion is refused by the checks, so that the first one is the only one.
    signedAssertion: signedChildren[0],
  };
}

/** The response as received, and from octets that a signature covers, its own or that of the answer to an artifact. */
function openMessage(
  document: XmlDocument,
  verified: ReadonlyMap<XmlElement, Verified<XmlElement>>,
  { message, identityProvider }: ResponseExpectations,
): { element: XmlElement; vouched: Verified<XmlElement> | undefined } {
  if (message.binding !== 'artifact') return { element: document.root, vouched: verified.get(document.root) };
  const { entityId, allow = [] } = identityProvider;
  const issuers = entityId === undefined ? undefined : [entityId];
  const opened = openArtifact(document, verified, { message, issuers, allow });
  requireName(opened.root);
  return { element: opened.root, vouched: opened.vouched };
}

function requireName(element: XmlElement): void {
  if (!isNamed(element, root)) {
    reject('message-unexpected', { expected: nameText(root), actual: nameText(element) });
  }
}

/** The one assertion, decrypted where it is encrypted, from octets that somebody vouches for. */
function requireAssertion(message: VerifiedMessage, input: ResponseExpectations): VouchedAssertion {
  const { response, signedResponse, signedAssertion } = message;
  const [encrypted] = response.encryptedAssertions;
  const read = (element: XmlElement) => readPeersAssertion(element, response, input);
  if (encrypted !== undefined) {
    return signedResponse === undefined
      ? decryptUnverifiedAssertion(encrypted, input, read)
      : decryptVerifiedAssertion(signedResponse.read(onlyEncrypted), input, read);
  }
  const element = signedAssertion ?? signedResponse?.read(onlyPlain);
  if (element === undefined) reject('signature-missing', { expected: 'a signed response or assertion' });
  return { assertion: element.read(read), isSignedItself: signedAssertion !== undefined };
}

function readPeersAssertion(element: XmlElement, response: Response, input: ResponseExpectations): Assertion {
  const { allow = [] } = input.identityProvider;
  const assertion = readAssertion(element, { allow, decryption: decryptionOf(input, 'verified') });
  requirePeerId(assertion.id, allow);
  runChecks(issuerChecks, { assertion, response, input });
  return assertion;
}

function onlyPlain({ assertions: [assertion] }: Response): XmlElement {
  return assertion ?? reject('assertion-missing');
}

function onlyEncrypted({ encryptedAssertions: [encrypted] }: Response): XmlElement {
  return encrypted ?? reject('assertion-missing');
}

type AssertionParts = {
  subject: Subject;
  bearers: SubjectConfirmation[];
  authnStatement: AuthnStatement;
};

/** The parts without which an assertion signs nobody in. */
function requireParts(assertion: Assertion): AssertionParts {
  const subject = assertion.subject ?? reject('subject-missing', { expected: 'Subject' });
  const bearers = subject.confirmations.filter(({ method }) => method === confirmationMethods.bearer);
  if (bearers.length === 0) {
    reject('bearer-missing', {
      expected: confirmationMethods.bearer,
      actual: subject.confirmations.map(({ method }) => method).join(' '),
    });
  }
  const authnStatement =
    assertion.authnStatements[0] ?? reject('authn-statement-missing', { expected: 'AuthnStatement' });
  return { subject, bearers, authnStatement };
}

function judgeAssertion(
  assertion: Assertion,
  response: Response,
  input: ResponseExpectations,
): Omit<AcceptedResponse, 'signed' | 'encrypted' | 'relayState'> {
  const { subject, bearers, authnStatement } = requireParts(assertion);
  runChecks(assertionChecks, { assertion, input });
  const confirmation = chooseBearer(bearers, response, input);
  const ends = bearers.flatMap((bearer) => bearer.notOnOrAfter ?? []);
  const sessionEnds = assertion.authnStatements.flatMap((each) => each.sessionNotOnOrAfter ?? []);
  const { classRef, declRef, authenticatingAuthorities, sessionIndex } = authnStatement;
  const { audienceRestrictions = [], oneTimeUse, proxyRestriction } = assertion.conditions ?? {};
  return {
    assertionId: assertion.id,
    issuer: assertion.issuer,
    ...(confirmation.inResponseTo === undefined ? {} : { inResponseTo: confirmation.inResponseTo }),
    nameId: subject.nameId,
    audiences: audienceRestrictions.flat(),
    ...(oneTimeUse === undefined ? {} : { oneTimeUse }),
    ...(proxyRestriction === undefined ? {} : { proxyRestriction }),
    attributes: assertion.attributes,
    authnInstant: authnStatement.authnInstant,
    ...(classRef === undefined ? {} : { authnContextClassRef: classRef }),
    ...(declRef === undefined ? {} : { authnContextDeclRef: declRef }),
    ...(authenticatingAuthorities === undefined ? {} : { authenticatingAuthorities }),
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
    ...(sessionEnds.length === 0 ? {} : { sessionNotOnOrAfter: Math.min(...sessionEnds) }),
    // It may be brought again under whichever of them holds longest.
    notOnOrAfter: Math.min(Math.max(...ends), assertion.conditions?.notOnOrAfter ?? Number.POSITIVE_INFINITY),
  };
}

/** One bearer confirmation must meet every rule by itself; where none does, the first one's fault is named. */
function chooseBearer(
  bearers: readonly SubjectConfirmation[],
  response: Response,
  input: ResponseExpectations,
): SubjectConfirmation {
  const chosen =
    bearers.find((confirmation) => meetsAll(bearerChecks, { confirmation, response, input })) ?? bearers[0];
  if (chosen === undefined) reject('bearer-missing', { expected: confirmationMethods.bearer });
  runChecks(bearerChecks, { confirmation: chosen, response, input });
  return chosen;
}
