import type { KeyCredential, ServicePrincipal } from '@countersign/idp/resources.ts';

/** The certificate the page shows and offers for download: the one named by its thumbprint, or else the first. */
export function activeCertificate<C extends Pick<KeyCredential, 'thumbprint'>>(
  application: Pick<ServicePrincipal, 'preferredTokenSigningKeyThumbprint'>,
  certificates: readonly C[],
): C | undefined {
  const { preferredTokenSigningKeyThumbprint } = application;
  return certificates.find((one) => one.thumbprint === preferredTokenSigningKeyThumbprint) ?? certificates[0];
}
