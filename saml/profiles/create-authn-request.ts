import { encodePost } from '../bindings/http-post.ts';
import { encodeRedirect } from '../bindings/http-redirect.ts';
import { readRelayState } from '../bindings/relay-state.ts';
import { writeAuthnRequest, type WriteAuthnRequestInput } from '../messages/authn-request.ts';
import { requireNcName } from '../messages/message-id.ts';
import type { Signing } from '../signature/algorithms.ts';
import { signElement } from '../signature/sign.ts';
import type { BuiltElement } from '../xml/build.ts';
import { writeXml } from '../xml/write.ts';
import { requireAddress, requireReadable } from './sendable.ts';

/**
 * What goes into a request (saml-core 3.4.1); `destination` is the single sign-on service URL, `now` epoch milliseconds.
 * It is signed where `signing` is given.
 */
export type CreateAuthnRequestInput = Omit<WriteAuthnRequestInput, 'issueInstant'> & {
  now: number;
  relayState?: string;
  signing?: Signing;
};

/** A form that the browser posts to `action`, with the fields SAMLRequest and RelayState (saml-bindings 3.5.4). */
export type PostedAuthnRequest = { action: string; samlRequest: string; relayState?: string; xml: string };

/**
 * Writes a request to authenticate and the address that carries it by the Redirect binding (saml-profiles 4.1.4.1). The
 * signature stands in the query (saml-bindings 3.4.4.1).
 *
 * @throws SamlRejection `id-not-ncname`, `value-malformed`, `xml-character`, `request-reply-url-ambiguous`,
 * `relay-state-too-long`, for an algorithm that is not the key's `signature-key-type`; RangeError where the destination has a fragment
 * @example const { url } = createAuthnRequest({ id: newMessageId(), now: Date.now(), issuer, destination, assertionConsumerServiceUrl });
 */
export function createAuthnRequest(input: CreateAuthnRequestInput): { url: string; xml: string } {
  const xml = writeXml(requestFor(input));
  requireReadable(xml);
  const url = encodeRedirect({ ...input, endpoint: input.destination, parameter: 'SAMLRequest', xml });
  return { url, xml };
}

/**
 * Writes the same request for a form by the POST binding; the signature stands in the message (saml-bindings 3.5.4). The
 * relay state stands beside it and no signature covers it.
 *
 * @throws SamlRejection as `createAuthnRequest` does
 * @example
 * const { action, samlRequest } = await createPostedAuthnRequest({
 *   id: newMessageId(), now: Date.now(), issuer, destination, assertionConsumerServiceUrl,
 *   signing: { key, algorithm: 'rsa-sha256' },
 * });
 */
export async function createPostedAuthnRequest(input: CreateAuthnRequestInput): Promise<PostedAuthnRequest> {
  const { destination, relayState, signing } = input;
  const request = requestFor(input);
  const xml = writeXml(signing === undefined ? request : await signElement(request, signing));
  requireReadable(xml);
  return {
    action: destination,
    samlRequest: encodePost(xml),
    ...(relayState === undefined ? {} : { relayState }),
    xml,
  };
}

function requestFor({ now, ...request }: CreateAuthnRequestInput): BuiltElement {
  requireNcName(request.id);
  requireAddress('destination', request.destination);
  // What nobody here would take is not sent.
  readRelayState(request.relayState);
  return writeAuthnRequest({ ...request, issueInstant: now });
}
