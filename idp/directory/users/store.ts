import { type Database, transaction, unlessTaken } from '@countersign/database';
import type { Kysely } from 'kysely';
import { roleDefinitions, type RoleName } from '../../access/roles.ts';
import type { ListQuery } from '../../graph/list-query.ts';
import { listRows, type Page } from '../../graph/store.ts';
import type { AuditEntry } from '../../logs/audit-entry.ts';
import { recordAudit } from '../../logs/store.ts';
import type { Tables, UserRow } from '../../tables.ts';
import { countOtherHolders, rolesOf } from '../roles/store.ts';
import { userPrincipalNameKey } from '../user-principal-name.ts';
import { userProperties } from './properties.ts';

export async function findUser(
  k: Kysely<Tables>,
  tenantId: string,
  id: string,
): Promise<UserRow | undefined> {
  return k
    .selectFrom('users')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('id', '=', id.toLowerCase())
    .executeTakeFirst();
}

/** By user principal name, whatever the case. */
export async function findUserByName(
  k: Kysely<Tables>,
  tenantId: string,
  userPrincipalName: string,
): Promise<UserRow | undefined> {
  return k
    .selectFrom('users')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('userPrincipalNameKey', '=', userPrincipalNameKey(userPrincipalName))
    .executeTakeFirst();
}

export function listUsers(db: Database<Tables>, tenantId: string, query: ListQuery): Promise<Page<UserRow>> {
  const source = db.kysely.selectFrom('users').selectAll().where('tenantId', '=', tenantId);
  return listRows(db, source, userProperties, query);
}

/** @returns false, and nothing done, where the user principal name is taken */
export async function insertUser(db: Database<Tables>, row: UserRow, audit: AuditEntry): Promise<boolean> {
  return unlessTaken(() =>
    transaction(db, async (trx) => {
      await trx.insertInto('users').values(row).execute();
      await recordAudit(trx, row.tenantId, audit);
    }),
  );
}

/** A user with what decides whether they may be changed. */
export type UserState = { user: UserRow; roles: RoleName[]; otherGlobalAdministrators: number };

export type UserChange = { set: Partial<UserRow>; endsSessions: boolean; audit: AuditEntry[] };

/**
 * Changes a user, seen and decided in one transaction.
 *
 * @param decide is given the user as they are, throws where they must not be changed, returns the change
 */
export async function updateUser(
  db: Database<Tables>,
  tenantId: string,
  id: string,
  decide: (state: UserState) => UserChange,
): Promise<'changed' | 'taken' | 'no-user'> {
  let found = false;
  const changed = await unlessTaken(() =>
    transaction(db, async (trx) => {
      const state = await readState(trx, tenantId, id);
      found = state !== undefined;
      if (!state) return;
      const change = decide(state);
      if (Object.keys(change.set).length > 0)
        await trx
          .updateTable('users')
          .set(change.set)
          .where('tenantId', '=', tenantId)
          .where('id', '=', id)
          .execute();
      if (change.endsSessions) await deleteSessionsOfUser(trx, tenantId, id);
      for (const entry of change.audit) await recordAudit(trx, tenantId, entry);
    }),
  );
  if (!found) return 'no-user';
  return changed ? 'changed' : 'taken';
}

/**
 * Deletes a user with everything that names them except the logs.
 *
 * @param decide is given the user as they are, throws where they must stay, returns what the audit log keeps
 * @returns false where there is no such user
 */
export async function deleteUser(
  db: Database<Tables>,
  tenantId: string,
  id: string,
  decide: (state: UserState) => AuditEntry,
): Promise<boolean> {
  return transaction(db, async (trx) => {
    const state = await readState(trx, tenantId, id);
    if (!state) return false;
    const entry = decide(state);
    await deleteSessionsOfUser(trx, tenantId, id);
    await trx
      .deleteFrom('pendingRequests')
      .where('tenantId', '=', tenantId)
      .where('userId', '=', id)
      .execute();
    await trx.deleteFrom('groupMembers').where('tenantId', '=', tenantId).where('userId', '=', id).execute();
    for (const table of ['appRoleAssignments', 'roleAssignments'] as const)
      await trx.deleteFrom(table).where('tenantId', '=', tenantId).where('principalId', '=', id).execute();
    await trx.deleteFrom('users').where('tenantId', '=', tenantId).where('id', '=', id).execute();
    await recordAudit(trx, tenantId, entry);
    return true;
  });
}

/** Ends every session of a user, or every one but the one whose secret has this hash. */
export async function deleteSessionsOfUser(
  k: Kysely<Tables>,
  tenantId: string,
  userId: string,
  except?: string,
): Promise<void> {
  let deletion = k.deleteFrom('sessions').where('tenantId', '=', tenantId).where('userId', '=', userId);
  if (except !== undefined) deletion = deletion.where('secretHash', '!=', except);
  await deletion.execute();
}

/**
 * The user chose a new password: it is settled, the lock is off, and other browsers must sign in again.
 *
 * @param change.from hash of the password they proved to know
 * @returns false, and nothing done, where that is no longer their password
 */
export async function changeOwnPassword(
  db: Database<Tables>,
  tenantId: string,
  userId: string,
  change: { from: string; passwordHash: string; at: number; keepSession?: string },
  audit: AuditEntry,
): Promise<boolean> {
  return transaction(db, async (trx) => {
    const changed = await trx
      .updateTable('users')
      .set({
        passwordHash: change.passwordHash,
        forceChangePasswordNextSignIn: 0,
        lastPasswordChangeDateTime: change.at,
        failedSignInCount: 0,
        lockedUntilDateTime: null,
      })
      .where('tenantId', '=', tenantId)
      .where('id', '=', userId)
      .where('passwordHash', '=', change.from)
      .returning('id')
      .executeTakeFirst();
    if (!changed) return false;
    await deleteSessionsOfUser(trx, tenantId, userId, change.keepSession);
    await recordAudit(trx, tenantId, audit);
    return true;
  });
}

export async function recordFailedSignIn(
  k: Kysely<Tables>,
  tenantId: string,
  userId: string,
  counters: Pick<UserRow, 'failedSignInCount' | 'lockedUntilDateTime'>,
): Promise<void> {
  await k
    .updateTable('users')
    .set(counters)
    .where('tenantId', '=', tenantId)
    .where('id', '=', userId)
    .execute();
}

export async function clearFailedSignIns(k: Kysely<Tables>, tenantId: string, userId: string): Promise<void> {
  await recordFailedSignIn(k, tenantId, userId, { failedSignInCount: 0, lockedUntilDateTime: null });
}

const globalAdministratorId =
  roleDefinitions.find((role) => role.displayName === 'Global Administrator')?.id ?? '';

async function readState(k: Kysely<Tables>, tenantId: string, id: string): Promise<UserState | undefined> {
  const user = await findUser(k, tenantId, id);
  if (!user) return undefined;
  return {
    user,
    roles: await rolesOf(k, tenantId, id),
    otherGlobalAdministrators: await countOtherHolders(k, tenantId, globalAdministratorId, id),
  };
}
