import type { KeyObject, X509Certificate } from 'node:crypto';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import type { AuthnRequest, RequestedAuthnContext } from '../messages/authn-request.ts';

/** A request that was read but rests on nobody's signature yet: good for finding the relying party, for no decision. */
export type ReceivedAuthnRequest = {
  unverified: AuthnRequest;
  signature: 'absent' | 'present';
  message: ReceivedMessage;
};

/** What the identity provider knows about an application. `replyUrls` are compared octet for octet. */
export type RelyingParty = {
  entityIds: string[];
  replyUrls: { url: string; index?: number; isDefault?: boolean }[];
  requestSignature: { required: boolean; certificates: X509Certificate[]; allow?: CompatibilitySwitch[] };
};

/** A request the identity provider may act on. `replyUrl` is the registered string, never the one sent. */
export type AcceptedAuthnRequest = {
  requestId: string;
  issuer: string;
  replyUrl: string;
  forceAuthn: boolean;
  isPassive: boolean;
  nameIdFormat?: string;
  spNameQualifier?: string;
  requestedAuthnContext?: RequestedAuthnContext;
  relayState?: string;
  signature: 'verified' | 'not-checked' | 'absent';
};

/** `algorithm` is a name of the algorithm table, such as `rsa-sha256`. */
export type Signing = { key: KeyObject; certificate: X509Certificate; algorithm: string };

export type IssueInput = {
  issuer: string;
  audience: string;
  replyUrl: string;
  inResponseTo?: string;
  relayState?: string;
  /** Epoch milliseconds, as all instants here. */
  now: number;
  responseId: string;
  assertionId: string;
  /** Instants, not durations: Conditions NotBefore, and NotOnOrAfter of Conditions and SubjectConfirmationData. */
  lifetime: { notBefore: number; notOnOrAfter: number };
  nameId: { value: string; format: string; nameQualifier?: string; spNameQualifier?: string };
  attributes: { name: string; nameFormat?: string; values: string[] }[];
  authentication: { instant: number; contextClassRef: string; sessionNotOnOrAfter?: number };
  signing: Signing & { sign: 'assertion' | 'response' | 'both' };
};

export type IssueErrorInput = {
  issuer: string;
  replyUrl: string;
  inResponseTo?: string;
  relayState?: string;
  now: number;
  responseId: string;
  status: { code: string; subCode?: string; message?: string };
  signing?: Signing;
};

/** `samlResponse` is the value of the form field, `action` the form's action. */
export type IssuedResponse = {
  xml: string;
  samlResponse: string;
  action: string;
  relayState?: string;
  responseId: string;
  assertionId: string;
};

/** Reads a request far enough to know who asks. Throws SamlRejection. */
export function readAuthnRequest(_message: ReceivedMessage): ReceivedAuthnRequest {
  throw new Error('saml/profiles/idp-web-sso: not written yet');
}

/**
 * Decides whether a request may be acted on, for the relying party its issuer belongs to.
 * `at.endpointUrls` are all the addresses of the endpoint it arrived at. Throws SamlRejection.
 */
export function acceptAuthnRequest(
  _received: ReceivedAuthnRequest,
  _relyingParty: RelyingParty,
  _at: { endpointUrls: string[] },
): AcceptedAuthnRequest {
  throw new Error('saml/profiles/idp-web-sso: not written yet');
}

/** Issues a signed successful response for one subject. */
export async function issueResponse(_input: IssueInput): Promise<IssuedResponse> {
  throw new Error('saml/profiles/idp-web-sso: not written yet');
}

/** Issues a response that carries a status and no assertion. */
export async function issueErrorResponse(_input: IssueErrorInput): Promise<IssuedResponse> {
  throw new Error('saml/profiles/idp-web-sso: not written yet');
}
