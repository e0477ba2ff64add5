import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { isDuplicateTable, isUniqueViolation } from './failures.ts';
import type { Database } from './open.ts';

/** One step of the schema. It must be portable: what it says, both engines must understand. */
export type Migration = { up(db: Kysely<unknown>): Promise<void> };

type Bookkeeping = {
  migrations: { name: string; appliedDateTime: number };
  leases: { name: string; holder: string; expiresDateTime: number };
};

const leaseName = 'migrations';
const leaseMillis = 60_000;

/**
 * Brings the schema up to date: applies, in the order given, each migration whose name is not yet recorded, each in
 * a transaction with its record. Several nodes may start at once: a lease row lets one of them work while the others
 * wait (an advisory lock would be lost behind a connection pooler).
 *
 * @param migrations name → migration, in the order of application; a name once released never changes
 * @param now epoch milliseconds
 * @returns the names that were applied by this call
 * @throws Error when the database knows a migration that this program does not: it is newer than the program
 */
export async function migrate<T>(
  db: Database<T>,
  migrations: Record<string, Migration>,
  now: () => number,
): Promise<string[]> {
  const kysely = db.kysely as unknown as Kysely<Bookkeeping>;
  await makeBookkeeping(kysely);
  const holder = randomBytes(16).toString('hex');
  await takeLease(kysely, holder, now);
  try {
    return await applyMissing(kysely, migrations, now);
  } finally {
    await kysely.deleteFrom('leases').where('name', '=', leaseName).where('holder', '=', holder).execute();
  }
}

async function makeBookkeeping(kysely: Kysely<Bookkeeping>): Promise<void> {
  const migrations = kysely.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('appliedDateTime', 'bigint', (column) => column.notNull());
  const leases = kysely.schema
    .createTable('leases')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('expiresDateTime', 'bigint', (column) => column.notNull());
  for (const table of [migrations, leases]) {
    try {
      await table.execute();
    } catch (error) {
      // Two nodes making the table at one moment: PostgreSQL tells the loser of a duplicate, of the table or of
      // its catalogue row, and by then the winner's table is there.
      if (!isUniqueViolation(error) && !isDuplicateTable(error)) throw error;
    }
  }
}

async function takeLease(kysely: Kysely<Bookkeeping>, holder: string, now: () => number): Promise<void> {
  for (;;) {
    const time = now();
    await kysely
      .insertInto('leases')
      .values({ name: leaseName, holder, expiresDateTime: time + leaseMillis })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder, expiresDateTime: time + leaseMillis })
          .where('leases.expiresDateTime', '<', time),
      )
      .execute();
    const lease = await kysely
      .selectFrom('leases')
      .select('holder')
      .where('name', '=', leaseName)
      .executeTakeFirst();
    if (lease?.holder === holder) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function applyMissing(
  kysely: Kysely<Bookkeeping>,
  migrations: Record<string, Migration>,
  now: () => number,
): Promise<string[]> {
  const rows = await kysely.selectFrom('migrations').select('name').execute();
  const recorded = new Set(rows.map((row) => row.name));
  const unknown = [...recorded].find((name) => !(name in migrations));
  if (unknown)
    throw new Error(
      `The database was made by a newer version: it has the migration ${unknown}, which this version does not know. Start the newer version.`,
    );
  const applied: string[] = [];
  for (const [name, migration] of Object.entries(migrations)) {
    if (recorded.has(name)) continue;
    await kysely.transaction().execute(async (trx) => {
      await migration.up(trx as unknown as Kysely<unknown>);
      await trx.insertInto('migrations').values({ name, appliedDateTime: now() }).execute();
    });
    applied.push(name);
  }
  return applied;
}
