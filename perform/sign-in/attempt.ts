import type { Context } from '../context.ts';
import { recordSignIn, logSignIn } from '../logs/record.ts';
import type { SignInMethod, SignInRow } from '../tables.ts';

/** What a sign-in has in common before anything is known of it: when, from where, under which reference. */
export type Attempt = {
  namespace: string;
  id: string;
  createdDateTime: number;
  method: SignInMethod;
  ipAddress: string;
  userAgent: string | null;
};

/** A line of the sign-in log from an attempt and what became of it. */
export function signInRow(
  attempt: Attempt,
  outcome: Pick<SignInRow, 'code' | 'says' | 'whoActs'> & Partial<SignInRow>,
): SignInRow {
  return {
    personId: null,
    userName: null,
    expected: null,
    actual: null,
    requestId: null,
    assertionId: null,
    issuer: null,
    ...attempt,
    ...outcome,
  };
}

/** Writes a refused attempt down; one at a company that does not exist goes to the service's log alone. */
export async function recordRefusal(context: Context, row: SignInRow, companyExists: boolean): Promise<void> {
  if (!companyExists) return logSignIn(context, row);
  try {
    await recordSignIn(context, row);
  } catch (error) {
    // The refusal stands and is shown even where its line could not be written to the database.
    context.log.error(
      { event: 'sign-in-log-failed', reference: row.id, error },
      'The sign-in log could not be written.',
    );
  }
}
