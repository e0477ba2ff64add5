import type { Database } from '@countersign/database';
import type { AuditRow, SignInRow, Tables } from '../tables.ts';

/** Appends one line to the company's sign-in log. */
export async function insertSignIn(db: Database<Tables>, row: SignInRow): Promise<void> {
  await db.kysely.insertInto('signIns').values(row).execute();
}

/** The newest lines of a company's sign-in log. Ids sort by time. */
export async function listSignIns(
  db: Database<Tables>,
  namespace: string,
  most: number,
): Promise<SignInRow[]> {
  return db.kysely
    .selectFrom('signIns')
    .selectAll()
    .where('namespace', '=', namespace)
    .orderBy('createdDateTime', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
}

/** Appends one line to the company's audit log. */
export async function insertAudit(db: Database<Tables>, row: AuditRow): Promise<void> {
  await db.kysely.insertInto('audits').values(row).execute();
}

/** The newest lines of a company's audit log. */
export async function listAudits(db: Database<Tables>, namespace: string, most: number): Promise<AuditRow[]> {
  return db.kysely
    .selectFrom('audits')
    .selectAll()
    .where('namespace', '=', namespace)
    .orderBy('createdDateTime', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
}

/** Deletes the lines of all companies' sign-in logs that are older; answers how many. */
export async function purgeSignIns(db: Database<Tables>, olderThan: number): Promise<number> {
  const rows = await db.kysely
    .deleteFrom('signIns')
    .where('createdDateTime', '<', olderThan)
    .returning('namespace')
    .execute();
  return rows.length;
}
