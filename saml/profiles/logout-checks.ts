import type { LogoutRequest } from '../messages/logout-request.ts';
import type { LogoutResponse } from '../messages/logout-response.ts';
import type { MessageHeader } from '../messages/message-header.ts';
import { reject } from '../rejection.ts';
import { type Check, instantText } from './check.ts';
import type { Peer } from './peer.ts';
import type { SignaturePolicy } from './receive-message.ts';

/** Logout messages are signed; only a peer with the switch may leave that out (saml-profiles 4.4.3.1, 4.4.3.4). */
export function logoutSignaturePolicy({ certificates, allow = [], entityIds }: Peer): SignaturePolicy {
  return { required: !allow.includes('unsigned-logout'), certificates, allow, issuers: entityIds };
}

/** Issuer is there and is the peer (saml-profiles 4.4.4.1, 4.4.4.2). */
export const logoutIssuerCodes = {
  missing: 'logout-issuer-missing',
  mismatch: 'logout-issuer-mismatch',
} as const;

/** A logout message of either kind and where it arrived. */
type ArrivalFacts = {
  message: MessageHeader;
  isVerified: boolean;
  peer: Peer;
  endpointUrls: readonly string[];
};

/** The message was meant for the endpoint it arrived at, under one of its addresses (saml-core 3.2.1, 3.2.2). */
export const logoutArrivalChecks: readonly Check<ArrivalFacts>[] = [
  {
    code: 'logout-destination-missing',
    against: ({ message: { destination }, isVerified, peer: { allow = [] }, endpointUrls }) =>
      isVerified && destination === undefined && !allow.includes('destination-optional')
        ? { expected: endpointUrls.join(' ') }
        : undefined,
  },
  {
    code: 'logout-destination-mismatch',
    against: ({ message: { destination }, endpointUrls }) =>
      destination === undefined || endpointUrls.includes(destination)
        ? undefined
        : { expected: endpointUrls.join(' '), actual: destination },
  },
];

/** A request, the first instant at which it no longer holds, and the clock. */
type PeriodFacts = { message: LogoutRequest; end: number; now: number; skewMilliseconds: number };

/** When a request holds (saml-core 3.2.1, 3.7.1). */
export const logoutPeriodChecks: readonly Check<PeriodFacts>[] = [
  {
    code: 'logout-request-not-yet-issued',
    against: ({ message: { issueInstant }, now, skewMilliseconds }) =>
      now + skewMilliseconds >= issueInstant
        ? undefined
        : { expected: `at or after ${instantText(issueInstant)}`, actual: instantText(now) },
  },
  {
    code: 'logout-request-expired',
    against: ({ end, now, skewMilliseconds }) =>
      now - skewMilliseconds < end
        ? undefined
        : { expected: `before ${instantText(end)}`, actual: instantText(now) },
  },
];

/**
 * The request that an answer belongs to: the one that waits for it (saml-core 3.2.2), or the one it names where the caller looks
 * it up.
 */
export function requireAnswer(
  { inResponseTo }: LogoutResponse,
  request: { id: string } | 'resolved-by-caller',
): string {
  if (inResponseTo === undefined) reject('logout-in-response-to-missing', { expected: 'InResponseTo' });
  if (typeof request !== 'string' && request.id !== inResponseTo) {
    reject('logout-in-response-to-mismatch', { expected: request.id, actual: inResponseTo });
  }
  return inResponseTo;
}
