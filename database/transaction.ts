import type { Kysely, Transaction } from 'kysely';
import { isConflict } from './failures.ts';
import type { Database } from './open.ts';

const attempts = 5;

/**
 * Runs `work` in one serializable transaction and runs it again when the engine says another one was in its way.
 * `work` must therefore have no effect outside the transaction.
 *
 * @returns what `work` returned in the attempt that was committed
 * @throws whatever `work` throws; the engine's conflict error after five attempts
 */
export async function transaction<T, R>(
  db: Database<T>,
  work: (trx: Transaction<T>) => Promise<R>,
): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await begin(db.kysely, db.engine, work);
    } catch (error) {
      if (attempt >= attempts || !isConflict(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * (1 + Math.random()) * 5));
    }
  }
}

function begin<T, R>(
  kysely: Kysely<T>,
  engine: 'sqlite' | 'postgres',
  work: (trx: Transaction<T>) => Promise<R>,
): Promise<R> {
  const builder = kysely.transaction();
  // SQLite's transactions are serializable by nature; PostgreSQL's are when asked for.
  return (engine === 'postgres' ? builder.setIsolationLevel('serializable') : builder).execute(work);
}
