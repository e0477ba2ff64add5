import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Database, migrate } from '@countersign/database';
import { eachEngine } from '@countersign/database/testing.ts';
import fc from 'fast-check';
import { migrations } from '../migrations/all.ts';
import type { Tables } from '../tables.ts';
import { matches } from './evaluate.ts';
import { listInMemory } from './list-in-memory.ts';
import { type ListQuery, readListQuery } from './list-query.ts';
import type { Properties, Row } from './properties.ts';
import { readSkipToken } from './skip-token.ts';
import { listRows } from './store.ts';

/** Every kind of property over the columns of the sign-in log, which has nullable ones of most kinds. */
const properties: Properties = {
  id: { kind: 'id', filter: true, sort: true },
  createdDateTime: { kind: 'dateTime', filter: true, sort: true },
  userDisplayName: { kind: 'string', filter: true, sort: true, search: true },
  'status/failureReason': { kind: 'string', column: 'failureReason', filter: true, search: true },
  errorCode: { kind: 'integer', filter: true, sort: true },
  authenticationMethods: { kind: 'stringCollection', filter: true },
};

const tenantId = '01900000-0000-7000-8000-000000000001';
const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

// Few different texts, so that equality and prefixes happen; among them everything LIKE and JSON give a meaning to.
const texts = fc.constantFrom(
  '',
  'a',
  'A',
  'ab',
  'AB%',
  'a_b',
  '\\',
  "O'Neill",
  'é',
  'É',
  '"a"',
  'a","b',
  '€',
  '😀',
  'z',
);
const rows = fc.array(
  fc.record({
    createdDateTime: fc.integer({ min: 0, max: 5 }).map((day) => day * 86_400_000),
    userDisplayName: fc.option(texts),
    failureReason: fc.option(texts),
    errorCode: fc.integer({ min: -1, max: 2 }),
    authenticationMethods: fc.array(texts, { maxLength: 3 }).map((list) => JSON.stringify(list)),
  }),
  { maxLength: 12 },
);

const quoted = texts.map((text) => `'${text.replaceAll("'", "''")}'`);
const textual = fc.constantFrom('userDisplayName', 'status/failureReason');
const date = fc.integer({ min: 1, max: 6 }).map((day) => `1970-01-0${day}T00:00:00Z`);
const comparison = fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le');
const { filters } = fc.letrec<{ filters: string }>((tie) => ({
  filters: fc.oneof(
    { maxDepth: 3 },
    fc
      .tuple(textual, fc.constantFrom('eq', 'ne'), fc.oneof(quoted, fc.constant('null')))
      .map((part) => part.join(' ')),
    fc.tuple(comparison, fc.integer({ min: -1, max: 2 })).map((part) => `errorCode ${part.join(' ')}`),
    fc.tuple(comparison, date).map((part) => `createdDateTime ${part.join(' ')}`),
    fc
      .tuple(fc.constantFrom('startswith', 'endswith', 'contains'), textual, quoted)
      .map(([name, property, value]) => `${name}(${property},${value})`),
    fc.tuple(textual, quoted, quoted).map(([property, one, two]) => `${property} in (${one},${two})`),
    fc.tuple(quoted).map(([value]) => `authenticationMethods/any(m:m eq ${value})`),
    fc
      .tuple(tie('filters'), fc.constantFrom('and', 'or'), tie('filters'))
      .map((part) => `(${part.join(' ')})`),
    tie('filters').map((filter) => `not (${filter})`),
  ),
}));
const orders = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom('userDisplayName', 'createdDateTime', 'errorCode', 'id'),
    fc.constantFrom('asc', 'desc'),
  ),
  { minLength: 1, maxLength: 3, selector: ([property]) => property },
);

eachEngine<Tables>('A list in the database', (openEmpty) => {
  let db: Database<Tables>;
  before(async () => {
    db = await openEmpty();
    await migrate(db, migrations, () => 0);
    await db.kysely
      .insertInto('tenants')
      .values({ id: tenantId, displayName: 'Contoso', issuer: 'x', createdDateTime: 0 })
      .execute();
  });

  async function fill(wanted: object[]): Promise<Row[]> {
    await db.kysely.deleteFrom('signIns').execute();
    const made = wanted.map((row, index) => ({ ...empty, ...row, tenantId, id: id(index) }));
    if (made.length > 0) await db.kysely.insertInto('signIns').values(made).execute();
    return made;
  }
  const source = () => db.kysely.selectFrom('signIns').selectAll().where('tenantId', '=', tenantId);
  const idsOf = (found: { rows: readonly object[] }) => found.rows.map((row) => String((row as Row)['id']));

  test('holds the rows that $filter means, whatever the engine', async () => {
    await fc.assert(
      fc.asyncProperty(rows, filters, async (wanted, filter) => {
        const all = await fill(wanted);
        const query = ask({ $filter: filter, $count: 'true' });
        const found = await listRows(db, source(), properties, query);
        const meant = all.filter((row) => matches(query, properties, row)).map((row) => String(row['id']));
        assert.deepEqual(idsOf(found), meant, filter);
        assert.equal(found.count, meant.length);
      }),
      { numRuns: 60 },
    );
  });

  test('holds the rows that $search means', async () => {
    const term = texts.map((text) => text.replaceAll(/["\\]/g, '\\$&'));
    await fc.assert(
      fc.asyncProperty(rows, term, term, async (wanted, one, two) => {
        const all = await fill(wanted);
        const query = ask({ $search: `"userDisplayName:${one}" OR "${two}"` });
        const found = await listRows(db, source(), properties, query);
        const meant = all.filter((row) => matches(query, properties, row)).map((row) => String(row['id']));
        assert.deepEqual(idsOf(found), meant);
      }),
      { numRuns: 30 },
    );
  });

  test('comes in pages that together hold every row once, in the order asked for', async () => {
    await fc.assert(
      fc.asyncProperty(rows, orders, fc.integer({ min: 1, max: 4 }), async (wanted, order, top) => {
        const all = await fill(wanted);
        const query = ask({ $orderby: order.map((part) => part.join(' ')).join(','), $top: String(top) });
        const expected = idsOf(listInMemory(all, properties, { ...query, top: 999 }));
        const seen: string[] = [];
        let page = await listRows(db, source(), properties, query);
        for (;;) {
          seen.push(...idsOf(page));
          if (page.skipToken === undefined) break;
          assert.equal(page.rows.length, top);
          const after = readSkipToken(page.skipToken, query.orderBy.length);
          page = await listRows(db, source(), properties, { ...query, after });
        }
        assert.deepEqual(seen, expected);
      }),
      { numRuns: 40 },
    );
  });

  test('shifts nothing when a row of an earlier page is deleted between two pages', async () => {
    await fill([{}, {}, {}, {}]);
    const query = ask({ $top: '2' });
    const first = await listRows(db, source(), properties, query);
    assert.deepEqual(idsOf(first), [id(0), id(1)]);
    await db.kysely.deleteFrom('signIns').where('id', '=', id(0)).execute();
    const after = readSkipToken(first.skipToken ?? '', 1);
    const second = await listRows(db, source(), properties, { ...query, after });
    assert.deepEqual(idsOf(second), [id(2), id(3)]);
    assert.equal(second.skipToken, undefined);
  });
});

function ask(raw: Record<string, string>): ListQuery {
  return readListQuery(raw, properties, { property: 'id', descending: false });
}

const empty = {
  createdDateTime: 0,
  correlationId: id(0),
  userId: null,
  userPrincipalName: null,
  userDisplayName: null,
  appId: null,
  appDisplayName: null,
  servicePrincipalId: null,
  ipAddress: '::1',
  userAgent: null,
  clientAppUsed: 'Browser',
  authenticationMethods: '[]',
  errorCode: 0,
  failureReason: null,
  additionalDetails: null,
  status: 'success' as const,
  samlRequestId: null,
  assertionId: null,
};
