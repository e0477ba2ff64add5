import { encodePost } from '../bindings/http-post.ts';
import { encodeRedirect } from '../bindings/http-redirect.ts';
import { readRelayState } from '../bindings/relay-state.ts';
import { requireText } from '../require-input.ts';
import type { Signing } from '../signature/algorithms.ts';
import { signElement } from '../signature/sign.ts';
import type { BuiltElement } from '../xml/build.ts';
import { writeXml } from '../xml/write.ts';
import { requireAddress, requireReadable } from './sendable.ts';

/** How a message goes to the peer; `destination` is the peer's address for it. */
export type Sending = {
  binding: 'redirect' | 'post';
  destination: string;
  relayState?: string;
  signing: Signing;
};

/** What the browser is given: an address to go to, or a form to post to `action` with these fields. */
export type SentMessage =
  | { binding: 'redirect'; url: string; xml: string }
  | { binding: 'post'; action: string; fields: FormFields; xml: string };

/** The fields of the form of the POST binding, as they stand in it (saml-bindings 3.5.4). */
export type FormFields = { SAMLRequest?: string; SAMLResponse?: string; RelayState?: string };

/**
 * Signs a message where its binding puts the signature, in the query or in the message, and puts it into what carries it
 * (saml-bindings 3.4.4, 3.5.4). It never goes out unsigned.
 *
 * @throws SamlRejection `relay-state-too-long`, `value-malformed`, `xml-too-large`; RangeError where the destination of a redirect has a fragment; TypeError
 * where a caller without types leaves out the key, or names a binding that is none
 */
export async function sendMessage(
  message: BuiltElement,
  parameter: 'SAMLRequest' | 'SAMLResponse',
  { binding, destination, relayState, signing }: Sending,
): Promise<SentMessage> {
  requireText('destination', destination);
  requireAddress('destination', destination);
  if (binding !== 'redirect' && binding !== 'post') throw new TypeError('binding is unknown.');
  if (signing?.key === undefined) throw new TypeError('signing.key is missing.');
  // What nobody here would take is not sent.
  readRelayState(relayState);
  const relay = relayState === undefined ? {} : { RelayState: relayState };
  if (binding === 'redirect') {
    const xml = writeXml(message);
    requireReadable(xml);
    const target = { endpoint: destination, parameter, xml, signing };
    return {
      binding,
      url: encodeRedirect(relayState === undefined ? target : { ...target, relayState }),
      xml,
    };
  }
  const xml = writeXml(await signElement(message, signing));
  requireReadable(xml);
  return { binding, action: destination, fields: { [parameter]: encodePost(xml), ...relay }, xml };
}
