import { booleanOf } from '../messages/simple-types.ts';
import { bindings, namespaces } from '../names.ts';
import {
  type AttributeConsumingService,
  readAttributeConsumingServices,
  writeAttributeConsumingServices,
} from './attribute-consuming-service.ts';
import { type IndexedEndpoint, readIndexedEndpoints, writeIndexedEndpoints } from './endpoint.ts';
import {
  type FoundEntity,
  readEntityDocument,
  type PinnedOptions,
  type ReadMetadataOptions,
  type VerifiedMetadata,
} from './entity-descriptor.ts';
import { readRole, type RoleMetadata, writeRole, type WriteRoleInput } from './role-descriptor.ts';

/** What a service provider publishes of itself. */
export type WriteSpMetadataInput = WriteRoleInput & {
  /** The Location of the default AssertionConsumerService, by HTTP POST, of index 0. */
  assertionConsumerServiceUrl: string;
  /** The others. */
  assertionConsumerServices?: readonly IndexedEndpoint[];
  attributeConsumingServices?: readonly AttributeConsumingService[];
  /** False unless given. */
  authnRequestsSigned?: boolean;
  /** True unless given. */
  wantAssertionsSigned?: boolean;
};

/** What the metadata of a service provider says (saml-metadata 2.4.4). */
export type SpMetadata = RoleMetadata & {
  /** In the order of the document; exactly one is the default (saml-metadata 2.4.4). */
  assertionConsumerServices: IndexedEndpoint[];
  attributeConsumingServices: AttributeConsumingService[];
  authnRequestsSigned: boolean;
  wantAssertionsSigned: boolean;
};

const { metadata } = namespaces;
const consumerName = { namespace: metadata, local: 'AssertionConsumerService' } as const;

/**
 * Writes the metadata of a service provider: one SPSSODescriptor (saml-metadata 2.4.4), signed where a key is given.
 *
 * @throws SamlRejection `id-not-ncname`, `metadata-location` (not http or https), `value-malformed`, `xml-character`
 * @example const xml = await writeSpMetadata({ entityId, assertionConsumerServiceUrl, certificates });
 */
export async function writeSpMetadata(input: WriteSpMetadataInput): Promise<string> {
  const { authnRequestsSigned = false, wantAssertionsSigned = true } = input;
  const { assertionConsumerServiceUrl: location, assertionConsumerServices = [] } = input;
  const first = { binding: bindings.httpPost, location, index: 0, isDefault: true };
  return writeRole(
    'SPSSODescriptor',
    input,
    { AuthnRequestsSigned: `${authnRequestsSigned}`, WantAssertionsSigned: `${wantAssertionsSigned}` },
    [
      ...writeIndexedEndpoints(consumerName.local, [first, ...assertionConsumerServices]),
      ...writeAttributeConsumingServices(input.attributeConsumingServices ?? []),
    ],
  );
}

/**
 * Reads the metadata of one service provider (saml-metadata 2.4.4). Its signature is checked where `trust` pins the keys
 * it must be signed with, and then required; otherwise it is not, and the answer says so. With `now`, metadata that has
 * expired is refused.
 *
 * @throws SamlRejection; TypeError for an option that is none
 * @example const { entityId, assertionConsumerServices } = readSpMetadata(octets, { now: Date.now() });
 */
export function readSpMetadata(octets: Uint8Array, options: PinnedOptions): VerifiedMetadata<SpMetadata>;
export function readSpMetadata(octets: Uint8Array, options?: ReadMetadataOptions): SpMetadata;
export function readSpMetadata(octets: Uint8Array, options: ReadMetadataOptions = {}): SpMetadata {
  return readSpRole(readEntityDocument(octets, options), options);
}

/** Reads the role of a service provider out of an entity that was found. */
export function readSpRole(entity: FoundEntity, options: ReadMetadataOptions): SpMetadata {
  const flagNames = ['AuthnRequestsSigned', 'WantAssertionsSigned'] as const;
  const { common, rest, flags } = readRole(entity, 'SPSSODescriptor', flagNames, options);
  const consumers = [rest.one(consumerName), ...rest.many(consumerName)];
  const attributeConsumers = rest.many({ namespace: metadata, local: 'AttributeConsumingService' });
  rest.end();
  return {
    ...common,
    assertionConsumerServices: readIndexedEndpoints(consumers),
    attributeConsumingServices: readAttributeConsumingServices(attributeConsumers),
    authnRequestsSigned: booleanOf(flags.AuthnRequestsSigned) ?? false,
    wantAssertionsSigned: booleanOf(flags.WantAssertionsSigned) ?? false,
  };
}
