import { encodePost } from '../bindings/http-post.ts';
import { encodeRedirect } from '../bindings/http-redirect.ts';
import type { Signing } from '../signature/algorithms.ts';
import { signElement } from '../signature/sign.ts';
import type { BuiltElement } from '../xml/build.ts';
import { writeXml } from '../xml/write.ts';

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
 * (saml-bindings 3.4.4, 3.5.4).
 *
 * @throws RangeError where the destination of a redirect has a fragment
 */
export async function sendMessage(
  message: BuiltElement,
  parameter: 'SAMLRequest' | 'SAMLResponse',
  { binding, destination, relayState, signing }: Sending,
): Promise<SentMessage> {
  const relay = relayState === undefined ? {} : { RelayState: relayState };
  if (binding === 'redirect') {
    const xml = writeXml(message);
    const target = { endpoint: destination, parameter, xml, signing };
    return {
      binding,
      url: encodeRedirect(relayState === undefined ? target : { ...target, relayState }),
      xml,
    };
  }
  const xml = writeXml(await signElement(message, signing));
  return { binding, action: destination, fields: { [parameter]: encodePost(xml), ...relay }, xml };
}
