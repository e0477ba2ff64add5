import type { X509Certificate } from 'node:crypto';
import { booleanOf } from '../messages/simple-types.ts';
import { bindings, namespaces } from '../names.ts';
import { type Endpoint, readEndpoint, writeEndpoint } from './endpoint.ts';
import {
  type FoundEntity,
  readEntityDocument,
  type PinnedOptions,
  type ReadMetadataOptions,
  type VerifiedMetadata,
} from './entity-descriptor.ts';
import { readRole, type RoleMetadata, writeRole, type WriteRoleInput } from './role-descriptor.ts';

/** What an identity provider publishes of itself. */
export type WriteIdpMetadataInput = WriteRoleInput & {
  id: string;
  /** The Location of two SingleSignOnServices: HTTP Redirect and HTTP POST. */
  singleSignOnUrl: string;
  /** The Location of a SingleLogoutService by HTTP Redirect; others are `singleLogoutServices`. */
  singleLogoutUrl?: string;
  wantAuthnRequestsSigned?: boolean;
  certificates: readonly X509Certificate[];
};

/** What the metadata of an identity provider says (saml-metadata 2.4.3). */
export type IdpMetadata = RoleMetadata & {
  singleSignOnServices: Endpoint[];
  wantAuthnRequestsSigned: boolean;
};

const { metadata } = namespaces;
const signOnName = { namespace: metadata, local: 'SingleSignOnService' } as const;

/**
 * Writes the metadata of an identity provider: one IDPSSODescriptor (saml-metadata 2.4.3), signed where a key is given.
 *
 * @throws SamlRejection `id-not-ncname`, `metadata-location` (not http or https), `value-malformed`, `xml-character`
 * @example const xml = await writeIdpMetadata({ entityId, id: newMessageId(), singleSignOnUrl, certificates });
 */
export async function writeIdpMetadata(input: WriteIdpMetadataInput): Promise<string> {
  const { httpPost, httpRedirect } = bindings;
  const { singleSignOnUrl, singleLogoutUrl, singleLogoutServices = [], wantAuthnRequestsSigned } = input;
  const redirected =
    singleLogoutUrl === undefined ? [] : [{ binding: httpRedirect, location: singleLogoutUrl }];
  return writeRole(
    'IDPSSODescriptor',
    { ...input, singleLogoutServices: [...redirected, ...singleLogoutServices] },
    {
      WantAuthnRequestsSigned:
        wantAuthnRequestsSigned === undefined ? undefined : `${wantAuthnRequestsSigned}`,
    },
    [httpRedirect, httpPost].map((binding) =>
      writeEndpoint(signOnName.local, { binding, location: singleSignOnUrl }),
    ),
  );
}

/**
 * Reads the metadata of one identity provider (saml-metadata 2.4.3). Its signature is checked where `trust` pins the keys
 * it must be signed with, and then required; otherwise it is not, and the answer says so. With `now`, metadata that has
 * expired is refused.
 *
 * @throws SamlRejection; TypeError for an option that is none
 * @example const { entityId, certificates, singleSignOnServices } = readIdpMetadata(octets, { trust: { certificates: pinned }, now: Date.now() });
 */
export function readIdpMetadata(octets: Uint8Array, options: PinnedOptions): VerifiedMetadata<IdpMetadata>;
export function readIdpMetadata(octets: Uint8Array, options?: ReadMetadataOptions): IdpMetadata;
export function readIdpMetadata(octets: Uint8Array, options: ReadMetadataOptions = {}): IdpMetadata {
  return readIdpRole(readEntityDocument(octets, options), options);
}

/** Reads the role of an identity provider out of an entity that was found. */
export function readIdpRole(entity: FoundEntity, options: ReadMetadataOptions): IdpMetadata {
  const flagNames = ['WantAuthnRequestsSigned'] as const;
  const { common, rest, flags } = readRole(entity, 'IDPSSODescriptor', flagNames, options);
  const services = [rest.one(signOnName), ...rest.many(signOnName)];
  rest.many({ namespace: metadata, local: 'NameIDMappingService' });
  rest.many({ namespace: metadata, local: 'AssertionIDRequestService' });
  rest.many({ namespace: metadata, local: 'AttributeProfile' });
  rest.many({ namespace: namespaces.assertion, local: 'Attribute' });
  rest.end();
  return {
    ...common,
    singleSignOnServices: services.map(readEndpoint),
    wantAuthnRequestsSigned: booleanOf(flags.WantAuthnRequestsSigned) ?? false,
  };
}
