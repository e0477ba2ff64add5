import type { X509Certificate } from 'node:crypto';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { limits } from '../limits.ts';
import { type Assertion, readAssertion } from '../messages/assertion.ts';
import type { AuthnStatement } from '../messages/authn-statement.ts';
import { requireNcName } from '../messages/message-id.ts';
import { readResponse, type Response } from '../messages/response.ts';
import type { Subject, SubjectConfirmation } from '../messages/subject.ts';
import { confirmationMethods, namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { locateSignatures } from '../signature/locate.ts';
import { type Verified, verifySignature } from '../signature/verify.ts';
import { childElements } from '../xml/content.ts';
import { readXml } from '../xml/reader.ts';
import { isNamed, nameText, type XmlElement } from '../xml/tree.ts';
import { assertionChecks, bearerChecks, issuerChecks } from './assertion-checks.ts';
import { isAllowed } from './is-allowed.ts';
import { meetsAll, runChecks } from './check.ts';
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
  };
  serviceProvider: { entityId?: string; assertionConsumerServiceUrl?: string };
  /** 'resolved-by-caller': InResponseTo must be there and consistent; the caller consumes it from its own store. */
  request?: { id: string } | 'unsolicited' | 'resolved-by-caller';
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
  nameId: { value: string; format: string; nameQualifier?: string; spNameQualifier?: string };
  audiences: string[];
  attributes: { name: string; nameFormat?: string; values: string[] }[];
  authnInstant: number;
  authnContextClassRef?: string;
  sessionIndex?: string;
  sessionNotOnOrAfter?: number;
  /** The assertion cannot be used from here on, plus the skew: keep the replay record until then. */
  notOnOrAfter: number;
  signed: 'assertion' | 'response' | 'both';
  relayState?: string;
};

const longestSkew = 180_000;
const root = { namespace: namespaces.protocol, local: 'Response' } as const;

/**
 * Verifies a response and holds it against what is expected (saml-profiles 4.1.4.3).
 *
 * Every signature in the message must verify. The assertion is read from octets that were digested, its own or those of
 * the response around it; nothing of what is returned comes from anywhere else.
 *
 * @throws SamlRejection; RangeError where the skew is out of its bounds
 */
export function judgeResponse(input: ResponseExpectations): AcceptedResponse {
  if (!(input.skewMilliseconds >= 0 && input.skewMilliseconds <= longestSkew)) {
    throw new RangeError(`skewMilliseconds must lie between 0 and ${longestSkew}.`);
  }
  requireResponseByPost(input.message);
  const { response, isResponseSigned, assertionOwnSignature } = verifyMessage(input);
  runChecks(responseChecks, { response, isSigned: isResponseSigned, input });
  const signedAssertion = assertionOwnSignature ?? (isResponseSigned ? response.assertions[0] : undefined);
  if (signedAssertion === undefined)
    reject('signature-missing', { expected: 'a signed response or assertion' });
  const assertion = readAssertion(signedAssertion, {
    nestedAssertions: isAllowed(input, 'nested-assertions'),
  });
  if (!isAllowed(input, 'id-not-ncname')) requireNcName(assertion.id);
  return {
    ...judgeAssertion(assertion, response, input),
    signed: assertionOwnSignature === undefined ? 'response' : isResponseSigned ? 'both' : 'assertion',
    ...(input.message.relayState === undefined ? {} : { relayState: input.message.relayState }),
  };
}

function requireResponseByPost(message: ReceivedMessage): void {
  if (message.parameter !== 'SAMLResponse') {
    reject('message-unexpected', { expected: 'SAMLResponse', actual: message.parameter });
  }
  if (message.binding !== 'post') reject('response-binding', { expected: 'post', actual: message.binding });
}

type VerifiedMessage = {
  /** From verified octets where the response is signed; else as received, good for consistency only. */
  response: Response;
  isResponseSigned: boolean;
  /** The assertion from the octets its own signature covers. */
  assertionOwnSignature: XmlElement | undefined;
};

function verifyMessage(input: ResponseExpectations): VerifiedMessage {
  const document = readXml(input.message.octets, limits.message);
  if (!isNamed(document.root, root)) {
    reject('message-unexpected', { expected: nameText(root), actual: nameText(document.root) });
  }
  const { certificates, allow = [] } = input.identityProvider;
  const verified = new Map<XmlElement, Verified<XmlElement>>();
  for (const owner of locateSignatures(document.root, { allow }).keys()) {
    verified.set(owner, verifySignature(document, owner, { certificates, allow }));
  }
  const signedRoot = verified.get(document.root);
  const signedChildren = childElements(document.root).flatMap((child) => verified.get(child) ?? []);
  return {
    response: signedRoot === undefined ? readResponse(document.root) : signedRoot.read(readResponse).value,
    isResponseSigned: signedRoot !== undefined,
    // More than one assertion is refused by the checks, so that the first one is the only one.
    assertionOwnSignature: signedChildren[0]?.value,
  };
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
): Omit<AcceptedResponse, 'signed' | 'relayState'> {
  runChecks(issuerChecks, { assertion, input });
  const { subject, bearers, authnStatement } = requireParts(assertion);
  runChecks(assertionChecks, { assertion, input });
  const { confirmation, notOnOrAfter } = chooseBearer(bearers, response, input);
  const sessionEnds = assertion.authnStatements.flatMap((each) => each.sessionNotOnOrAfter ?? []);
  const { classRef, sessionIndex } = authnStatement;
  return {
    assertionId: assertion.id,
    issuer: assertion.issuer,
    ...(confirmation.inResponseTo === undefined ? {} : { inResponseTo: confirmation.inResponseTo }),
    nameId: subject.nameId,
    audiences: assertion.conditions?.audienceRestrictions.flat() ?? [],
    attributes: assertion.attributes,
    authnInstant: authnStatement.authnInstant,
    ...(classRef === undefined ? {} : { authnContextClassRef: classRef }),
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
    ...(sessionEnds.length === 0 ? {} : { sessionNotOnOrAfter: Math.min(...sessionEnds) }),
    notOnOrAfter: Math.min(notOnOrAfter, assertion.conditions?.notOnOrAfter ?? notOnOrAfter),
  };
}

/** One bearer confirmation must meet every rule by itself; where none does, the first one's fault is named. */
function chooseBearer(
  bearers: readonly SubjectConfirmation[],
  response: Response,
  input: ResponseExpectations,
): { confirmation: SubjectConfirmation; notOnOrAfter: number } {
  const chosen =
    bearers.find((confirmation) => meetsAll(bearerChecks, { confirmation, response, input })) ?? bearers[0];
  if (chosen === undefined) reject('bearer-missing', { expected: confirmationMethods.bearer });
  runChecks(bearerChecks, { confirmation: chosen, response, input });
  const notOnOrAfter = chosen.notOnOrAfter ?? reject('bearer-not-on-or-after-missing');
  return { confirmation: chosen, notOnOrAfter };
}
