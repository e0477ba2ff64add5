import type { Config } from '../../config.ts';
import type { SessionRow, UserRow } from '../../tables.ts';

/** A browser's session and the person it belongs to. */
export type Session = {
  tenantId: string;
  secretHash: string;
  user: UserRow;
  /** Epoch milliseconds. */
  authenticationInstant: number;
  authenticationMethods: string[];
};

/** A session's row together with its person's. */
export type SessionWithUser = { session: SessionRow; user: UserRow };

/** A session in use is marked as seen at most this often. Milliseconds. */
export const seenEvery = 60_000;

/**
 * Whether a session still counts: neither idle nor over, and made with the password the person has now, so that
 * changing or resetting a password ends every session made before.
 *
 * Whether the person may still sign in is another question, asked where it has its own answer.
 */
export function isLive({ session, user }: SessionWithUser, now: number, limits: Config['session']): boolean {
  return (
    now < session.expiresDateTime &&
    now < session.lastSeenDateTime + limits.idle &&
    session.authenticationInstant >= (user.lastPasswordChangeDateTime ?? 0)
  );
}
