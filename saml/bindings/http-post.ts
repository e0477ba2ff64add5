import { decodeBase64, encodeBase64 } from '../base64.ts';
import { limits } from '../limits.ts';
import { reject } from '../rejection.ts';
import { requireSingleFields } from './form-fields.ts';
import type { ReceivedMessage } from './received-message.ts';
import { readRelayState } from './relay-state.ts';

/** Base64 with line breaks is about 1.4 times the octets. */
const longestValue = Math.ceil(limits.message.octets * 1.5);

/**
 * Reads what came by the HTTP POST binding (saml-bindings 3.5).
 *
 * @param fields the fields of the form as they were posted, URL encoding undone, base64 not
 * @throws SamlRejection
 * @example const message = decodePost({ SAMLResponse: form.SAMLResponse, RelayState: form.RelayState });
 */
export function decodePost(fields: {
  SAMLRequest?: string;
  SAMLResponse?: string;
  RelayState?: string;
}): ReceivedMessage {
  const { SAMLRequest, SAMLResponse, RelayState } = fields;
  requireSingleFields({ SAMLRequest, SAMLResponse, RelayState });
  if (SAMLRequest !== undefined && SAMLResponse !== undefined) reject('message-parameter-ambiguous');
  const value = SAMLRequest ?? SAMLResponse ?? reject('message-parameter-missing');
  if (value.length > longestValue) {
    reject('xml-too-large', { expected: `at most ${longestValue} characters`, actual: `${value.length}` });
  }
  const relayState = readRelayState(RelayState);
  return {
    binding: 'post',
    parameter: SAMLRequest === undefined ? 'SAMLResponse' : 'SAMLRequest',
    octets: decodeBase64(value, { whitespace: 'allowed' }),
    ...(relayState === undefined ? {} : { relayState }),
  };
}

/**
 * The value of the form field that carries `xml`: the base64 of its octets in UTF-8 (saml-bindings 3.5.4).
 *
 * @example const form = { action: replyUrl, fields: { SAMLResponse: encodePost(xml) } };
 */
export function encodePost(xml: string): string {
  return encodeBase64(Buffer.from(xml, 'utf8'));
}
