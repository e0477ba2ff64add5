import { type Database, transaction } from '@countersign/database';
import { sql } from 'kysely';
import type { Viewer } from '../access/access.ts';
import { displayName } from '../people/person.ts';
import type { SessionRow, SignInRow, Tables } from '../tables.ts';

/**
 * Takes one attempt at a person's password, before the password is looked at, in one statement: however many guesses
 * arrive together, no more are ever compared than the lock allows. The attempt is counted as a wrong password; a
 * right one clears the count afterwards. The `most`th in a row locks until `until`.
 *
 * @returns false where the person is locked
 */
export async function takeAttempt(
  db: Database<Tables>,
  namespace: string,
  id: string,
  { now, most, until }: { now: number; most: number; until: number },
): Promise<boolean> {
  const taken = await db.kysely
    .updateTable('people')
    .set((column) => {
      const failures = sql`${column.ref('failedSignInCount')} + 1`;
      const locks = sql`${failures} >= ${sql.lit(most)}`;
      return {
        failedSignInCount: sql<number>`case when ${locks} then 0 else ${failures} end`,
        lockedUntilDateTime: sql<number | null>`case when ${locks} then ${sql.lit(until)} else null end`,
      };
    })
    .where('namespace', '=', namespace)
    .where('id', '=', id)
    .where((where) =>
      where.or([where('lockedUntilDateTime', 'is', null), where('lockedUntilDateTime', '<=', now)]),
    )
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}

/** A right password starts the count of wrong ones over, whatever else stands in the way. */
export async function clearAttempts(db: Database<Tables>, namespace: string, id: string): Promise<void> {
  await db.kysely
    .updateTable('people')
    .set({ failedSignInCount: 0, lockedUntilDateTime: null })
    .where('namespace', '=', namespace)
    .where('id', '=', id)
    .execute();
}

/**
 * Makes a session and its line in the sign-in log, both or neither; ends the session this browser had before.
 * False where the person is not active at this very moment, or has another password than the one that was compared.
 *
 * @param passwordHash what the password was compared with; undefined where none was
 */
export async function startSession(
  db: Database<Tables>,
  session: SessionRow,
  signIn: SignInRow,
  previous: { namespace: string; secretHash: string } | undefined,
  passwordHash: string | undefined,
): Promise<boolean> {
  return transaction(db, async (trx) => {
    const active = await trx
      .updateTable('people')
      .set({ lastSignInDateTime: session.createdDateTime })
      .where('namespace', '=', session.namespace)
      .where('id', '=', session.personId)
      .where('status', '=', 'active')
      .$if(passwordHash !== undefined, (update) => update.where('passwordHash', '=', passwordHash ?? ''))
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
