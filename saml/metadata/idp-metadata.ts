import type { KeyObject, X509Certificate } from 'node:crypto';

export type Endpoint = { binding: string; location: string };

export type WriteIdpMetadataInput = {
  entityId: string;
  id: string;
  singleSignOnUrl: string;
  singleLogoutUrl?: string;
  certificates: X509Certificate[];
  signing?: { key: KeyObject; certificate: X509Certificate; algorithm: string };
};

export type IdpMetadata = {
  entityId: string;
  certificates: X509Certificate[];
  singleSignOnServices: Endpoint[];
  singleLogoutServices: Endpoint[];
  signature: 'not-checked' | 'absent';
};

/** Writes the metadata of an identity provider: one IDPSSODescriptor (saml-metadata 2.4.3). */
export async function writeIdpMetadata(_input: WriteIdpMetadataInput): Promise<string> {
  throw new Error('saml/metadata/idp-metadata: not written yet');
}

/** Reads the metadata of one identity provider. Throws SamlRejection. */
export function readIdpMetadata(_octets: Uint8Array): IdpMetadata {
  throw new Error('saml/metadata/idp-metadata: not written yet');
}
