import type { Encryption } from '../encryption/encrypt.ts';
import { writeLogoutRequest } from '../messages/logout-request.ts';
import { requireNcName } from '../messages/message-id.ts';
import type { NameId } from '../messages/name-id.ts';
import { type Sending, sendMessage, type SentMessage } from './send-message.ts';

/** What goes into a request to end sessions (saml-core 3.7.1). Instants are epoch milliseconds. */
export type CreateLogoutRequestInput = Sending & {
  id: string;
  now: number;
  issuer: string;
  /** The name as it stood in the assertion: all of it is compared. */
  nameId: NameId;
  /** Whom the name is encrypted for; absent: it is not. */
  encryption?: Encryption;
  /** None: every session of the principal. */
  sessionIndexes?: readonly string[];
  notOnOrAfter?: number;
  reason?: string;
};

/**
 * Writes and signs a request to end sessions, at either side (saml-profiles 4.4.3.1, 4.4.3.3).
 *
 * @throws SamlRejection `id-not-ncname`, `value-malformed`, `xml-character`, `signature-key-type`, `signature-algorithm`,
 * `signature-key-weak`, `encryption-key-weak`, `relay-state-too-long`; RangeError where the destination of a redirect has a fragment
 * @example
 * const sent = await createLogoutRequest({
 *   id: newMessageId(), now, issuer, nameId, sessionIndexes: [sessionIndex], notOnOrAfter: now + 300_000,
 *   binding: 'redirect', destination: singleLogoutUrl, signing: { key, algorithm: 'rsa-sha256' },
 * });
 */
export async function createLogoutRequest(input: CreateLogoutRequestInput): Promise<SentMessage> {
  requireNcName(input.id);
  const request = writeLogoutRequest({ ...input, issueInstant: input.now });
  return sendMessage(request, 'SAMLRequest', input);
}
