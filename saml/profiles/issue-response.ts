import type { X509Certificate } from 'node:crypto';
import { encodePost } from '../bindings/http-post.ts';
import { readRelayState } from '../bindings/relay-state.ts';
import { writeDateTime } from '../date-time.ts';
import { encryptElement, type Encryption } from '../encryption/encrypt.ts';
import { writeAssertion } from '../messages/assertion.ts';
import { requireNcName } from '../messages/message-id.ts';
import { writeResponse, type WriteResponseInput } from '../messages/response.ts';
import type { WriteStatusInput } from '../messages/status.ts';
import { statusCodes } from '../names.ts';
import { reject } from '../rejection.ts';
import type { Signing as ElementSigning } from '../signature/algorithms.ts';
import { signElement } from '../signature/sign.ts';
import { writeXml } from '../xml/write.ts';
import type { BuiltChild } from '../xml/build.ts';
import { requireFailureCode } from './outermost-code.ts';
import { requireAnsweredId } from './peer-id.ts';
import { requireAddress, requireReadable } from './sendable.ts';

/** A key, a name of the algorithm table, such as `rsa-sha256`, and here always the certificate that goes into KeyInfo. */
export type Signing = ElementSigning & { certificate: X509Certificate };

/** Everything a successful response says: nothing is made up here, neither ids nor instants. */
export type IssueInput = {
  issuer: string;
  audience: string;
  /** A registered address, never one that a request brought. */
  replyUrl: string;
  inResponseTo?: string;
  relayState?: string;
  /** Epoch milliseconds, as all instants here. */
  now: number;
  responseId: string;
  assertionId: string;
  /** Instants, not durations: NotBefore of Conditions, NotOnOrAfter of Conditions and SubjectConfirmationData. */
  lifetime: { notBefore: number; notOnOrAfter: number };
  nameId: { value: string; format: string; nameQualifier?: string; spNameQualifier?: string };
  attributes: { name: string; nameFormat?: string; values: string[] }[];
  authentication: {
    instant: number;
    contextClassRef: string;
    contextDeclRef?: string;
    /** Who authenticated the person where it was another, the last one last (saml-core 3.4.1.5.1). */
    authenticatingAuthorities?: readonly string[];
    sessionNotOnOrAfter?: number;
  };
  signing: Signing & { sign: 'assertion' | 'response' | 'both' };
  /** Absent: nothing is encrypted. `encrypt` is 'assertion' unless given. */
  encryption?: Encryption & { readonly encrypt?: 'assertion' | 'name-id' | 'both' };
};

/** Everything a response without an assertion says; the codes of `status` are values of `statusCodes`. */
export type IssueErrorInput = {
  issuer: string;
  replyUrl: string;
  inResponseTo?: string;
  relayState?: string;
  now: number;
  responseId: string;
  status: WriteStatusInput;
  signing?: Signing;
};

/** `samlResponse` is the value of the form field, `action` the form's action; `assertionId` is '' where there is none. */
export type IssuedResponse = {
  xml: string;
  samlResponse: string;
  action: string;
  relayState?: string;
  responseId: string;
  assertionId: string;
};

/**
 * Issues a successful response with one bearer assertion (saml-profiles 4.1.4.2). The assertion is signed before it is
 * encrypted, the response after that: so each signature is about what its reader sees.
 *
 * @throws SamlRejection for text that XML cannot carry (`xml-character`), an empty name or a reply URL that is none
 * (`value-malformed`), an ID that is no NCName (`id-not-ncname`) or stands for both (`xml-id-duplicate`), a lifetime that
 * ends before it begins (`conditions-empty-period`), more than fits (`xml-too-large`, `xml-too-many-elements`), a key too
 * short to encrypt for (`encryption-key-weak`); TypeError where the certificate is not that of the key
 * @example
 * const { action, samlResponse } = await issueResponse({
 *   issuer, audience, replyUrl, inResponseTo: accepted.requestId, now, responseId: newMessageId(), assertionId: newMessageId(),
 *   lifetime: { notBefore: now - 300_000, notOnOrAfter: now + 3_600_000 },
 *   nameId: { value: 'b.simon@contoso.example', format: nameIdFormats.emailAddress }, attributes: [],
 *   authentication: { instant: now, contextClassRef: authnContexts.password },
 *   signing: { key, certificate, algorithm: 'rsa-sha256', sign: 'assertion' },
 * });
 */
export async function issueResponse(input: IssueInput): Promise<IssuedResponse> {
  requireNcName(input.assertionId);
  if (input.assertionId === input.responseId) reject('xml-id-duplicate', { actual: input.assertionId });
  requirePeriod(input.lifetime);
  const { sign } = input.signing;
  const { encrypt = 'assertion' } = input.encryption ?? {};
  const { instant, contextClassRef, contextDeclRef, authenticatingAuthorities, sessionNotOnOrAfter } =
    input.authentication;
  const assertion = writeAssertion({
    id: input.assertionId,
    issuer: input.issuer,
    issueInstant: input.now,
    nameId: input.nameId,
    ...(input.encryption === undefined || encrypt === 'assertion'
      ? {}
      : { nameIdEncryption: input.encryption }),
    recipient: input.replyUrl,
    ...(input.inResponseTo === undefined ? {} : { inResponseTo: input.inResponseTo }),
    audience: input.audience,
    notBefore: input.lifetime.notBefore,
    notOnOrAfter: input.lifetime.notOnOrAfter,
    attributes: input.attributes,
    authnStatement: {
      authnInstant: instant,
      classRef: contextClassRef,
      ...(contextDeclRef === undefined ? {} : { declRef: contextDeclRef }),
      ...(authenticatingAuthorities === undefined ? {} : { authenticatingAuthorities }),
      ...(sessionNotOnOrAfter === undefined ? {} : { sessionNotOnOrAfter }),
    },
  });
  const signed = sign === 'response' ? assertion : await signElement(assertion, input.signing);
  // Encrypted, its size can be seen, and what is in it cannot.
  if (input.encryption !== undefined) requireReadable(writeXml(signed));
  return finish(input, {
    assertionId: input.assertionId,
    status: { code: statusCodes.success },
    assertion:
      input.encryption === undefined || encrypt === 'name-id'
        ? signed
        : encryptElement('EncryptedAssertion', signed, input.encryption),
    signing: sign === 'assertion' ? undefined : input.signing,
  });
}

/**
 * Issues a response that carries a status and no assertion (saml-core 3.2.2). It is signed where `signing` is given. The
 * outermost code is requester, responder or version mismatch; what went wrong in particular is nested in it.
 *
 * @throws SamlRejection `xml-character`, `id-not-ncname`, for another outermost code `value-malformed`
 * @example
 * const { action, samlResponse } = await issueErrorResponse({
 *   issuer, replyUrl, inResponseTo: accepted.requestId, now: Date.now(), responseId: newMessageId(),
 *   status: { code: statusCodes.responder, subCode: statusCodes.noPassive },
 * });
 */
export async function issueErrorResponse(input: IssueErrorInput): Promise<IssuedResponse> {
  requireFailureCode(input.status.code);
  return finish(input, { assertionId: '', status: input.status, signing: input.signing });
}

function requirePeriod({ notBefore, notOnOrAfter }: IssueInput['lifetime']): void {
  if (notBefore < notOnOrAfter) return;
  reject('conditions-empty-period', {
    actual: `${writeDateTime(notBefore)} to ${writeDateTime(notOnOrAfter)}`,
  });
}

async function finish(
  input: Pick<IssueInput, 'issuer' | 'replyUrl' | 'inResponseTo' | 'relayState' | 'now' | 'responseId'>,
  outcome: {
    assertionId: string;
    status: WriteResponseInput['status'];
    assertion?: BuiltChild;
    signing: Signing | undefined;
  },
): Promise<IssuedResponse> {
  requireNcName(input.responseId);
  requireAddress('replyUrl', input.replyUrl);
  // What nobody here would take is not sent.
  readRelayState(input.relayState);
  if (input.inResponseTo !== undefined) requireAnsweredId(input.inResponseTo);
  const response = writeResponse({
    id: input.responseId,
    issueInstant: input.now,
    destination: input.replyUrl,
    ...(input.inResponseTo === undefined ? {} : { inResponseTo: input.inResponseTo }),
    issuer: input.issuer,
    status: outcome.status,
    ...(outcome.assertion === undefined ? {} : { assertion: outcome.assertion }),
  });
  const xml = writeXml(
    outcome.signing === undefined ? response : await signElement(response, outcome.signing),
  );
  requireReadable(xml);
  return {
    xml,
    samlResponse: encodePost(xml),
    action: input.replyUrl,
    ...(input.relayState === undefined ? {} : { relayState: input.relayState }),
    responseId: input.responseId,
    assertionId: outcome.assertionId,
  };
}
