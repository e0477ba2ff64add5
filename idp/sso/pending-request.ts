import type { AcceptedAuthnRequest } from '@countersign/saml';
import type { PendingRequestRow } from '../tables.ts';

/** How long a request waits for its person. Milliseconds. */
export const pendingLifetime = 10 * 60_000;

/** What is kept of an accepted request; `requestId` is absent where nobody asked (IdP-initiated). */
export type PendingSaml = Omit<AcceptedAuthnRequest, 'requestId' | 'responseBinding' | 'signature'> & {
  requestId?: string;
  /** What the application thinks the user name is. */
  loginHint?: string;
};

export function writePendingSaml(request: PendingSaml): string {
  return JSON.stringify(request);
}

export function readPendingSaml(row: Pick<PendingRequestRow, 'request'>): PendingSaml {
  return JSON.parse(row.request) as PendingSaml;
}

/** Whether a request still waits. */
export function isWaiting(row: PendingRequestRow, now: number): boolean {
  return row.consumedDateTime === null && now < row.expiresDateTime;
}
