import { type Database, transaction } from '@countersign/database';
import type { Viewer } from '../access/access.ts';
import { displayName } from '../people/person.ts';
import type { SessionRow, SignInRow, Tables } from '../tables.ts';

/**
 * Makes a session and its line in the sign-in log, both or neither; ends the session this browser had before.
 * False where the person is not active at this very moment.
 */
export async function startSession(
  db: Database<Tables>,
  session: SessionRow,
  signIn: SignInRow,
  previous: { namespace: string; secretHash: string } | undefined,
): Promise<boolean> {
  return transaction(db, async (trx) => {
    const active = await trx
      .updateTable('people')
      .set({
        lastSignInDateTime: session.createdDateTime,
        ...(session.method === 'password' ? { failedSignInCount: 0, lockedUntilDateTime: null } : {}),
      })
      .where('namespace', '=', session.namespace)
      .where('id', '=', session.personId)
      .where('status', '=', 'active')
      .returning('id')
      .executeTakeFirst();
    if (!active) return false;
    if (previous)
      await trx
        .deleteFrom('sessions')
        .where('namespace', '=', previous.namespace)
        .where('secretHash', '=', previous.secretHash)
        .execute();
    await trx.insertInto('sessions').values(session).execute();
    await trx.insertInto('signIns').values(signIn).execute();
    return true;
  });
}

/** Who a session belongs to; undefined where it has ended or its person is no longer active. */
export async function findViewer(
  db: Database<Tables>,
  namespace: string,
  secretHash: string,
  now: number,
): Promise<Viewer | undefined> {
  const row = await db.kysely
    .selectFrom('sessions')
    .innerJoin('people', (join) =>
      join.onRef('people.namespace', '=', 'sessions.namespace').onRef('people.id', '=', 'sessions.personId'),
    )
    .innerJoin('namespaces', 'namespaces.namespace', 'sessions.namespace')
    .select([
      'sessions.namespace',
      'sessions.personId',
      'sessions.method',
      'sessions.issuer',
      'sessions.nameId',
      'sessions.nameIdFormat',
      'sessions.createdDateTime',
      'sessions.expiresDateTime',
      'sessions.secretHash',
      'people.userName',
      'people.givenName',
      'people.surname',
      'people.role',
      'namespaces.displayName as companyName',
      'namespaces.ssoInPlan',
    ])
    .where('sessions.namespace', '=', namespace)
    .where('sessions.secretHash', '=', secretHash)
    .where('sessions.expiresDateTime', '>', now)
    .where('people.status', '=', 'active')
    .executeTakeFirst();
  if (!row) return undefined;
  const { givenName, surname, ssoInPlan, ...rest } = row;
  return { ...rest, displayName: displayName({ givenName, surname }), ssoInPlan: ssoInPlan === 1 };
}

export async function endSession(db: Database<Tables>, namespace: string, secretHash: string): Promise<void> {
  await db.kysely
    .deleteFrom('sessions')
    .where('namespace', '=', namespace)
    .where('secretHash', '=', secretHash)
    .execute();
}

/** Deletes the sessions of all companies that have ended; answers how many. */
export async function purgeSessions(db: Database<Tables>, now: number): Promise<number> {
  const rows = await db.kysely
    .deleteFrom('sessions')
    .where('expiresDateTime', '<', now)
    .returning('namespace')
    .execute();
  return rows.length;
}
