import { writeLogoutResponse } from '../messages/logout-response.ts';
import { requireNcName } from '../messages/message-id.ts';
import { statusCodes } from '../names.ts';
import type { LogoutOutcome } from './accept-logout-response.ts';
import { requireOutermostCode } from './outermost-code.ts';
import { requireAnsweredId } from './peer-id.ts';
import { type Sending, sendMessage, type SentMessage } from './send-message.ts';

/** What goes into an answer to a logout request (saml-core 3.7.2). `now` is epoch milliseconds. */
export type CreateLogoutResponseInput = Sending & {
  id: string;
  now: number;
  issuer: string;
  inResponseTo: string;
  /** How it went, or the status to say in so many words. */
  outcome: LogoutOutcome | { code: string; subCode?: string; message?: string };
};

/** What each outcome is in the words of the standard (saml-core 3.2.2.2, 3.7.3.2). */
const statusOf: Readonly<Record<LogoutOutcome, { code: string; subCode?: string }>> = {
  success: { code: statusCodes.success },
  partial: { code: statusCodes.success, subCode: statusCodes.partialLogout },
  failed: { code: statusCodes.responder },
};

/**
 * Writes and signs the answer to a logout request, at either side (saml-profiles 4.4.3.2, 4.4.3.5).
 *
 * @throws SamlRejection `id-not-ncname`, `value-malformed`, `xml-character`, `signature-key-type`, `signature-algorithm`,
 * `signature-key-weak`, `relay-state-too-long`; RangeError where the destination of a redirect has a fragment
 * @example
 * const sent = await createLogoutResponse({
 *   id: newMessageId(), now, issuer, inResponseTo: request.requestId, outcome: 'success', relayState: request.relayState,
 *   binding: 'post', destination: singleLogoutUrl, signing: { key, certificate, algorithm: 'rsa-sha256' },
 * });
 */
export async function createLogoutResponse(input: CreateLogoutResponseInput): Promise<SentMessage> {
  requireNcName(input.id);
  requireAnsweredId(input.inResponseTo);
  const { outcome } = input;
  const status = typeof outcome === 'string' ? statusOf[outcome] : outcome;
  requireOutermostCode(status.code);
  const response = writeLogoutResponse({ ...input, issueInstant: input.now, status });
  return sendMessage(response, 'SAMLResponse', input);
}
