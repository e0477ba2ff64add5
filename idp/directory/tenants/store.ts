import { type Database, isUniqueViolation, transaction } from '@countersign/database';
import type { Kysely } from 'kysely';
import type { AuditEntry } from '../../logs/audit-entry.ts';
import { recordAudit } from '../../logs/store.ts';
import type { RoleAssignmentRow, Tables, TenantRow, UserRow, VerifiedDomainRow } from '../../tables.ts';

/** The organisation by its id or by one of its verified domains, whatever the case. */
export async function findTenant(k: Kysely<Tables>, idOrDomain: string): Promise<TenantRow | undefined> {
  const name = idOrDomain.toLowerCase();
  const byId = await k.selectFrom('tenants').selectAll().where('id', '=', name).executeTakeFirst();
  return byId ?? findTenantOfDomain(k, name);
}

/** The organisation a domain belongs to, whatever the case. */
export async function findTenantOfDomain(k: Kysely<Tables>, domain: string): Promise<TenantRow | undefined> {
  return k
    .selectFrom('verifiedDomains')
    .innerJoin('tenants', 'tenants.id', 'verifiedDomains.tenantId')
    .selectAll('tenants')
    .where('verifiedDomains.name', '=', domain.toLowerCase())
    .executeTakeFirst();
}

/** The organisation's domains, the default one first. */
export async function verifiedDomains(k: Kysely<Tables>, tenantId: string): Promise<VerifiedDomainRow[]> {
  return k
    .selectFrom('verifiedDomains')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .orderBy('isDefault', 'desc')
    .orderBy('name')
    .execute();
}

/** Whether any organisation exists: if not, this is the first start. */
export async function anyTenant(k: Kysely<Tables>): Promise<boolean> {
  return (await k.selectFrom('tenants').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/**
 * Makes the first organisation with its first administrator.
 *
 * @returns false, and nothing done, where an organisation exists already
 */
export async function insertFirstTenant(
  db: Database<Tables>,
  first: {
    tenant: TenantRow;
    domain: VerifiedDomainRow;
    administrator: UserRow;
    roleAssignment: RoleAssignmentRow;
    audit: AuditEntry[];
  },
): Promise<boolean> {
  try {
    return await transaction(db, async (trx) => {
      if (await anyTenant(trx)) return false;
      await trx.insertInto('tenants').values(first.tenant).execute();
      await trx.insertInto('verifiedDomains').values(first.domain).execute();
      await trx.insertInto('users').values(first.administrator).execute();
      await trx.insertInto('roleAssignments').values(first.roleAssignment).execute();
      for (const entry of first.audit) await recordAudit(trx, first.tenant.id, entry);
      return true;
    });
  } catch (error) {
    // Another process made the same domain between our look and our insert: PostgreSQL may report that as a duplicate.
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
