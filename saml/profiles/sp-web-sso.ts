import type { X509Certificate } from 'node:crypto';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';

export type CreateAuthnRequestInput = {
  id: string;
  /** Epoch milliseconds. */
  now: number;
  issuer: string;
  destination: string;
  assertionConsumerServiceUrl: string;
  nameIdFormat?: string;
  forceAuthn?: boolean;
  relayState?: string;
};

export type AcceptResponseInput = {
  message: ReceivedMessage;
  identityProvider: { entityId: string; certificates: X509Certificate[]; allow?: CompatibilitySwitch[] };
  serviceProvider: { entityId: string; assertionConsumerServiceUrl: string };
  /** 'resolved-by-caller': InResponseTo must be there and consistent; the caller consumes it from its own store. */
  request: { id: string } | 'unsolicited' | 'resolved-by-caller';
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
  /** Last instant the assertion could be used: keep the replay record until then plus the skew. */
  notOnOrAfter: number;
  signed: 'assertion' | 'response' | 'both';
  relayState?: string;
};

/** Writes a request to authenticate and the address that carries it by the Redirect binding. */
export function createAuthnRequest(_input: CreateAuthnRequestInput): { url: string; xml: string } {
  throw new Error('saml/profiles/sp-web-sso: not written yet');
}

/** Decides whether a response signs somebody in. Reads nothing but what was verified. Throws SamlRejection. */
export function acceptResponse(_input: AcceptResponseInput): AcceptedResponse {
  throw new Error('saml/profiles/sp-web-sso: not written yet');
}
