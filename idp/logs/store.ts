import type { Database } from '@countersign/database';
import type { Kysely } from 'kysely';
import type { ListQuery } from '../graph/list-query.ts';
import { listRows, type Page } from '../graph/store.ts';
import type { DirectoryAuditRow, SignInRow, Tables } from '../tables.ts';
import type { AuditEntry } from './audit-entry.ts';
import { directoryAuditProperties, signInProperties } from './properties.ts';

/** Writes one line of the sign-in log. Lines are never changed afterwards. */
export async function recordSignIn(k: Kysely<Tables>, row: SignInRow): Promise<void> {
  await k.insertInto('signIns').values(row).execute();
}

/** Writes one line of the audit log; in the transaction of the change, so that neither exists without the other. */
export async function recordAudit(k: Kysely<Tables>, tenantId: string, entry: AuditEntry): Promise<void> {
  await k
    .insertInto('directoryAudits')
    .values({
      tenantId,
      id: entry.id,
      activityDateTime: entry.activityDateTime,
      activityDisplayName: entry.activityDisplayName,
      category: entry.category,
      result: entry.result ?? 'success',
      resultReason: entry.resultReason ?? null,
      correlationId: entry.correlationId,
      initiatedBy: JSON.stringify(entry.initiatedBy),
      targetResources: JSON.stringify(entry.targetResources),
    })
    .execute();
}

export function listSignIns(
  db: Database<Tables>,
  tenantId: string,
  query: ListQuery,
): Promise<Page<SignInRow>> {
  const source = db.kysely.selectFrom('signIns').selectAll().where('tenantId', '=', tenantId);
  return listRows(db, source, signInProperties, query);
}

export async function findSignIn(
  k: Kysely<Tables>,
  tenantId: string,
  id: string,
): Promise<SignInRow | undefined> {
  return k
    .selectFrom('signIns')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export function listDirectoryAudits(
  db: Database<Tables>,
  tenantId: string,
  query: ListQuery,
): Promise<Page<DirectoryAuditRow>> {
  const source = db.kysely.selectFrom('directoryAudits').selectAll().where('tenantId', '=', tenantId);
  return listRows(db, source, directoryAuditProperties, query);
}

export async function findDirectoryAudit(
  k: Kysely<Tables>,
  tenantId: string,
  id: string,
): Promise<DirectoryAuditRow | undefined> {
  return k
    .selectFrom('directoryAudits')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}
