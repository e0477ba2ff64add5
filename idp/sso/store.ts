import type { Kysely } from 'kysely';
import type { SignedIn } from '../sign-in/waiting-requests.ts';
import type { AccountPromptRow, PendingRequestRow, Tables } from '../tables.ts';

/** A request that arrived by POST has no browser yet: cookies do not travel with a cross-site POST. */
export const noBrowserYet = '';

export async function insertPendingRequest(k: Kysely<Tables>, row: PendingRequestRow): Promise<void> {
  await k.insertInto('pendingRequests').values(row).execute();
}

export async function findPendingRequest(
  k: Kysely<Tables>,
  tenantId: string,
  handleHash: string,
): Promise<PendingRequestRow | undefined> {
  return k
    .selectFrom('pendingRequests')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('handleHash', '=', handleHash)
    .executeTakeFirst();
}

/** Binds a request without a browser to the first one that comes for it. False when another one was first. */
export async function bindPendingRequest(
  k: Kysely<Tables>,
  tenantId: string,
  handleHash: string,
  browserHash: string,
  asksForAccount: boolean,
): Promise<boolean> {
  const bound = await k
    .updateTable('pendingRequests')
    .set({ browserHash, ...(asksForAccount ? { asksForAccount: 1 as const } : {}) })
    .where('tenantId', '=', tenantId)
    .where('handleHash', '=', handleHash)
    .where('browserHash', '=', noBrowserYet)
    .returning('handleHash')
    .executeTakeFirst();
  return bound !== undefined;
}

/** Notes who signed in for a request that still waits in this browser. */
export async function attachToPendingRequest(
  k: Kysely<Tables>,
  tenantId: string,
  handleHash: string,
  browserHash: string,
  who: SignedIn,
  now: number,
): Promise<boolean> {
  const attached = await k
    .updateTable('pendingRequests')
    .set({
      userId: who.userId,
      authenticationInstant: who.authenticationInstant,
      authenticationMethods: JSON.stringify(who.authenticationMethods),
    })
    .where('tenantId', '=', tenantId)
    .where('handleHash', '=', handleHash)
    .where('browserHash', '=', browserHash)
    .where('consumedDateTime', 'is', null)
    .where('expiresDateTime', '>', now)
    .returning('handleHash')
    .executeTakeFirst();
  return attached !== undefined;
}

/** Uses a request up. False when it was used or ran out before: then nothing may be issued for it. */
export async function consumePendingRequest(
  k: Kysely<Tables>,
  tenantId: string,
  handleHash: string,
  now: number,
): Promise<boolean> {
  const consumed = await k
    .updateTable('pendingRequests')
    .set({ consumedDateTime: now })
    .where('tenantId', '=', tenantId)
    .where('handleHash', '=', handleHash)
    .where('consumedDateTime', 'is', null)
    .where('expiresDateTime', '>', now)
    .returning('handleHash')
    .executeTakeFirst();
  return consumed !== undefined;
}

/** Leaves the mark "ask for the account at the next request of this application from this browser". */
export async function putAccountPrompt(k: Kysely<Tables>, row: AccountPromptRow): Promise<void> {
  await k
    .insertInto('accountPrompts')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['tenantId', 'browserHash', 'servicePrincipalId'])
        .doUpdateSet({ expiresDateTime: row.expiresDateTime }),
    )
    .execute();
}

/** Takes the mark away. True when there was one that still holds. */
export async function takeAccountPrompt(
  k: Kysely<Tables>,
  tenantId: string,
  browserHash: string,
  servicePrincipalId: string,
  now: number,
): Promise<boolean> {
  const taken = await k
    .deleteFrom('accountPrompts')
    .where('tenantId', '=', tenantId)
    .where('browserHash', '=', browserHash)
    .where('servicePrincipalId', '=', servicePrincipalId)
    .returning('expiresDateTime')
    .executeTakeFirst();
  return taken !== undefined && now < taken.expiresDateTime;
}

/** Clears away what ran out before `now`. Nothing depends on it. */
export async function deleteExpiredRequests(k: Kysely<Tables>, now: number): Promise<void> {
  await k.deleteFrom('pendingRequests').where('expiresDateTime', '<=', now).execute();
  await k.deleteFrom('accountPrompts').where('expiresDateTime', '<=', now).execute();
}
