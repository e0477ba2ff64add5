import { type Database, transaction } from '@countersign/database';
import type { Kysely } from 'kysely';
import type { ListQuery } from '../../graph/list-query.ts';
import { listRows, type Page } from '../../graph/store.ts';
import type { AuditEntry } from '../../logs/audit-entry.ts';
import { recordAudit } from '../../logs/store.ts';
import type { GroupRow, Tables, UserRow } from '../../tables.ts';
import { findUser } from '../users/store.ts';
import { groupProperties, memberProperties } from './properties.ts';

export async function findGroup(
  k: Kysely<Tables>,
  tenantId: string,
  id: string,
): Promise<GroupRow | undefined> {
  return k
    .selectFrom('groups')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('id', '=', id.toLowerCase())
    .executeTakeFirst();
}

export function listGroups(
  db: Database<Tables>,
  tenantId: string,
  query: ListQuery,
): Promise<Page<GroupRow>> {
  const source = db.kysely.selectFrom('groups').selectAll().where('tenantId', '=', tenantId);
  return listRows(db, source, groupProperties, query);
}

/** The groups a user is a direct member of. */
export function listGroupsOfUser(
  db: Database<Tables>,
  tenantId: string,
  userId: string,
  query: ListQuery,
): Promise<Page<GroupRow>> {
  const source = db.kysely
    .selectFrom('groups')
    .innerJoin('groupMembers', (join) =>
      join
        .onRef('groupMembers.tenantId', '=', 'groups.tenantId')
        .onRef('groupMembers.groupId', '=', 'groups.id'),
    )
    .selectAll('groups')
    .where('groups.tenantId', '=', tenantId)
    .where('groupMembers.userId', '=', userId);
  return listRows(db, source, groupProperties, query);
}

export function listMembers(
  db: Database<Tables>,
  tenantId: string,
  groupId: string,
  query: ListQuery,
): Promise<Page<UserRow>> {
  const source = db.kysely
    .selectFrom('users')
    .innerJoin('groupMembers', (join) =>
      join
        .onRef('groupMembers.tenantId', '=', 'users.tenantId')
        .onRef('groupMembers.userId', '=', 'users.id'),
    )
    .selectAll('users')
    .where('users.tenantId', '=', tenantId)
    .where('groupMembers.groupId', '=', groupId);
  return listRows(db, source, memberProperties, query);
}

export async function insertGroup(db: Database<Tables>, row: GroupRow, audit: AuditEntry): Promise<void> {
  await transaction(db, async (trx) => {
    await trx.insertInto('groups').values(row).execute();
    await recordAudit(trx, row.tenantId, audit);
  });
}

/** @returns false where there is no such group */
export async function updateGroup(
  db: Database<Tables>,
  tenantId: string,
  id: string,
  plan: (group: GroupRow) => { set: Partial<GroupRow>; audit: AuditEntry[] },
): Promise<boolean> {
  return transaction(db, async (trx) => {
    const group = await findGroup(trx, tenantId, id);
    if (!group) return false;
    const { set, audit } = plan(group);
    if (Object.keys(set).length > 0)
      await trx
        .updateTable('groups')
        .set(set)
        .where('tenantId', '=', tenantId)
        .where('id', '=', group.id)
        .execute();
    for (const entry of audit) await recordAudit(trx, tenantId, entry);
    return true;
  });
}

/** Deletes a group with its memberships and its assignments to applications. @returns false where there is none */
export async function deleteGroup(
  db: Database<Tables>,
  tenantId: string,
  id: string,
  audit: (group: GroupRow) => AuditEntry,
): Promise<boolean> {
  return transaction(db, async (trx) => {
    const group = await findGroup(trx, tenantId, id);
    if (!group) return false;
    await trx
      .deleteFrom('groupMembers')
      .where('tenantId', '=', tenantId)
      .where('groupId', '=', group.id)
      .execute();
    await trx
      .deleteFrom('appRoleAssignments')
      .where('tenantId', '=', tenantId)
      .where('principalId', '=', group.id)
      .execute();
    await trx.deleteFrom('groups').where('tenantId', '=', tenantId).where('id', '=', group.id).execute();
    await recordAudit(trx, tenantId, audit(group));
    return true;
  });
}

type Membership = (group: GroupRow, user: UserRow) => AuditEntry;

export async function insertMember(
  db: Database<Tables>,
  tenantId: string,
  groupId: string,
  userId: string,
  audit: Membership,
): Promise<'added' | 'duplicate' | 'no-group' | 'no-user'> {
  return transaction(db, async (trx) => {
    const group = await findGroup(trx, tenantId, groupId);
    if (!group) return 'no-group';
    const user = await findUser(trx, tenantId, userId);
    if (!user) return 'no-user';
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('groupMembers')
      .values({ tenantId, groupId: group.id, userId: user.id })
      .onConflict((conflict) => conflict.columns(['tenantId', 'groupId', 'userId']).doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) return 'duplicate';
    await recordAudit(trx, tenantId, audit(group, user));
    return 'added';
  });
}

export async function deleteMember(
  db: Database<Tables>,
  tenantId: string,
  groupId: string,
  userId: string,
  audit: Membership,
): Promise<'removed' | 'no-group' | 'no-member'> {
  return transaction(db, async (trx) => {
    const group = await findGroup(trx, tenantId, groupId);
    if (!group) return 'no-group';
    const user = await findUser(trx, tenantId, userId);
    if (!user) return 'no-member';
    const { numDeletedRows } = await trx
      .deleteFrom('groupMembers')
      .where('tenantId', '=', tenantId)
      .where('groupId', '=', group.id)
      .where('userId', '=', user.id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) return 'no-member';
    await recordAudit(trx, tenantId, audit(group, user));
    return 'removed';
  });
}
