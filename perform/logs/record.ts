import type { Context } from '../context.ts';
import type { AuditRow, SignInRow } from '../tables.ts';
import { insertAudit, insertSignIn } from './store.ts';

/** Writes one sign-in to the company's log and to the service's. A company's own log has no line of another one. */
export async function recordSignIn(context: Context, row: SignInRow): Promise<void> {
  logSignIn(context, row);
  await insertSignIn(context.db, row);
}

/** The line in the service's log alone, for an attempt at a company that does not exist. */
export function logSignIn(context: Context, row: SignInRow): void {
  const { says, ...line } = row;
  if (row.code === 'signed-in') context.log.info({ event: 'sign-in', ...line }, says);
  else context.log.warn({ event: 'sign-in', ...line }, says);
}

/** Who changed something: a signed-in person, or an operator's command. */
export type Actor = { personId: string | null; userName: string };

/** What was changed. `details` holds before and after, and never a secret. */
export type Change = { activity: string; target: string; details: Record<string, unknown> };

/** Writes one change to the company's audit log and to the service's. */
export async function recordAudit(
  context: Pick<Context, 'db' | 'log' | 'newId' | 'now'>,
  namespace: string,
  actor: Actor,
  change: Change,
): Promise<void> {
  const row: AuditRow = {
    namespace,
    id: context.newId(),
    createdDateTime: context.now(),
    actorId: actor.personId,
    actorName: actor.userName,
    activity: change.activity,
    target: change.target,
    details: JSON.stringify(change.details),
  };
  context.log.info({ event: 'audit', ...row }, change.activity);
  await insertAudit(context.db, row);
}
