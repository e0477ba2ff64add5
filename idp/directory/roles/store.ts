import { type Database, transaction } from '@countersign/database';
import type { Kysely } from 'kysely';
import { roleDefinition, type RoleName } from '../../access/roles.ts';
import type { ListQuery } from '../../graph/list-query.ts';
import { listRows, type Page } from '../../graph/store.ts';
import type { AuditEntry } from '../../logs/audit-entry.ts';
import { recordAudit } from '../../logs/store.ts';
import type { RoleAssignmentRow, Tables, UserRow } from '../../tables.ts';
import { roleAssignmentProperties } from './properties.ts';

/** The administrator roles of a user; assignments of roles this version does not know count for nothing. */
export async function rolesOf(k: Kysely<Tables>, tenantId: string, userId: string): Promise<RoleName[]> {
  const rows = await k
    .selectFrom('roleAssignments')
    .select('roleDefinitionId')
    .where('tenantId', '=', tenantId)
    .where('principalId', '=', userId)
    .execute();
  return rows.flatMap((row) => roleDefinition(row.roleDefinitionId)?.displayName ?? []);
}

export function listRoleAssignments(
  db: Database<Tables>,
  tenantId: string,
  query: ListQuery,
): Promise<Page<RoleAssignmentRow>> {
  const source = db.kysely.selectFrom('roleAssignments').selectAll().where('tenantId', '=', tenantId);
  return listRows(db, source, roleAssignmentProperties, query);
}

/**
 * Gives a user a role.
 *
 * @returns the new row, `duplicate` where the user has the role, `no-user` where there is no such user
 */
export async function insertRoleAssignment(
  db: Database<Tables>,
  row: RoleAssignmentRow,
  audit: (user: UserRow) => AuditEntry,
): Promise<RoleAssignmentRow | 'duplicate' | 'no-user'> {
  return transaction(db, async (trx) => {
    const user = await trx
      .selectFrom('users')
      .selectAll()
      .where('tenantId', '=', row.tenantId)
      .where('id', '=', row.principalId)
      .executeTakeFirst();
    if (!user) return 'no-user';
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('roleAssignments')
      .values(row)
      .onConflict((conflict) => conflict.columns(['tenantId', 'roleDefinitionId', 'principalId']).doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) return 'duplicate';
    await recordAudit(trx, row.tenantId, audit(user));
    return row;
  });
}

/**
 * Takes a role away.
 *
 * @param decide is given what there is, throws where it must stay, returns what the audit log keeps
 * @returns false where there is no such assignment
 */
export async function deleteRoleAssignment(
  db: Database<Tables>,
  tenantId: string,
  id: string,
  decide: (state: { assignment: RoleAssignmentRow; user: UserRow; others: number }) => AuditEntry,
): Promise<boolean> {
  return transaction(db, async (trx) => {
    const assignment = await trx
      .selectFrom('roleAssignments')
      .selectAll()
      .where('tenantId', '=', tenantId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!assignment) return false;
    const user = await trx
      .selectFrom('users')
      .selectAll()
      .where('tenantId', '=', tenantId)
      .where('id', '=', assignment.principalId)
      .executeTakeFirstOrThrow();
    const others = await countOtherHolders(
      trx,
      tenantId,
      assignment.roleDefinitionId,
      assignment.principalId,
    );
    const entry = decide({ assignment, user, others });
    await trx.deleteFrom('roleAssignments').where('tenantId', '=', tenantId).where('id', '=', id).execute();
    await recordAudit(trx, tenantId, entry);
    return true;
  });
}

/** How many other people who can sign in hold a role. */
export async function countOtherHolders(
  k: Kysely<Tables>,
  tenantId: string,
  roleDefinitionId: string,
  principalId: string,
): Promise<number> {
  const { count } = await k
    .selectFrom('roleAssignments')
    .innerJoin('users', (join) =>
      join
        .onRef('users.tenantId', '=', 'roleAssignments.tenantId')
        .onRef('users.id', '=', 'roleAssignments.principalId'),
    )
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('roleAssignments.tenantId', '=', tenantId)
    .where('roleAssignments.roleDefinitionId', '=', roleDefinitionId)
    .where('roleAssignments.principalId', '!=', principalId)
    .where('users.accountEnabled', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(count);
}
