import { limits } from '../limits.ts';
import { reject } from '../rejection.ts';
import { locateSignatures } from '../signature/locate.ts';
import { detached } from '../xml/detached.ts';
import { readXml } from '../xml/reader.ts';
import type { NamespaceScope } from '../xml/tree.ts';
import { aggregateOctets } from './aggregate-octets.ts';
import { type AggregateStart, readAggregatePieces } from './aggregate-pieces.ts';
import {
  type FoundEntity,
  type MetadataSignature,
  type PinnedOptions,
  readEntityStart,
  type ReadMetadataOptions,
  requireMetadataOptions,
  rolesOf,
  type VerifiedMetadata,
} from './entity-descriptor.ts';
import { type IdpMetadata, readIdpRole } from './idp-metadata.ts';
import { octetsBetween } from './octet-pieces.ts';
import { readSpRole, type SpMetadata } from './sp-metadata.ts';
import { narrowest, requireValid, type Validity } from './validity.ts';

/** One entity of an aggregate. Its roles are read when they are asked for, and refused then. */
export type AggregateEntity = Validity & {
  entityId: string;
  roles: ('identity-provider' | 'service-provider')[];
  /** @throws SamlRejection as `readIdpMetadata` does, `metadata-role-missing` among others */
  identityProvider: () => IdpMetadata;
  /** @throws SamlRejection as `readSpMetadata` does, `metadata-role-missing` among others */
  serviceProvider: () => SpMetadata;
};

/** The metadata of many entities (saml-metadata 2.3.1). Times are the narrowest of all that stand around an entity. */
export type MetadataAggregate = Validity & {
  name?: string;
  /** Covers every entity; signatures of single entities are not checked. */
  signature: MetadataSignature;
  size: number;
  /** In the order of the document. */
  entities: () => Iterable<AggregateEntity>;
  find: (entityId: string) => AggregateEntity | undefined;
};

/**
 * Reads an aggregate of up to 100 MB entity by entity: an EntitiesDescriptor, with others inside or without. With `trust`
 * its signature is verified before any entity is read, and entities are read from the octets that were signed. No entityID
 * may occur twice.
 *
 * @throws SamlRejection `metadata-entity-duplicate`, `metadata-expired`, and those of signatures and XML;
 * TypeError for an option that is none
 * @example const entity = readAggregate(octets, { trust: { certificates }, now: Date.now() }).find(entityId)
 */
export function readAggregate(
  octets: Uint8Array,
  options: PinnedOptions,
): VerifiedMetadata<MetadataAggregate>;
export function readAggregate(octets: Uint8Array, options?: ReadMetadataOptions): MetadataAggregate;
export function readAggregate(octets: Uint8Array, options: ReadMetadataOptions = {}): MetadataAggregate {
  requireMetadataOptions(options);
  const { pieces, signature } = aggregateOctets(octets, options);
  const index = new Map<string, Entry>();
  let root: AggregateStart | undefined;
  for (const piece of readAggregatePieces(pieces, { isVerified: signature === 'verified' })) {
    root = piece.root;
    const { entityId, validity } = readEntityStart(piece.entity);
    if (index.has(entityId)) reject('metadata-entity-duplicate', { actual: entityId });
    if (index.size === limits.aggregate.entities) {
      reject('xml-too-many-elements', { expected: `at most ${limits.aggregate.entities} entities` });
    }
    index.set(detached(entityId), {
      place: piece.octets,
      scope: piece.around.scope,
      around: piece.around.validity,
      validity: narrowest(piece.around.validity, validity),
      roles: rolesOf(piece.entity),
    });
  }
  if (root === undefined) throw new Error('An aggregate without an entity was accepted.');
  requireValid(root.validity, options);

  const entityOf = (entityId: string, entry: Entry): AggregateEntity => {
    const found = (): FoundEntity => {
      const document = readXml(octetsBetween(pieces, entry.place), limits.metadata, entry.scope);
      const isSigned = signature === 'absent' && locateSignatures(document.root).has(document.root);
      return { root: document.root, signature: isSigned ? 'not-checked' : signature, around: entry.around };
    };
    return {
      entityId,
      ...entry.validity,
      roles: [...entry.roles],
      identityProvider: () => readIdpRole(found(), options),
      serviceProvider: () => readSpRole(found(), options),
    };
  };
  return {
    ...(root.name === undefined ? {} : { name: root.name }),
    ...root.validity,
    signature,
    size: index.size,
    *entities() {
      for (const [entityId, entry] of index) yield entityOf(entityId, entry);
    },
    find(entityId) {
      const entry = index.get(entityId);
      return entry === undefined ? undefined : entityOf(entityId, entry);
    },
  };
}

/** Where an entity stands in the octets that are kept, and what is known of it without reading it again. */
type Entry = {
  place: { from: number; to: number };
  scope: NamespaceScope | null;
  around: Validity;
  validity: Validity;
  roles: AggregateEntity['roles'];
};
