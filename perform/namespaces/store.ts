import { type Database, transaction, unlessTaken } from '@countersign/database';
import type { NamespaceRow, PersonRow, Tables } from '../tables.ts';

/** The company of a namespace. */
export async function findNamespace(
  db: Database<Tables>,
  namespace: string,
): Promise<NamespaceRow | undefined> {
  return db.kysely.selectFrom('namespaces').selectAll().where('namespace', '=', namespace).executeTakeFirst();
}

/** True where no company was ever made: the first start. */
export async function isEmpty(db: Database<Tables>): Promise<boolean> {
  return (
    (await db.kysely.selectFrom('namespaces').select('namespace').limit(1).executeTakeFirst()) === undefined
  );
}

/** Switches single sign-on in a company's plan; answers the company as it was before, undefined where there is none. */
export async function setSsoInPlan(
  db: Database<Tables>,
  namespace: string,
  ssoInPlan: boolean,
): Promise<NamespaceRow | undefined> {
  const before = await findNamespace(db, namespace);
  await db.kysely
    .updateTable('namespaces')
    .set({ ssoInPlan: ssoInPlan ? 1 : 0 })
    .where('namespace', '=', namespace)
    .execute();
  return before;
}

/** Makes a company and its first administrator, both or neither. False where another node has just made it. */
export async function insertFirstCompany(
  db: Database<Tables>,
  company: NamespaceRow,
  administrator: PersonRow,
): Promise<boolean> {
  return unlessTaken(() =>
    transaction(db, async (trx) => {
      await trx.insertInto('namespaces').values(company).execute();
      await trx.insertInto('people').values(administrator).execute();
    }),
  );
}
