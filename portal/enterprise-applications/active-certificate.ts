import type { KeyCredential, ServicePrincipal } from '@countersign/idp/resources.ts';

/**
 * The certificate the page shows and offers for download: the one that signs. That is the active one, or, once that has
 * expired, the newest valid one, as the identity provider chooses.
 *
 * @param now epoch milliseconds
 */
export function activeCertificate<
  C extends Pick<KeyCredential, 'thumbprint' | 'startDateTime' | 'endDateTime'>,
>(
  application: Pick<ServicePrincipal, 'preferredTokenSigningKeyThumbprint'>,
  certificates: readonly C[],
  now: number,
): C | undefined {
  const { preferredTokenSigningKeyThumbprint } = application;
  const active = certificates.find((one) => one.thumbprint === preferredTokenSigningKeyThumbprint);
  if (active && Date.parse(active.endDateTime) > now) return active;
  const valid = certificates.filter(
    (one) => Date.parse(one.startDateTime) <= now && Date.parse(one.endDateTime) > now,
  );
  const newest = valid.toSorted((a, b) => Date.parse(b.startDateTime) - Date.parse(a.startDateTime))[0];
  return newest ?? active ?? certificates[0];
}
