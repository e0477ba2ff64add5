import { type Database, transaction, unlessTaken } from '@countersign/database';
import type { Kysely } from 'kysely';
import type { AuditEntry } from '../logs/audit-entry.ts';
import { recordAudit } from '../logs/store.ts';
import type {
  ApplicationRow,
  IdentifierUriRow,
  ReplyUrlRow,
  ServicePrincipalRow,
  SigningCertificateRow,
  Tables,
} from '../tables.ts';
import { listCertificates } from './certificates/store.ts';

export type ReplyUrl = { uri: string; index: number; isDefault: boolean };

type Uris = {
  /** In order; the first is the default. */
  identifierUris: string[];
  /** In order; exactly one is the default, unless there is none at all. */
  replyUrls: ReplyUrl[];
};

/** An enterprise application with its registration: what single sign-on must know about a relying party. */
export type RegisteredApplication = Uris & {
  servicePrincipal: ServicePrincipalRow;
  application: ApplicationRow;
};

/** By Identifier (Entity ID), octet for octet: a request's Issuer. */
export async function findByIssuer(
  k: Kysely<Tables>,
  tenantId: string,
  entityId: string,
): Promise<RegisteredApplication | undefined> {
  const identifier = await k
    .selectFrom('identifierUris')
    .select('applicationId')
    .where('tenantId', '=', tenantId)
    .where('identifierUri', '=', entityId)
    .executeTakeFirst();
  return identifier && findByApplication(k, tenantId, identifier.applicationId);
}

export async function findByAppId(
  k: Kysely<Tables>,
  tenantId: string,
  appId: string,
): Promise<RegisteredApplication | undefined> {
  const found = await k
    .selectFrom('applications')
    .select('id')
    .where('tenantId', '=', tenantId)
    .where('appId', '=', appId.toLowerCase())
    .executeTakeFirst();
  return found && findByApplication(k, tenantId, found.id);
}

export async function findByServicePrincipal(
  k: Kysely<Tables>,
  tenantId: string,
  servicePrincipalId: string,
): Promise<RegisteredApplication | undefined> {
  const found = await k
    .selectFrom('servicePrincipals')
    .select('applicationId')
    .where('tenantId', '=', tenantId)
    .where('id', '=', servicePrincipalId.toLowerCase())
    .executeTakeFirst();
  return found && findByApplication(k, tenantId, found.applicationId);
}

export async function findByApplication(
  k: Kysely<Tables>,
  tenantId: string,
  applicationId: string,
): Promise<RegisteredApplication | undefined> {
  const id = applicationId.toLowerCase();
  const application = await k
    .selectFrom('applications')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!application) return undefined;
  const servicePrincipal = await k
    .selectFrom('servicePrincipals')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('appId', '=', application.appId)
    .executeTakeFirst();
  if (!servicePrincipal) return undefined;
  const uris = await findUris(k, tenantId, [id]);
  return { servicePrincipal, application, ...uris(id) };
}

/** The identifiers and reply URLs of several applications at once. @returns those of one of them, by its object id */
export async function findUris(
  k: Kysely<Tables>,
  tenantId: string,
  applicationIds: readonly string[],
): Promise<(applicationId: string) => Uris> {
  if (applicationIds.length === 0) return () => ({ identifierUris: [], replyUrls: [] });
  const identifiers = await k
    .selectFrom('identifierUris')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('applicationId', 'in', applicationIds)
    .orderBy('position')
    .execute();
  const urls = await k
    .selectFrom('replyUrls')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('applicationId', 'in', applicationIds)
    .orderBy('position')
    .execute();
  return (applicationId) => ({
    identifierUris: identifiers
      .filter((row) => row.applicationId === applicationId)
      .map((row) => row.identifierUri),
    replyUrls: urls
      .filter((row) => row.applicationId === applicationId)
      .map((row) => ({ uri: row.uri, index: row.position, isDefault: row.isDefault === 1 })),
  });
}

/** Makes an application and its service principal together. @returns false where an Identifier is taken */
export async function insertRegisteredApplication(
  db: Database<Tables>,
  registered: RegisteredApplication,
  audit: AuditEntry[],
): Promise<boolean> {
  const { application, servicePrincipal } = registered;
  return unlessTaken(() =>
    transaction(db, async (trx) => {
      await trx.insertInto('applications').values(application).execute();
      await trx.insertInto('servicePrincipals').values(servicePrincipal).execute();
      await insertIdentifiers(trx, application, registered.identifierUris);
      await insertReplyUrls(trx, application, registered.replyUrls);
      for (const entry of audit) await recordAudit(trx, application.tenantId, entry);
    }),
  );
}

/** What an update writes; a part that is left out stays as it is. */
export type ApplicationChange = {
  application?: Partial<ApplicationRow>;
  servicePrincipal?: Partial<ServicePrincipalRow>;
  identifierUris?: string[];
  replyUrls?: ReplyUrl[];
  certificate?: SigningCertificateRow;
  /** Roles that are no more: nobody stays assigned to them. */
  removedAppRoleIds?: string[];
  audit: AuditEntry[];
};

/** What an update is decided on: the application and its certificates, newest first. */
export type ApplicationState = RegisteredApplication & { certificates: SigningCertificateRow[] };

/**
 * Changes an application or its service principal, seen and decided in one transaction.
 *
 * @param decide is given them as they are, throws where the change is refused, returns the change
 */
export async function updateRegisteredApplication(
  db: Database<Tables>,
  tenantId: string,
  find: (k: Kysely<Tables>) => Promise<RegisteredApplication | undefined>,
  decide: (state: ApplicationState) => ApplicationChange,
): Promise<'changed' | 'taken' | 'not-found'> {
  let found = false;
  const changed = await unlessTaken(() =>
    transaction(db, async (trx) => {
      const registered = await find(trx);
      found = registered !== undefined;
      if (!registered) return;
      const certificates = await listCertificates(trx, tenantId, registered.servicePrincipal.id);
      await apply(trx, registered, decide({ ...registered, certificates }));
    }),
  );
  if (!found) return 'not-found';
  return changed ? 'changed' : 'taken';
}

async function apply(
  trx: Kysely<Tables>,
  { application, servicePrincipal }: RegisteredApplication,
  change: ApplicationChange,
): Promise<void> {
  const { tenantId } = application;
  if (change.application && Object.keys(change.application).length > 0)
    await trx
      .updateTable('applications')
      .set(change.application)
      .where('tenantId', '=', tenantId)
      .where('id', '=', application.id)
      .execute();
  if (change.servicePrincipal && Object.keys(change.servicePrincipal).length > 0)
    await trx
      .updateTable('servicePrincipals')
      .set(change.servicePrincipal)
      .where('tenantId', '=', tenantId)
      .where('id', '=', servicePrincipal.id)
      .execute();
  if (change.identifierUris) {
    await deleteOfApplication(trx, 'identifierUris', application);
    await insertIdentifiers(trx, application, change.identifierUris);
  }
  if (change.replyUrls) {
    await deleteOfApplication(trx, 'replyUrls', application);
    await insertReplyUrls(trx, application, change.replyUrls);
  }
  if (change.removedAppRoleIds && change.removedAppRoleIds.length > 0)
    await trx
      .deleteFrom('appRoleAssignments')
      .where('tenantId', '=', tenantId)
      .where('resourceId', '=', servicePrincipal.id)
      .where('appRoleId', 'in', change.removedAppRoleIds)
      .execute();
  if (change.certificate) await trx.insertInto('signingCertificates').values(change.certificate).execute();
  for (const entry of change.audit) await recordAudit(trx, tenantId, entry);
}

/** Deletes an application with its service principal and all that hangs on them. @returns false where there is none */
export async function deleteRegisteredApplication(
  db: Database<Tables>,
  tenantId: string,
  find: (k: Kysely<Tables>) => Promise<RegisteredApplication | undefined>,
  audit: (registered: RegisteredApplication) => AuditEntry[],
): Promise<boolean> {
  return transaction(db, async (trx) => {
    const registered = await find(trx);
    if (!registered) return false;
    const { application, servicePrincipal } = registered;
    for (const table of ['signingCertificates', 'pendingRequests', 'accountPrompts'] as const)
      await trx
        .deleteFrom(table)
        .where('tenantId', '=', tenantId)
        .where('servicePrincipalId', '=', servicePrincipal.id)
        .execute();
    await trx
      .deleteFrom('appRoleAssignments')
      .where('tenantId', '=', tenantId)
      .where('resourceId', '=', servicePrincipal.id)
      .execute();
    for (const table of ['identifierUris', 'replyUrls'] as const)
      await deleteOfApplication(trx, table, application);
    await trx
      .deleteFrom('servicePrincipals')
      .where('tenantId', '=', tenantId)
      .where('id', '=', servicePrincipal.id)
      .execute();
    await trx
      .deleteFrom('applications')
      .where('tenantId', '=', tenantId)
      .where('id', '=', application.id)
      .execute();
    for (const entry of audit(registered)) await recordAudit(trx, tenantId, entry);
    return true;
  });
}

async function insertIdentifiers(
  trx: Kysely<Tables>,
  { tenantId, id }: ApplicationRow,
  identifierUris: string[],
): Promise<void> {
  const rows = identifierUris.map(
    (identifierUri, position): IdentifierUriRow => ({ tenantId, applicationId: id, identifierUri, position }),
  );
  if (rows.length > 0) await trx.insertInto('identifierUris').values(rows).execute();
}

async function insertReplyUrls(
  trx: Kysely<Tables>,
  { tenantId, id }: ApplicationRow,
  replyUrls: ReplyUrl[],
): Promise<void> {
  const rows = replyUrls.map(
    ({ uri, index, isDefault }): ReplyUrlRow => ({
      tenantId,
      applicationId: id,
      uri,
      position: index,
      isDefault: isDefault ? 1 : 0,
    }),
  );
  if (rows.length > 0) await trx.insertInto('replyUrls').values(rows).execute();
}

async function deleteOfApplication(
  trx: Kysely<Tables>,
  table: 'identifierUris' | 'replyUrls',
  { tenantId, id }: ApplicationRow,
): Promise<void> {
  await trx.deleteFrom(table).where('tenantId', '=', tenantId).where('applicationId', '=', id).execute();
}
