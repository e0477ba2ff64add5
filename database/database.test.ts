import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Generated, Kysely } from 'kysely';
import { isUniqueViolation, migrate, open, transaction, uuidv7 } from './index.ts';
import { eachEngine } from './testing.ts';

type Tables = { things: { id: string; createdDateTime: number; note: Generated<string | null> } };

const first = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('things')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
      .addColumn('note', 'text')
      .execute();
  },
};
const now = () => 1_790_000_000_000;

eachEngine<Tables>('a database', (openEmpty) => {
  test('applies each migration once, in order', async () => {
    const db = await openEmpty();
    assert.deepEqual(await migrate(db, { first }, now), ['first']);
    assert.deepEqual(await migrate(db, { first }, now), []);
    const second = {
      up: (k: Kysely<unknown>) => k.schema.alterTable('things').addColumn('more', 'text').execute(),
    };
    assert.deepEqual(await migrate(db, { first, second }, now), ['second']);
  });

  test('lets several nodes migrate at the same moment', async () => {
    const db = await openEmpty();
    const applied = await Promise.all([1, 2, 3].map(() => migrate(db, { first }, Date.now)));
    assert.equal(applied.flat().length, 1);
  });

  test('refuses a database that is newer than the program', async () => {
    const db = await openEmpty();
    await migrate(db, { first }, now);
    await assert.rejects(migrate(db, {}, now), /newer version.*first/);
  });

  test('leaves nothing behind when a migration fails half-way', async () => {
    const db = await openEmpty();
    const broken = {
      async up(k: Kysely<unknown>) {
        await first.up(k);
        throw new Error('half-way');
      },
    };
    await assert.rejects(migrate(db, { broken }, now), /half-way/);
    assert.deepEqual(await migrate(db, { first }, now), ['first']);
  });

  test('reads epoch milliseconds back as the number that was written', async () => {
    const db = await openEmpty();
    await migrate(db, { first }, now);
    await db.kysely.insertInto('things').values({ id: 'a', createdDateTime: now() }).execute();
    const row = await db.kysely.selectFrom('things').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual({ ...row }, { id: 'a', createdDateTime: now(), note: null });
  });

  test('tells a broken unique key from other failures', async () => {
    const db = await openEmpty();
    await migrate(db, { first }, now);
    const insert = () => db.kysely.insertInto('things').values({ id: 'a', createdDateTime: 1 }).execute();
    await insert();
    await assert.rejects(insert, (error) => isUniqueViolation(error));
    const nulls = () =>
      db.kysely
        .insertInto('things')
        .values({ id: 'b', createdDateTime: null as unknown as number })
        .execute();
    await assert.rejects(nulls, (error) => !isUniqueViolation(error));
  });

  test('undoes a transaction whose work throws', async () => {
    const db = await openEmpty();
    await migrate(db, { first }, now);
    const work = transaction(db, async (trx) => {
      await trx.insertInto('things').values({ id: 'a', createdDateTime: 1 }).execute();
      throw new Error('no');
    });
    await assert.rejects(work, /no/);
    assert.equal((await db.kysely.selectFrom('things').selectAll().execute()).length, 0);
  });

  test('loses no increment when transactions run side by side', async () => {
    const db = await openEmpty();
    await migrate(db, { first }, now);
    await db.kysely.insertInto('things').values({ id: 'a', createdDateTime: 0 }).execute();
    const increment = () =>
      transaction(db, async (trx) => {
        const row = await trx
          .selectFrom('things')
          .selectAll()
          .where('id', '=', 'a')
          .executeTakeFirstOrThrow();
        await trx
          .updateTable('things')
          .set({ createdDateTime: row.createdDateTime + 1 })
          .where('id', '=', 'a')
          .execute();
      });
    await Promise.all([1, 2, 3, 4].map(increment));
    const row = await db.kysely.selectFrom('things').selectAll().executeTakeFirstOrThrow();
    assert.equal(row.createdDateTime, 4);
  });
});

test('a database URL that names no known engine is answered with an example', async () => {
  await assert.rejects(open('mysql://x'), /sqlite: or postgres:\/\/.*sqlite:data\/countersign\.db/);
});

test('a row written by a process that is killed right after the answer is still there', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const url = `sqlite:${folder}/killed.db`;
  const script = `
    import { open } from ${JSON.stringify(import.meta.resolve('./index.ts'))};
    const db = await open(${JSON.stringify(url)});
    await db.kysely.schema.createTable('things').addColumn('id', 'text').execute();
    await db.kysely.insertInto('things').values({ id: 'kept' }).execute();
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
  assert.equal(child.signal, 'SIGKILL', String(child.stderr));
  const db = await open<Tables>(url);
  assert.deepEqual(
    (await db.kysely.selectFrom('things').select('id').execute()).map((row) => row.id),
    ['kept'],
  );
  await db.close();
});

test('a new SQLite file and its log are for their user alone', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const db = await open<Tables>(`sqlite:${folder}/mine.db`);
  await migrate(db, { first }, now);
  for (const name of readdirSync(folder))
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
  assert.ok(readdirSync(folder).includes('mine.db-wal'));
  await db.close();
});

test('ids sort by the time they were made and carry version and variant', () => {
  const ids = [1, 2, 3].map((step) => uuidv7(now() + step));
  assert.deepEqual([...ids].sort(), ids);
  for (const id of ids)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('ids of one millisecond sort in the order in which they were made, and never repeat', () => {
  const ids = Array.from({ length: 10_000 }, () => uuidv7(now() + 10_000));
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, ids.length);
});
