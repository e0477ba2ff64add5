import type { X509Certificate } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { SigningCertificateRow, Tables } from '../../tables.ts';
import { parseCertificate } from './make-certificate.ts';
import { publishedCertificates } from './signing-certificate.ts';

/** A service principal's signing certificates, newest first. */
export async function listCertificates(
  k: Kysely<Tables>,
  tenantId: string,
  servicePrincipalId: string,
): Promise<SigningCertificateRow[]> {
  return listCertificatesOf(k, tenantId, [servicePrincipalId]);
}

/** The certificates of several service principals at once, newest first. */
export async function listCertificatesOf(
  k: Kysely<Tables>,
  tenantId: string,
  servicePrincipalIds: readonly string[],
): Promise<SigningCertificateRow[]> {
  if (servicePrincipalIds.length === 0) return [];
  return k
    .selectFrom('signingCertificates')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('servicePrincipalId', 'in', servicePrincipalIds)
    .orderBy('createdDateTime', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/**
 * What an application's federation metadata lists: the certificate that signs first, then those that may follow.
 *
 * @param now epoch milliseconds
 */
export async function certificatesForMetadata(
  k: Kysely<Tables>,
  tenantId: string,
  servicePrincipalId: string,
  now: number,
): Promise<X509Certificate[]> {
  const servicePrincipal = await k
    .selectFrom('servicePrincipals')
    .select('preferredTokenSigningKeyThumbprint')
    .where('tenantId', '=', tenantId)
    .where('id', '=', servicePrincipalId)
    .executeTakeFirst();
  if (!servicePrincipal) return [];
  const certificates = await listCertificates(k, tenantId, servicePrincipalId);
  return publishedCertificates(servicePrincipal, certificates, now).map((row) =>
    parseCertificate(row.certificate),
  );
}
