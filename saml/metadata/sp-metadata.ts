import type { X509Certificate } from 'node:crypto';
import type { Endpoint } from './idp-metadata.ts';

export type AssertionConsumerService = Endpoint & { index: number; isDefault: boolean };

export type WriteSpMetadataInput = {
  entityId: string;
  /** The Location of the one HTTP POST AssertionConsumerService. */
  assertionConsumerServiceUrl: string;
  nameIdFormats?: string[];
  certificates?: X509Certificate[];
};

export type SpMetadata = {
  entityId: string;
  assertionConsumerServices: AssertionConsumerService[];
  singleLogoutServices: Endpoint[];
  nameIdFormats: string[];
  certificates: X509Certificate[];
  authnRequestsSigned: boolean;
  wantAssertionsSigned: boolean;
  signature: 'not-checked' | 'absent';
};

/** Writes the metadata of a service provider: one SPSSODescriptor (saml-metadata 2.4.4). */
export function writeSpMetadata(_input: WriteSpMetadataInput): string {
  throw new Error('saml/metadata/sp-metadata: not written yet');
}

/** Reads the metadata of one service provider. Throws SamlRejection. */
export function readSpMetadata(_octets: Uint8Array): SpMetadata {
  throw new Error('saml/metadata/sp-metadata: not written yet');
}
