import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrate } from '@countersign/database';
import { eachEngine } from '@countersign/database/testing.ts';
import { sql } from 'kysely';
import type { Tables } from '../tables.ts';
import { migrations } from './all.ts';

/** The columns of each table as `tables.ts` names them; the compiler holds the list against the type. */
const columns: { [Table in keyof Tables]: Record<keyof Tables[Table], true> } = {
  namespaces: { namespace: true, displayName: true, ssoInPlan: true, createdDateTime: true },
  people: {
    namespace: true,
    id: true,
    userName: true,
    userNameKey: true,
    givenName: true,
    surname: true,
    mail: true,
    role: true,
    status: true,
    passwordHash: true,
    failedSignInCount: true,
    lockedUntilDateTime: true,
    lastSignInDateTime: true,
    createdDateTime: true,
  },
  sessions: {
    namespace: true,
    secretHash: true,
    personId: true,
    method: true,
    issuer: true,
    nameId: true,
    nameIdFormat: true,
    sessionIndex: true,
    createdDateTime: true,
    expiresDateTime: true,
  },
  signIns: {
    namespace: true,
    id: true,
    createdDateTime: true,
    method: true,
    code: true,
    says: true,
    whoActs: true,
    personId: true,
    userName: true,
    expected: true,
    actual: true,
    requestId: true,
    assertionId: true,
    issuer: true,
    ipAddress: true,
    userAgent: true,
  },
  audits: {
    namespace: true,
    id: true,
    createdDateTime: true,
    actorId: true,
    actorName: true,
    activity: true,
    target: true,
    details: true,
  },
  samlConnections: {
    namespace: true,
    id: true,
    identifier: true,
    loginUrl: true,
    logoutUrl: true,
    certificates: true,
    createdDateTime: true,
    lastModifiedDateTime: true,
  },
  samlRequests: {
    namespace: true,
    id: true,
    connectionId: true,
    identityProvider: true,
    assertionConsumerServiceUrl: true,
    browserHash: true,
    returnTo: true,
    createdDateTime: true,
    expiresDateTime: true,
    consumedDateTime: true,
  },
  samlUsedAssertions: {
    namespace: true,
    assertionHash: true,
    issuer: true,
    assertionId: true,
    usedDateTime: true,
    expiresDateTime: true,
  },
  samlOutcomes: {
    namespace: true,
    handleHash: true,
    connectionId: true,
    requestId: true,
    identity: true,
    browserHash: true,
    returnTo: true,
    expiresDateTime: true,
    consumedDateTime: true,
  },
  samlAccountLinks: {
    namespace: true,
    linkHash: true,
    connectionId: true,
    issuer: true,
    nameIdFormat: true,
    nameQualifier: true,
    spNameQualifier: true,
    nameId: true,
    accountId: true,
    createdDateTime: true,
  },
};
const bookkeeping = ['migrations', 'leases'];

type Key = { table: string; kind: string; columns: string[] };

eachEngine<Tables>("Perform's schema", (openEmpty) => {
  const open = async () => {
    const db = await openEmpty();
    await migrate(db, migrations, Date.now);
    return db;
  };

  test('has the tables and columns that the code sees, and times as 64 bits', async () => {
    const db = await open();
    const tables = (await db.kysely.introspection.getTables()).filter(
      ({ name }) => !bookkeeping.includes(name),
    );
    const found = Object.fromEntries(
      tables.map((table) => [table.name, table.columns.map(({ name }) => name).sort()]),
    );
    const wanted = Object.fromEntries(
      Object.entries(columns).map(([name, each]) => [name, Object.keys(each).sort()]),
    );
    assert.deepEqual(found, wanted);
    for (const table of tables)
      for (const column of table.columns)
        if (column.name.endsWith('DateTime')) assert.match(column.dataType, /^(bigint|int8)$/i, column.name);
  });

  test('begins every primary, unique and foreign key with the namespace', async () => {
    const db = await open();
    const keys = db.engine === 'sqlite' ? await sqliteKeys() : await postgresKeys();
    assert.ok(keys.length >= 19, `${keys.length} keys`);
    for (const name of Object.keys(columns))
      assert.ok(
        keys.some(({ table, kind }) => table === name && kind === 'primary'),
        name,
      );
    for (const key of keys) assert.equal(key.columns[0], 'namespace', JSON.stringify(key));

    async function sqliteKeys(): Promise<Key[]> {
      const found: Key[] = [];
      for (const table of Object.keys(columns)) {
        const indexes = await sql<{ name: string; unique: number; origin: string }>`
          select name, "unique", origin from pragma_index_list(${table})`.execute(db.kysely);
        for (const index of indexes.rows.filter((row) => row.unique === 1)) {
          const parts = await sql<{ name: string }>`
            select name from pragma_index_info(${index.name}) order by seqno`.execute(db.kysely);
          const kind = index.origin === 'pk' ? 'primary' : 'unique';
          found.push({ table, kind, columns: parts.rows.map(({ name }) => name) });
        }
        const foreign = await sql<{ id: number; from: string }>`
          select id, "from" from pragma_foreign_key_list(${table}) order by id, seq`.execute(db.kysely);
        for (const id of new Set(foreign.rows.map((row) => row.id)))
          found.push({
            table,
            kind: 'foreign',
            columns: foreign.rows.filter((row) => row.id === id).map((row) => row.from),
          });
      }
      return found;
    }

    async function postgresKeys(): Promise<Key[]> {
      const { rows } = await sql<{ table: string; kind: string; columns: string }>`
        select t.relname as "table",
          case when i.indisprimary then 'primary' else 'unique' end as kind,
          (select string_agg(a.attname, ',' order by k.position)
             from unnest(i.indkey) with ordinality as k(number, position)
             join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number) as columns
        from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
        where i.indisunique and n.nspname = 'public'
        union all
        select t.relname, 'foreign',
          (select string_agg(a.attname, ',' order by k.position)
             from unnest(c.conkey) with ordinality as k(number, position)
             join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number)
        from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
        where c.contype = 'f' and n.nspname = 'public'`.execute(db.kysely);
      return rows
        .filter(({ table }) => !bookkeeping.includes(table))
        .map((row) => ({ ...row, columns: row.columns.split(',') }));
    }
  });

  test('lets two companies have the same names, ids and messages without meeting', async () => {
    const db = await open();
    for (const namespace of ['contoso', 'fabrikam']) {
      await db.kysely
        .insertInto('namespaces')
        .values({ namespace, displayName: namespace, ssoInPlan: 1, createdDateTime: 1 })
        .execute();
      await db.kysely
        .insertInto('people')
        .values({
          namespace,
          id: 'same',
          userName: 'same',
          userNameKey: 'same',
          givenName: 'Same',
          surname: 'Name',
          mail: '',
          role: 'employee',
          status: 'active',
          passwordHash: null,
          failedSignInCount: 0,
          lockedUntilDateTime: null,
          lastSignInDateTime: null,
          createdDateTime: 1,
        })
        .execute();
      await db.kysely
        .insertInto('samlUsedAssertions')
        .values({
          namespace,
          assertionHash: 'same',
          issuer: 'i',
          assertionId: 'a',
          usedDateTime: 1,
          expiresDateTime: 2,
        })
        .execute();
    }
    assert.equal((await db.kysely.selectFrom('people').selectAll().execute()).length, 2);
  });
});
