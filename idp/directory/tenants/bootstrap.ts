import { roleDefinitions } from '../../access/roles.ts';
import type { Context } from '../../context.ts';
import type { AuditEntry } from '../../logs/audit-entry.ts';
import { hashPassword } from '../password-hash.ts';
import { newUserRow } from '../users/new-user-row.ts';
import { anyTenant, insertFirstTenant } from './store.ts';

export type FirstTenant = {
  displayName: string;
  domain: string;
  /** User principal name of the first Global Administrator, in the domain. */
  administrator: string;
  password: string;
};

/**
 * Makes the first organisation and its Global Administrator. The organisation's Countersign Identifier is fixed here:
 * service providers will be told it, so a later change of the public URL must not change it.
 *
 * @returns null where an organisation exists already, also when another process made it at this very moment
 */
export async function bootstrap(
  context: Pick<Context, 'db' | 'now' | 'newId'> & { publicUrl: string },
  first: FirstTenant,
): Promise<{ tenantId: string; userId: string } | null> {
  const { db, newId } = context;
  if (await anyTenant(db.kysely)) return null;
  const passwordHash = await hashPassword(first.password);
  const now = context.now();
  const tenantId = newId();
  const userId = newId();
  const correlationId = newId();
  const globalAdministrator = roleDefinitions[0];
  if (!globalAdministrator) throw new Error('There is no Global Administrator role.');
  const local = first.administrator.split('@')[0] ?? first.administrator;
  const entry = (part: Pick<AuditEntry, 'activityDisplayName' | 'category' | 'targetResources'>) => ({
    id: newId(),
    activityDateTime: now,
    correlationId,
    initiatedBy: { app: { displayName: 'Countersign' } },
    ...part,
  });
  const target = {
    id: userId,
    displayName: first.administrator,
    type: 'User' as const,
    userPrincipalName: first.administrator,
    modifiedProperties: [],
  };
  const done = await insertFirstTenant(db, {
    tenant: {
      id: tenantId,
      displayName: first.displayName,
      issuer: `${context.publicUrl}/${tenantId}/`,
      createdDateTime: now,
    },
    domain: { name: first.domain.toLowerCase(), tenantId, isDefault: 1 },
    administrator: newUserRow({
      tenantId,
      id: userId,
      userPrincipalName: first.administrator,
      displayName: 'Administrator',
      mailNickname: local,
      passwordHash,
      createdDateTime: now,
    }),
    roleAssignment: {
      tenantId,
      id: newId(),
      roleDefinitionId: globalAdministrator.id,
      principalId: userId,
      createdDateTime: now,
    },
    audit: [
      entry({ activityDisplayName: 'Add user', category: 'UserManagement', targetResources: [target] }),
      entry({
        activityDisplayName: 'Add member to role',
        category: 'RoleManagement',
        targetResources: [
          target,
          {
            id: globalAdministrator.id,
            displayName: globalAdministrator.displayName,
            type: 'Role',
            modifiedProperties: [],
          },
        ],
      }),
    ],
  });
  return done ? { tenantId, userId } : null;
}
