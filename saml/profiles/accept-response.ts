import type { X509Certificate } from 'node:crypto';
import { requireFailureCount } from '../encryption/decrypt.ts';
import { decryptionOf } from './decrypt-assertion.ts';
import { type AcceptedResponse, judgeResponse, type ResponseExpectations } from './judge-response.ts';
import {
  requireCertificates,
  requireKnownKeys,
  requireNumber,
  requireText,
  requireTexts,
} from '../require-input.ts';

/** A response as it came, and everything it must be judged against: the peer, this side, the request it may answer, the clock. */
export type AcceptResponseInput = Required<Omit<ResponseExpectations, 'requestedAuthnContext'>> & {
  requestedAuthnContext?: NonNullable<ResponseExpectations['requestedAuthnContext']>;
  identityProvider: { entityId: string; certificates: readonly X509Certificate[] };
  serviceProvider: { entityId: string; assertionConsumerServiceUrl: string };
};

/**
 * Decides whether a response signs somebody in (saml-profiles 4.1.4.3).
 *
 * Every signature in the message must verify. The assertion is read from octets that were digested, its own or those of
 * the response around it; nothing of what is returned comes from anywhere else, but `relayState`, which no signature covers
 * by POST. That the request was made by this browser, and that the assertion was not used before, is the caller's to establish with `inResponseTo` and `assertionId`.
 *
 * @throws SamlRejection; RangeError where the skew is out of its bounds; TypeError where a caller without types leaves
 * out what a response is judged against, or hands in what is none of it
 * @example
 * const { nameId, assertionId } = acceptResponse({
 *   message: decodePost({ SAMLResponse }),
 *   identityProvider: { entityId, certificates: readCertificates(pem) },
 *   serviceProvider: { entityId: 'https://app.example', assertionConsumerServiceUrl: 'https://app.example/acs' },
 *   request: { id: rememberedRequestId },
 *   now: Date.now(),
 *   skewMilliseconds: 60_000,
 * });
 */
export function acceptResponse(input: AcceptResponseInput): AcceptedResponse {
  const { message, identityProvider, serviceProvider, request, now } = input;
  // In judgeResponse an absent expectation means "not checked"; here it is a mistake, also in plain JavaScript.
  if (!(message?.octets instanceof Uint8Array)) throw new TypeError('message.octets is missing.');
  requireText('identityProvider.entityId', identityProvider?.entityId);
  requireCertificates('identityProvider.certificates', identityProvider.certificates);
  requireTexts('identityProvider.allow', identityProvider.allow ?? []);
  requireText('serviceProvider.entityId', serviceProvider?.entityId);
  requireText('serviceProvider.assertionConsumerServiceUrl', serviceProvider?.assertionConsumerServiceUrl);
  if (typeof request !== 'string') requireText('request.id', request?.id);
  else if (!requestWords.includes(request)) throw new TypeError('request is unknown.');
  requireNumber('now', now);
  requireFailureCount('identityProvider.recentDecryptionFailures', decryptionOf(input, 'verified'));
  requireKnownKeys('', input, inputKeys);
  requireKnownKeys('identityProvider.', identityProvider, identityProviderKeys);
  requireKnownKeys('serviceProvider.', serviceProvider, serviceProviderKeys);
  return judgeResponse(input);
}

const requestWords: readonly string[] = ['unsolicited', 'resolved-by-caller'];

const inputKeys = {
  message: true,
  identityProvider: true,
  serviceProvider: true,
  request: true,
  requestedAuthnContext: true,
  now: true,
  skewMilliseconds: true,
} as const;

const identityProviderKeys = {
  entityId: true,
  certificates: true,
  allow: true,
  recentDecryptionFailures: true,
} as const;

const serviceProviderKeys = {
  entityId: true,
  assertionConsumerServiceUrl: true,
  decryptionKeys: true,
} as const;
