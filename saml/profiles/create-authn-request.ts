import { encodeRedirect } from '../bindings/http-redirect.ts';
import { writeAuthnRequest } from '../messages/authn-request.ts';
import { requireNcName } from '../messages/message-id.ts';
import { writeXml } from '../xml/write.ts';

/** What goes into a request (saml-core 3.4.1); `destination` is the single sign-on service URL. */
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

/**
 * Writes a request to authenticate and the address that carries it by the Redirect binding (saml-profiles 4.1.4.1).
 *
 * @throws SamlRejection `id-not-ncname`, `xml-character`; RangeError where the destination has a fragment
 * @example const { url } = createAuthnRequest({ id: newMessageId(), now: Date.now(), issuer, destination, assertionConsumerServiceUrl });
 */
export function createAuthnRequest(input: CreateAuthnRequestInput): { url: string; xml: string } {
  requireNcName(input.id);
  const { now, relayState, ...request } = input;
  const xml = writeXml(writeAuthnRequest({ ...request, issueInstant: now }));
  const url = encodeRedirect({
    endpoint: input.destination,
    parameter: 'SAMLRequest',
    xml,
    ...(relayState === undefined ? {} : { relayState }),
  });
  return { url, xml };
}
