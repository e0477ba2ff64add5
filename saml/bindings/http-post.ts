import type { ReceivedMessage } from './received-message.ts';

/** Reads the fields of the HTTP POST binding (saml-bindings 3.5). Throws SamlRejection. */
export function decodePost(_fields: {
  SAMLRequest?: string;
  SAMLResponse?: string;
  RelayState?: string;
}): ReceivedMessage {
  throw new Error('saml/bindings/http-post: not written yet');
}

/** The value of the form field that carries `xml`. */
export function encodePost(xml: string): string {
  return Buffer.from(xml, 'utf8').toString('base64');
}
