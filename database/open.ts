import { Kysely, PostgresDialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { SqliteFile } from './sqlite-file.ts';

/** An open database. `T` lists its tables as Kysely sees them. */
export type Database<T> = {
  kysely: Kysely<T>;
  engine: 'sqlite' | 'postgres';
  close(): Promise<void>;
};

/**
 * Opens the database a URL names.
 *
 * @param url `sqlite:<path>` (made when absent), `sqlite::memory:`, or `postgres://user:password@host:port/name`
 * @throws Error with a sentence when the URL names neither engine, or the engine cannot be reached
 */
export async function open<T>(url: string): Promise<Database<T>> {
  if (url.startsWith('sqlite:')) return openSqlite<T>(url.slice('sqlite:'.length));
  if (url.startsWith('postgres://') || url.startsWith('postgresql://')) return openPostgres<T>(url);
  throw new Error(
    `The database URL must start with sqlite: or postgres://, for example sqlite:data/countersign.db; this one starts with ${JSON.stringify(url.split(':')[0])}.`,
  );
}

function openSqlite<T>(path: string): Database<T> {
  const file = new SqliteFile(path);
  const kysely = new Kysely<T>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => file,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  return { kysely, engine: 'sqlite', close: () => kysely.destroy() };
}

async function openPostgres<T>(url: string): Promise<Database<T>> {
  const { default: pg } = await import('pg');
  // int8 (OID 20) holds epoch milliseconds, which a number carries exactly until the year 287396.
  const types = new pg.TypeOverrides();
  types.setTypeParser(20, Number);
  const pool = new pg.Pool({ connectionString: url, max: 10, types });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  const kysely = new Kysely<T>({ dialect: new PostgresDialect({ pool }) });
  try {
    const connection = await pool.connect();
    connection.release();
  } catch (error) {
    await kysely.destroy();
    throw new Error(`PostgreSQL does not answer: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return { kysely, engine: 'postgres', close: () => kysely.destroy() };
}
