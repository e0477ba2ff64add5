import type { ServicePrincipalRow, SigningCertificateRow } from '../../tables.ts';

type Dates = Pick<SigningCertificateRow, 'thumbprint' | 'startDateTime' | 'endDateTime' | 'createdDateTime'>;

/**
 * The certificate that signs: the active one. When it has expired and another one is valid, that one signs, so that an
 * administrator who prepared the next certificate and forgot the switch locks nobody out. When there is no other, the
 * expired one goes on: whether that matters is for the relying party to say.
 *
 * @param now epoch milliseconds
 */
export function signingCertificate<C extends Dates>(
  servicePrincipal: Pick<ServicePrincipalRow, 'preferredTokenSigningKeyThumbprint'>,
  certificates: readonly C[],
  now: number,
): C | undefined {
  const active = certificates.find(
    (certificate) => certificate.thumbprint === servicePrincipal.preferredTokenSigningKeyThumbprint,
  );
  if (active && active.endDateTime > now) return active;
  const valid = certificates.filter(
    (certificate) => certificate.startDateTime <= now && certificate.endDateTime > now,
  );
  const newest = valid.toSorted((one, other) => other.createdDateTime - one.createdDateTime)[0];
  return newest ?? active;
}

/** What metadata tells relying parties: the one that signs first, then those that may sign next. */
export function publishedCertificates<C extends Dates>(
  servicePrincipal: Pick<ServicePrincipalRow, 'preferredTokenSigningKeyThumbprint'>,
  certificates: readonly C[],
  now: number,
): C[] {
  const signs = signingCertificate(servicePrincipal, certificates, now);
  const staged = certificates.filter((certificate) => certificate !== signs && certificate.endDateTime > now);
  return signs ? [signs, ...staged] : staged;
}
