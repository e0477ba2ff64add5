import type { CompatibilitySwitch } from '../compatibility.ts';
import { limits } from '../limits.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import {
  requireCertificates,
  requireKnownKeys,
  requireNumber,
  requireText,
  requireTexts,
} from '../require-input.ts';
import type { PeerKeys } from '../signature/algorithms.ts';
import { locateSignatures } from '../signature/locate.ts';
import { verifySignature } from '../signature/verify.ts';
import { canonicalize } from '../xml/canonical.ts';
import { attributesOf, Content } from '../xml/content.ts';
import { readXml } from '../xml/reader.ts';
import { isNamed, nameText, type XmlElement } from '../xml/tree.ts';
import { type ContactPerson, readContactPerson } from './contact-person.ts';
import { type Organization, readOrganization } from './organization.ts';
import { readValidity, type Validity } from './validity.ts';

/** How far metadata is to be believed. */
export type ReadMetadataOptions = {
  /** The keys pinned for the publisher: what one of them signed is read, and nothing else (saml-metadata 3.1). */
  trust?: PeerKeys;
  /** Epoch milliseconds, not seconds: metadata that has expired is refused. Without it the caller looks at `validUntil`. */
  now?: number;
  /** Refuses metadata that never expires. */
  requireValidUntil?: boolean;
  /** The one entity it may describe: metadata that is fetched anew must not become somebody else's. For single entities. */
  entityId?: string;
  /** Named exceptions in reading, `base64-pem`; those in verifying are part of `trust`. */
  allow?: readonly CompatibilitySwitch[];
};

/**
 * What a caller without types can mistake: each option here is one that refuses something, and left out without a word, or
 * compared as something else than a number, it would not. One that is there has a value.
 *
 * @throws TypeError that names the option
 */
export function requireMetadataOptions(options: ReadMetadataOptions): void {
  requireKnownKeys('', options, optionKeys);
  const { trust, now, requireValidUntil = false, entityId, allow = [] } = options;
  if ('now' in options) requireNumber('now', now);
  if ('entityId' in options) requireText('entityId', entityId);
  if (typeof requireValidUntil !== 'boolean')
    throw new TypeError('requireValidUntil is neither true nor false.');
  requireTexts('allow', allow);
  if (!('trust' in options)) return;
  requireCertificates('trust.certificates', trust?.certificates);
  requireTexts('trust.allow', trust?.allow ?? []);
  requireKnownKeys('trust.', { ...trust }, trustKeys);
}

const optionKeys = { trust: true, now: true, requireValidUntil: true, entityId: true, allow: true } as const;
const trustKeys = { certificates: true, allow: true } as const;

/** Where no key is pinned, the administrator's word stands for the signature. */
export type MetadataSignature = 'verified' | 'not-checked' | 'absent';

/** With keys pinned, what is read was signed by one of them, and the type says so. */
export type PinnedOptions = ReadMetadataOptions & { trust: PeerKeys };
export type VerifiedMetadata<Metadata> = Metadata & { signature: 'verified' };

/** One entity as it lies in a document, and what is around it: nothing, or an aggregate that may expire before it. */
export type FoundEntity = { root: XmlElement; signature: MetadataSignature; around: Validity };

/** What the description of one entity says itself (saml-metadata 2.3.2); its roles are still to be read. */
export type EntityDescriptor = {
  entityId: string;
  validity: Validity;
  roles: XmlElement[];
  organization?: Organization;
  contactPersons: ContactPerson[];
  /** Canonical XML of the Extensions, which are opaque. */
  extensions?: string;
};

const { metadata, signature } = namespaces;
export const entityName = { namespace: metadata, local: 'EntityDescriptor' } as const;
export const entitiesName = { namespace: metadata, local: 'EntitiesDescriptor' } as const;

/** Reads a document that describes one entity; with `trust`, from the octets that were signed. */
export function readEntityDocument(octets: Uint8Array, options: ReadMetadataOptions): FoundEntity {
  requireMetadataOptions(options);
  const { trust, entityId } = options;
  const document = readXml(octets, limits.metadata);
  const isSigned = locateSignatures(document.root).has(document.root);
  const root =
    trust === undefined
      ? document.root
      : verifySignature(document, document.root, { ...trust, limits: limits.metadata }).value;
  if (isNamed(root, entitiesName)) {
    reject('metadata-several-entities', { expected: entityName.local, actual: entitiesName.local });
  }
  if (!isNamed(root, entityName)) {
    reject('message-unexpected', { expected: entityName.local, actual: nameText(root) });
  }
  if (entityId !== undefined) requireEntity(root, entityId);
  const state = trust !== undefined ? 'verified' : isSigned ? 'not-checked' : 'absent';
  return { root, signature: state, around: {} };
}

function requireEntity(root: XmlElement, expected: string): void {
  const { entityId } = readEntityStart(root);
  if (entityId !== expected) reject('metadata-entity-mismatch', { expected, actual: entityId });
}

const entityAttributes = {
  required: ['entityID'],
  optional: ['ID', 'validUntil', 'cacheDuration'],
  open: true,
} as const;

/** The attributes of an EntityDescriptor: what must be known of every entity of an aggregate. */
export function readEntityStart(root: XmlElement): { entityId: string; validity: Validity } {
  const attributes = attributesOf(root, entityAttributes);
  return { entityId: requireEntityId(attributes.entityID), validity: readValidity(attributes) };
}

/** saml-metadata 2.2.1: at most 1024 characters. */
export function requireEntityId(entityId: string): string {
  if (entityId === '' || entityId.length > 1024) {
    reject('value-malformed', { expected: 'an entityID of 1 to 1024 characters', actual: entityId });
  }
  return entityId;
}

/** The roles stand in any order; what stands around them is closed. */
export function readEntityDescriptor(root: XmlElement): EntityDescriptor {
  const start = readEntityStart(root);
  const content = new Content(root);
  content.optional({ namespace: signature, local: 'Signature' });
  const extensions = readExtensions(content);
  const roles: XmlElement[] = [];
  const affiliation = content.optional({ namespace: metadata, local: 'AffiliationDescriptor' });
  if (affiliation === undefined) for (; isRole(content.peek()); ) roles.push(...takeOne(content));
  const organization = content.optional({ namespace: metadata, local: 'Organization' });
  const contactPersons = content.many({ namespace: metadata, local: 'ContactPerson' });
  content.many({ namespace: metadata, local: 'AdditionalMetadataLocation' });
  content.end();
  return {
    ...start,
    roles,
    ...(organization === undefined ? {} : { organization: readOrganization(organization) }),
    contactPersons: contactPersons.map(readContactPerson),
    ...(extensions === undefined ? {} : { extensions }),
  };
}

/** The roles for SAML 2.0 that an entity has, without a look at what they say. */
export function rolesOf(root: XmlElement): ('identity-provider' | 'service-provider')[] {
  const found = new Set<string>();
  for (const child of root.children) {
    if (typeof child === 'string' || child.kind !== 'element') continue;
    if (isRole(child) && speaksSaml2(child)) found.add(child.local);
  }
  const roles: ('identity-provider' | 'service-provider')[] = [];
  if (found.has('IDPSSODescriptor')) roles.push('identity-provider');
  if (found.has('SPSSODescriptor')) roles.push('service-provider');
  return roles;
}

/** An entity may have one descriptor of a kind for each version of SAML (saml-metadata 2.4.1). */
export function speaksSaml2(role: XmlElement): boolean {
  return role.attributes.some(
    ({ namespace, local, value }) =>
      namespace === '' &&
      local === 'protocolSupportEnumeration' &&
      value.split(' ').includes(namespaces.protocol),
  );
}

function takeOne(content: Content): XmlElement[] {
  const role = content.take();
  return role === undefined ? [] : [role];
}

/** Takes the Extensions where they are; their text stands for itself wherever it is put. */
export function readExtensions(content: Content): string | undefined {
  const extensions = content.optional({ namespace: metadata, local: 'Extensions' });
  if (extensions === undefined) return undefined;
  return canonicalize(extensions, { method: 'exclusive', longest: limits.metadata.octets });
}

const roleNames: ReadonlySet<string> = new Set([
  'RoleDescriptor',
  'IDPSSODescriptor',
  'SPSSODescriptor',
  'AuthnAuthorityDescriptor',
  'AttributeAuthorityDescriptor',
  'PDPDescriptor',
]);

function isRole(element: XmlElement | undefined): boolean {
  return element !== undefined && element.namespace === metadata && roleNames.has(element.local);
}
