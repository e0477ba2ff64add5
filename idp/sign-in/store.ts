import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import { lockouts } from './lockout.ts';

/**
 * Takes one attempt at an account's password, before the password is looked at, in one statement: however many
 * guesses arrive together, no more than the lockout allows are ever compared.
 *
 * The attempt is counted as a failure; a right password clears the count afterwards.
 *
 * @param now epoch milliseconds
 * @returns false when the account is locked
 */
export async function takeAttempt(
  k: Kysely<Tables>,
  tenantId: string,
  userId: string,
  now: number,
): Promise<boolean> {
  const taken = await k
    .updateTable('users')
    .set((column) => {
      const failures = sql<number>`${column.ref('failedSignInCount')} + 1`;
      const cases = lockouts.map(
        (lockout) =>
          sql`when ${failures} >= ${sql.lit(lockout.failures)} then ${sql.lit(now + lockout.duration)}`,
      );
      return {
        failedSignInCount: failures,
        lockedUntilDateTime: sql<number | null>`case ${sql.join(cases.reverse(), sql` `)} else null end`,
      };
    })
    .where('tenantId', '=', tenantId)
    .where('id', '=', userId)
    .where((where) =>
      where.or([where('lockedUntilDateTime', 'is', null), where('lockedUntilDateTime', '<=', now)]),
    )
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}
