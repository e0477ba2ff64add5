import type { Database } from '@countersign/database';
import type { Kysely } from 'kysely';
import type { ListQuery } from '../../graph/list-query.ts';
import { listRows, type Page } from '../../graph/store.ts';
import type { ApplicationRow, ServicePrincipalRow, Tables } from '../../tables.ts';
import { listCertificatesOf } from '../certificates/store.ts';
import {
  applicationProperties,
  type ApplicationView,
  servicePrincipalProperties,
  type ServicePrincipalView,
} from '../properties.ts';
import { findUris, type RegisteredApplication } from '../store.ts';

/** A page of applications, each with its identifiers and reply URLs. */
export async function listApplications(
  db: Database<Tables>,
  tenantId: string,
  query: ListQuery,
): Promise<Page<ApplicationView>> {
  const source = db.kysely.selectFrom('applications').selectAll().where('tenantId', '=', tenantId);
  const page = await listRows<ApplicationRow>(db, source, applicationProperties, query);
  const uris = await findUris(
    db.kysely,
    tenantId,
    page.rows.map((row) => row.id),
  );
  return { ...page, rows: page.rows.map((row) => ({ ...row, ...uris(row.id) })) };
}

type Joined = ServicePrincipalRow & Pick<ApplicationRow, 'applicationTemplateId' | 'appRoles'>;

/** A page of service principals, each with what its resource shows of the application and of its certificates. */
export async function listServicePrincipals(
  db: Database<Tables>,
  tenantId: string,
  publicUrl: string,
  query: ListQuery,
): Promise<Page<ServicePrincipalView>> {
  const source = db.kysely
    .selectFrom('servicePrincipals')
    .innerJoin('applications', (join) =>
      join
        .onRef('applications.tenantId', '=', 'servicePrincipals.tenantId')
        .onRef('applications.id', '=', 'servicePrincipals.applicationId'),
    )
    .selectAll('servicePrincipals')
    .select(['applications.applicationTemplateId', 'applications.appRoles'])
    .where('servicePrincipals.tenantId', '=', tenantId);
  const page = await listRows<Joined>(db, source, servicePrincipalProperties, query);
  const uris = await findUris(
    db.kysely,
    tenantId,
    page.rows.map((row) => row.applicationId),
  );
  const certificates = await listCertificatesOf(
    db.kysely,
    tenantId,
    page.rows.map((row) => row.id),
  );
  const rows = page.rows.map((row) => ({
    ...row,
    ...uris(row.applicationId),
    certificates: certificates.filter((certificate) => certificate.servicePrincipalId === row.id),
    showsKeys: false,
    publicUrl,
  }));
  return { ...page, rows };
}

/** One service principal as its resource shows it. */
export async function viewServicePrincipal(
  k: Kysely<Tables>,
  registered: RegisteredApplication,
  about: { publicUrl: string; showsKeys: boolean },
): Promise<ServicePrincipalView> {
  const { servicePrincipal, application, identifierUris, replyUrls } = registered;
  const { tenantId, id } = servicePrincipal;
  const { applicationTemplateId, appRoles } = application;
  const certificates = await listCertificatesOf(k, tenantId, [id]);
  return {
    ...servicePrincipal,
    applicationTemplateId,
    appRoles,
    identifierUris,
    replyUrls,
    certificates,
    ...about,
  };
}
