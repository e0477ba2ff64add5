import type { KeyObject } from 'node:crypto';
import type { ReceivedMessage } from './received-message.ts';

export type EncodeRedirectInput = {
  endpoint: string;
  parameter: 'SAMLRequest' | 'SAMLResponse';
  xml: string;
  relayState?: string;
  signing?: { key: KeyObject; algorithm: string };
};

/** Reads a raw query (without `?`) of the HTTP Redirect binding (saml-bindings 3.4). Throws SamlRejection. */
export function decodeRedirect(_rawQuery: string): ReceivedMessage {
  throw new Error('saml/bindings/http-redirect: not written yet');
}

/** The address that carries `xml`; a query the endpoint already has is kept. */
export function encodeRedirect(_input: EncodeRedirectInput): string {
  throw new Error('saml/bindings/http-redirect: not written yet');
}
