import { hash } from 'node:crypto';
import { type Database, transaction } from '@countersign/database';
import type { Selectable, Transaction } from 'kysely';
import type { AssertedIdentity, Connection } from './connection.ts';
import type {
  AccountLinkKey,
  AccountLinkStore,
  AssertionAcceptance,
  AssertionUse,
  ConnectionStore,
  SignInStore,
} from './ports.ts';
import type { SpKitTables } from './tables.ts';

/** Everything the kit keeps, in the application's own SQLite file or PostgreSQL. */
export type SqlStore = ConnectionStore &
  SignInStore &
  AccountLinkStore & { purge(now: number): Promise<number> };

/**
 * The kit's stores in SQL. Every statement names the namespace; `purge` alone looks across, and only at expiry.
 *
 * @param applicationDb the application's database, with `spKitMigrations` applied
 */
export function sqlStore<T extends SpKitTables>(applicationDb: Database<T>): SqlStore {
  // Kysely's type is invariant in its tables; the application's have the kit's among them, which is all that is used.
  const db = applicationDb as unknown as Database<SpKitTables>;
  return {
    ...connectionStore(db),
    ...signInStore(db),
    ...accountLinkStore(db),
    purge: (now) => purge(db, now),
  };
}

function connectionStore(db: Database<SpKitTables>): ConnectionStore {
  return {
    async findConnection(namespace) {
      const row = await db.kysely
        .selectFrom('samlConnections')
        .selectAll()
        .where('namespace', '=', namespace)
        .executeTakeFirst();
      return row && connectionOf(row);
    },
    async saveConnection(namespace, connection) {
      const values = {
        identifier: connection.identifier,
        loginUrl: connection.loginUrl,
        logoutUrl: connection.logoutUrl,
        certificates: JSON.stringify(connection.certificates),
        lastModifiedDateTime: connection.lastModifiedDateTime,
      };
      const { id } = await db.kysely
        .insertInto('samlConnections')
        .values({ namespace, id: connection.id, createdDateTime: connection.createdDateTime, ...values })
        .onConflict((conflict) => conflict.column('namespace').doUpdateSet(values))
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
  };
}

function connectionOf(row: Selectable<SpKitTables['samlConnections']>): Connection {
  const { namespace: _, certificates, ...rest } = row;
  return { ...rest, certificates: JSON.parse(certificates) as string[] };
}

function signInStore(db: Database<SpKitTables>): SignInStore {
  return {
    async rememberRequest(namespace, request) {
      const { returnTo, ...rest } = request;
      await db.kysely
        .insertInto('samlRequests')
        .values({ namespace, ...rest, returnTo: returnTo ?? null, consumedDateTime: null })
        .execute();
    },
    acceptAssertion: (namespace, use) => acceptAssertion(db, namespace, use),
    takeOutcome: (namespace, handleHash, browserHash, now) =>
      transaction(db, async (trx) => {
        const found = await trx
          .selectFrom('samlOutcomes')
          .selectAll()
          .where('namespace', '=', namespace)
          .where('handleHash', '=', handleHash)
          .where('consumedDateTime', 'is', null)
          .where('expiresDateTime', '>', now)
          .executeTakeFirst();
        if (!found) return 'outcome-unknown';
        if (found.browserHash !== browserHash) return 'other-browser';
        const taken = await trx
          .updateTable('samlOutcomes')
          .set({ consumedDateTime: now })
          .where('namespace', '=', namespace)
          .where('handleHash', '=', handleHash)
          .where('consumedDateTime', 'is', null)
          .returning('handleHash')
          .executeTakeFirst();
        if (!taken) return 'outcome-unknown';
        return {
          connectionId: found.connectionId,
          identity: JSON.parse(found.identity) as AssertedIdentity,
          browserHash: found.browserHash,
          ...(found.returnTo === null ? {} : { returnTo: found.returnTo }),
        };
      }),
  };
}

/** Thrown to undo the transaction: a refused assertion must leave no trace that it was used. */
class NotAccepted extends Error {
  readonly acceptance: AssertionAcceptance;
  constructor(acceptance: AssertionAcceptance) {
    super(acceptance.result);
    this.acceptance = acceptance;
  }
}

async function acceptAssertion(
  db: Database<SpKitTables>,
  namespace: string,
  use: AssertionUse,
): Promise<AssertionAcceptance> {
  try {
    return await transaction(db, async (trx) => {
      if (!(await markUsed(trx, namespace, use))) throw new NotAccepted({ result: 'assertion-replayed' });
      const request = await consumeRequest(trx, namespace, use);
      await trx
        .insertInto('samlOutcomes')
        .values({
          namespace,
          handleHash: use.handleHash,
          connectionId: use.connectionId,
          requestId: use.identity.requestId,
          identity: JSON.stringify(use.identity),
          browserHash: request.browserHash,
          returnTo: request.returnTo,
          expiresDateTime: use.outcomeExpires,
          consumedDateTime: null,
        })
        .execute();
      return { result: 'accepted' };
    });
  } catch (error) {
    if (error instanceof NotAccepted) return error.acceptance;
    throw error;
  }
}

/** False where the row is there already. The primary key decides, also between transactions side by side. */
async function markUsed(
  trx: Transaction<SpKitTables>,
  namespace: string,
  { identity, now, replayExpires }: AssertionUse,
): Promise<boolean> {
  const { issuer, assertionId } = identity;
  const inserted = await trx
    .insertInto('samlUsedAssertions')
    .values({
      namespace,
      assertionHash: hash('sha256', JSON.stringify([issuer, assertionId]), 'hex'),
      issuer,
      assertionId,
      usedDateTime: now,
      expiresDateTime: replayExpires,
    })
    .onConflict((conflict) => conflict.columns(['namespace', 'assertionHash']).doNothing())
    .returning('assertionHash')
    .executeTakeFirst();
  return inserted !== undefined;
}

async function consumeRequest(
  trx: Transaction<SpKitTables>,
  namespace: string,
  use: AssertionUse,
): Promise<Selectable<SpKitTables['samlRequests']>> {
  const request = await trx
    .selectFrom('samlRequests')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('id', '=', use.identity.requestId)
    .executeTakeFirst();
  if (!request) throw new NotAccepted({ result: 'request-unknown' });
  if (request.consumedDateTime !== null) throw new NotAccepted({ result: 'request-used' });
  if (request.expiresDateTime <= use.now) throw new NotAccepted({ result: 'request-expired' });
  if (request.identityProvider !== use.identity.issuer)
    throw new NotAccepted({
      result: 'request-for-another-identity-provider',
      expected: request.identityProvider,
      actual: use.identity.issuer,
    });
  if (request.assertionConsumerServiceUrl !== use.assertionConsumerServiceUrl)
    throw new NotAccepted({
      result: 'request-for-another-reply-url',
      expected: request.assertionConsumerServiceUrl,
      actual: use.assertionConsumerServiceUrl,
    });
  const consumed = await trx
    .updateTable('samlRequests')
    .set({ consumedDateTime: use.now })
    .where('namespace', '=', namespace)
    .where('id', '=', request.id)
    .where('consumedDateTime', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!consumed) throw new NotAccepted({ result: 'request-used' });
  return request;
}

function accountLinkStore(db: Database<SpKitTables>): AccountLinkStore {
  const find = async (namespace: string, key: AccountLinkKey): Promise<string | undefined> => {
    const row = await db.kysely
      .selectFrom('samlAccountLinks')
      .select('accountId')
      .where('namespace', '=', namespace)
      .where('linkHash', '=', linkHashOf(key))
      .executeTakeFirst();
    return row?.accountId;
  };
  return {
    findLinkedAccount: find,
    async linkAccount(namespace, key, accountId, now) {
      await db.kysely
        .insertInto('samlAccountLinks')
        .values({ namespace, linkHash: linkHashOf(key), ...key, accountId, createdDateTime: now })
        .onConflict((conflict) => conflict.columns(['namespace', 'linkHash']).doNothing())
        .execute();
      return (await find(namespace, key)) ?? accountId;
    },
    async unlinkAccount(namespace, accountId) {
      await db.kysely
        .deleteFrom('samlAccountLinks')
        .where('namespace', '=', namespace)
        .where('accountId', '=', accountId)
        .execute();
    },
  };
}

function linkHashOf(key: AccountLinkKey): string {
  const parts = [
    key.connectionId,
    key.issuer,
    key.nameIdFormat,
    key.nameQualifier,
    key.spNameQualifier,
    key.nameId,
  ];
  return hash('sha256', JSON.stringify(parts), 'hex');
}

/**
 * Deletes what can no longer matter: requests and outcomes past their time, and used assertions that would be refused
 * as expired anyway. Answers how many rows went.
 */
async function purge(db: Database<SpKitTables>, now: number): Promise<number> {
  let gone = 0;
  for (const table of ['samlRequests', 'samlUsedAssertions', 'samlOutcomes'] as const) {
    const rows = await db.kysely
      .deleteFrom(table)
      .where('expiresDateTime', '<', now)
      .returning('namespace')
      .execute();
    gone += rows.length;
  }
  return gone;
}
