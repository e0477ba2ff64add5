import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { ServicePrincipalRow } from '../../tables.ts';
import { unseal } from './key-vault.ts';
import { parseCertificate } from './make-certificate.ts';
import { signingCertificate } from './signing-certificate.ts';
import { listCertificates } from './store.ts';

export type SigningKey = { key: KeyObject; certificate: X509Certificate; thumbprint: string };

/** Parsed keys by certificate id. A certificate never changes, so an entry is right as long as it exists. */
const parsed = new Map<string, SigningKey>();
const mostParsed = 1_000;

/**
 * The key that signs this application's responses now.
 *
 * @returns null where the application has no certificate (AADSTS50003)
 * @throws Error where the stored key was encrypted under another master key
 */
export async function loadSigningKey(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  tenantId: string,
  servicePrincipal: Pick<ServicePrincipalRow, 'id' | 'preferredTokenSigningKeyThumbprint'>,
): Promise<SigningKey | null> {
  const certificates = await listCertificates(context.db.kysely, tenantId, servicePrincipal.id);
  const row = signingCertificate(servicePrincipal, certificates, context.now());
  if (!row) return null;
  const known = parsed.get(row.id);
  if (known) return known;
  const pkcs8 = unseal(context.config.masterKey, row, row.privateKey);
  const signingKey = {
    key: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
    certificate: parseCertificate(row.certificate),
    thumbprint: row.thumbprint,
  };
  const oldest = parsed.size >= mostParsed ? parsed.keys().next().value : undefined;
  if (oldest !== undefined) parsed.delete(oldest);
  parsed.set(row.id, signingKey);
  return signingKey;
}
