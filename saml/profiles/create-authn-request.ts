import { encodeRedirect } from '../bindings/http-redirect.ts';
import { writeAuthnRequest } from '../messages/authn-request.ts';
import { requireNcName } from '../messages/message-id.ts';
import { writeXml } from '../xml/canonical.ts';

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
