import { type Database, transaction } from '@countersign/database';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { ListQuery } from '../graph/list-query.ts';
import { listRows, type Page } from '../graph/store.ts';
import type { AuditEntry } from '../logs/audit-entry.ts';
import { recordAudit } from '../logs/store.ts';
import type { AppRoleAssignmentRow, ApplicationRow, ServicePrincipalRow, Tables } from '../tables.ts';
import { type AppRoleAssignmentView, appRoleAssignmentProperties } from './properties.ts';

/** Whether a user may use an application: assigned directly, or as a direct member of an assigned group. */
export async function isAssigned(
  k: Kysely<Tables>,
  tenantId: string,
  servicePrincipalId: string,
  userId: string,
): Promise<boolean> {
  return (await assignedAppRoleIds(k, tenantId, servicePrincipalId, userId)).length > 0;
}

/** The roles a user has in an application, directly or by a direct group, each once. */
export async function assignedAppRoleIds(
  k: Kysely<Tables>,
  tenantId: string,
  servicePrincipalId: string,
  userId: string,
): Promise<string[]> {
  const rows = await assignmentsReaching(k, tenantId, userId)
    .where('appRoleAssignments.resourceId', '=', servicePrincipalId)
    .select('appRoleAssignments.appRoleId')
    .distinct()
    .orderBy('appRoleAssignments.appRoleId')
    .execute();
  return rows.map((row) => row.appRoleId);
}

/** The applications a user sees as tiles: assigned, enabled, set up for sign-in, and not hidden. */
export async function assignedResources(
  k: Kysely<Tables>,
  tenantId: string,
  userId: string,
): Promise<(ServicePrincipalRow & Pick<ApplicationRow, 'applicationTemplateId'>)[]> {
  return k
    .selectFrom('servicePrincipals')
    .innerJoin('applications', (join) =>
      join
        .onRef('applications.tenantId', '=', 'servicePrincipals.tenantId')
        .onRef('applications.id', '=', 'servicePrincipals.applicationId'),
    )
    .selectAll('servicePrincipals')
    .select('applications.applicationTemplateId')
    .where('servicePrincipals.tenantId', '=', tenantId)
    .where('servicePrincipals.accountEnabled', '=', 1)
    .where('servicePrincipals.preferredSingleSignOnMode', '=', 'saml')
    .where('servicePrincipals.tags', 'not like', '%"HideApp"%')
    .where(
      'servicePrincipals.id',
      'in',
      assignmentsReaching(k, tenantId, userId).select('appRoleAssignments.resourceId'),
    )
    .orderBy('servicePrincipals.displayName')
    .orderBy('servicePrincipals.id')
    .execute();
}

function assignmentsReaching(
  k: Kysely<Tables>,
  tenantId: string,
  userId: string,
): SelectQueryBuilder<Tables, 'appRoleAssignments', object> {
  return k
    .selectFrom('appRoleAssignments')
    .where('appRoleAssignments.tenantId', '=', tenantId)
    .where((eb) =>
      eb.or([
        eb('appRoleAssignments.principalId', '=', userId),
        eb(
          'appRoleAssignments.principalId',
          'in',
          eb
            .selectFrom('groupMembers')
            .select('groupMembers.groupId')
            .where('groupMembers.tenantId', '=', tenantId)
            .where('groupMembers.userId', '=', userId),
        ),
      ]),
    );
}

/** Assignments with the names they show, to one application or of one principal. */
export function listAppRoleAssignments(
  db: Database<Tables>,
  tenantId: string,
  of: { resourceId: string } | { principalId: string },
  query: ListQuery,
): Promise<Page<AppRoleAssignmentView>> {
  const source = withNames(db.kysely, tenantId);
  const narrowed =
    'resourceId' in of
      ? source.where('appRoleAssignments.resourceId', '=', of.resourceId)
      : source.where('appRoleAssignments.principalId', '=', of.principalId);
  return listRows<AppRoleAssignmentView>(db, narrowed, appRoleAssignmentProperties, query);
}

function withNames(k: Kysely<Tables>, tenantId: string) {
  return k
    .selectFrom('appRoleAssignments')
    .innerJoin('servicePrincipals', (join) =>
      join
        .onRef('servicePrincipals.tenantId', '=', 'appRoleAssignments.tenantId')
        .onRef('servicePrincipals.id', '=', 'appRoleAssignments.resourceId'),
    )
    .leftJoin('users', (join) =>
      join
        .onRef('users.tenantId', '=', 'appRoleAssignments.tenantId')
        .onRef('users.id', '=', 'appRoleAssignments.principalId'),
    )
    .leftJoin('groups', (join) =>
      join
        .onRef('groups.tenantId', '=', 'appRoleAssignments.tenantId')
        .onRef('groups.id', '=', 'appRoleAssignments.principalId'),
    )
    .selectAll('appRoleAssignments')
    .select([
      sql<string>`coalesce(${sql.ref('users.displayName')}, ${sql.ref('groups.displayName')}, '')`.as(
        'principalDisplayName',
      ),
      'servicePrincipals.displayName as resourceDisplayName',
    ])
    .where('appRoleAssignments.tenantId', '=', tenantId);
}

/** What a new assignment is decided on. */
export type AssignmentState = {
  servicePrincipal: ServicePrincipalRow;
  appRoles: string;
  principal: { type: 'User' | 'Group'; displayName: string; userPrincipalName: string | null };
};

/**
 * Assigns a user or a group to an application.
 *
 * @param decide is given what there is, throws where the role cannot be assigned, returns what the audit log keeps
 */
export async function insertAppRoleAssignment(
  db: Database<Tables>,
  row: Omit<AppRoleAssignmentRow, 'principalType'>,
  decide: (state: AssignmentState) => AuditEntry,
): Promise<AppRoleAssignmentView | 'no-resource' | 'no-principal' | 'duplicate'> {
  return transaction(db, async (trx) => {
    const { tenantId, resourceId, principalId } = row;
    const resource = await trx
      .selectFrom('servicePrincipals')
      .selectAll()
      .where('tenantId', '=', tenantId)
      .where('id', '=', resourceId)
      .executeTakeFirst();
    if (!resource) return 'no-resource';
    const { appRoles } = await trx
      .selectFrom('applications')
      .select('appRoles')
      .where('tenantId', '=', tenantId)
      .where('id', '=', resource.applicationId)
      .executeTakeFirstOrThrow();
    const principal = await findPrincipal(trx, tenantId, principalId);
    if (!principal) return 'no-principal';
    const entry = decide({ servicePrincipal: resource, appRoles, principal });
    const inserted: AppRoleAssignmentRow = { ...row, principalType: principal.type };
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('appRoleAssignments')
      .values(inserted)
      .onConflict((conflict) =>
        conflict.columns(['tenantId', 'resourceId', 'principalId', 'appRoleId']).doNothing(),
      )
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) return 'duplicate';
    await recordAudit(trx, tenantId, entry);
    return {
      ...inserted,
      principalDisplayName: principal.displayName,
      resourceDisplayName: resource.displayName,
    };
  });
}

/** @returns false where the application has no such assignment */
export async function deleteAppRoleAssignment(
  db: Database<Tables>,
  tenantId: string,
  resourceId: string,
  id: string,
  audit: (assignment: AppRoleAssignmentView) => AuditEntry,
): Promise<boolean> {
  return transaction(db, async (trx) => {
    const assignment = await withNames(trx, tenantId)
      .where('appRoleAssignments.resourceId', '=', resourceId)
      .where('appRoleAssignments.id', '=', id)
      .executeTakeFirst();
    if (!assignment) return false;
    await trx
      .deleteFrom('appRoleAssignments')
      .where('tenantId', '=', tenantId)
      .where('id', '=', id)
      .execute();
    await recordAudit(trx, tenantId, audit(assignment));
    return true;
  });
}

async function findPrincipal(
  k: Kysely<Tables>,
  tenantId: string,
  id: string,
): Promise<AssignmentState['principal'] | undefined> {
  const user = await k
    .selectFrom('users')
    .select(['displayName', 'userPrincipalName'])
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (user) return { type: 'User', ...user };
  const group = await k
    .selectFrom('groups')
    .select('displayName')
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return group && { type: 'Group', displayName: group.displayName, userPrincipalName: null };
}
