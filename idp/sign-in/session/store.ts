import type { Kysely } from 'kysely';
import type { SessionRow, Tables } from '../../tables.ts';
import type { SessionWithUser } from './session.ts';

/** Makes a session. */
export async function insertSession(k: Kysely<Tables>, row: SessionRow): Promise<void> {
  await k.insertInto('sessions').values(row).execute();
}

/** The session behind a cookie, with its person. Whether it still counts is `isLive`'s to say. */
export async function findSession(
  k: Kysely<Tables>,
  tenantId: string,
  secretHash: string,
): Promise<SessionWithUser | null> {
  const session = await k
    .selectFrom('sessions')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('secretHash', '=', secretHash)
    .executeTakeFirst();
  if (!session) return null;
  const user = await k
    .selectFrom('users')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('id', '=', session.userId)
    .executeTakeFirst();
  return user ? { session, user } : null;
}

export async function markSessionSeen(
  k: Kysely<Tables>,
  tenantId: string,
  secretHash: string,
  now: number,
): Promise<void> {
  await k
    .updateTable('sessions')
    .set({ lastSeenDateTime: now })
    .where('tenantId', '=', tenantId)
    .where('secretHash', '=', secretHash)
    .execute();
}

export async function deleteSession(k: Kysely<Tables>, tenantId: string, secretHash: string): Promise<void> {
  await k
    .deleteFrom('sessions')
    .where('tenantId', '=', tenantId)
    .where('secretHash', '=', secretHash)
    .execute();
}

/** Clears away sessions that ended before `now`. Nothing depends on it. */
export async function deleteExpiredSessions(k: Kysely<Tables>, now: number): Promise<void> {
  await k.deleteFrom('sessions').where('expiresDateTime', '<=', now).execute();
}
