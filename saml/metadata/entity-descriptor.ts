import { limits } from '../limits.ts';
import { instantOf } from '../messages/simple-types.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import type { PeerKeys } from '../signature/algorithms.ts';
import { locateSignatures } from '../signature/locate.ts';
import { verifySignature } from '../signature/verify.ts';
import { attributesOf, Content } from '../xml/content.ts';
import { readXml } from '../xml/reader.ts';
import { isNamed, nameText, type XmlElement } from '../xml/tree.ts';

/** One entity and the one role of it that was asked for. Where no key is pinned, the administrator's word stands for its signature. */
export type EntityRole = {
  entityId: string;
  /** Epoch milliseconds. */
  validUntil?: number;
  role: XmlElement;
  signature: 'verified' | 'not-checked' | 'absent';
};

const { metadata, protocol, signature } = namespaces;

/**
 * Reads the description of one entity (saml-metadata 2.3.2). Its other roles are passed over. With `trust`, the keys
 * pinned for its publisher, it must be signed by one of them and is read from the octets that were (saml-metadata 3.1).
 */
export function readEntityRole(
  octets: Uint8Array,
  roleName: 'IDPSSODescriptor' | 'SPSSODescriptor',
  trust?: PeerKeys,
): EntityRole {
  const document = readXml(octets, limits.metadata);
  const isSigned = locateSignatures(document.root).has(document.root);
  const root =
    trust === undefined
      ? document.root
      : verifySignature(document, document.root, { ...trust, limits: limits.metadata }).value;
  if (isNamed(root, { namespace: metadata, local: 'EntitiesDescriptor' })) {
    reject('metadata-several-entities', { expected: 'EntityDescriptor', actual: 'EntitiesDescriptor' });
  }
  if (!isNamed(root, { namespace: metadata, local: 'EntityDescriptor' })) {
    reject('message-unexpected', { expected: 'EntityDescriptor', actual: nameText(root) });
  }
  const { entityID, validUntil } = attributesOf(root, {
    required: ['entityID'],
    optional: ['ID', 'validUntil', 'cacheDuration'],
    open: true,
  });
  if (entityID === '') reject('value-malformed', { expected: 'an entityID', actual: '' });
  const until = instantOf(validUntil);
  return {
    entityId: entityID,
    ...(until === undefined ? {} : { validUntil: until }),
    role: oneRole(root, roleName),
    signature: trust !== undefined ? 'verified' : isSigned ? 'not-checked' : 'absent',
  };
}

/** The roles stand in any order; what stands around them is closed. */
function oneRole(root: XmlElement, roleName: string): XmlElement {
  const content = new Content(root);
  content.optional({ namespace: signature, local: 'Signature' });
  content.optional({ namespace: metadata, local: 'Extensions' });
  const found: XmlElement[] = [];
  while (isRole(content.peek())) {
    const role = content.take();
    if (role !== undefined && isNamed(role, { namespace: metadata, local: roleName }) && speaksSaml2(role)) {
      found.push(role);
    }
  }
  content.optional({ namespace: metadata, local: 'Organization' });
  content.many({ namespace: metadata, local: 'ContactPerson' });
  content.many({ namespace: metadata, local: 'AdditionalMetadataLocation' });
  content.end();
  const [role, second] = found;
  if (role === undefined) reject('metadata-role-missing', { expected: roleName });
  if (second !== undefined) reject('metadata-role-ambiguous', { expected: `one ${roleName}` });
  return role;
}

const roles: ReadonlySet<string> = new Set([
  'RoleDescriptor',
  'IDPSSODescriptor',
  'SPSSODescriptor',
  'AuthnAuthorityDescriptor',
  'AttributeAuthorityDescriptor',
  'PDPDescriptor',
]);

function isRole(element: XmlElement | undefined): boolean {
  return element !== undefined && element.namespace === metadata && roles.has(element.local);
}

function speaksSaml2(role: XmlElement): boolean {
  const { value = '' } =
    role.attributes.find(
      ({ namespace, local }) => namespace === '' && local === 'protocolSupportEnumeration',
    ) ?? {};
  return value.split(' ').includes(protocol);
}

/** The attributes every role has (saml-metadata 2.4.1). */
export const roleAttributes = {
  required: ['protocolSupportEnumeration'],
  optional: ['ID', 'validUntil', 'cacheDuration', 'errorURL'],
} as const;

/** Takes what every role begins with (saml-metadata 2.4.1, 2.4.2) and answers its key descriptors. */
export function takeRoleStart(content: Content): XmlElement[] {
  content.optional({ namespace: signature, local: 'Signature' });
  content.optional({ namespace: metadata, local: 'Extensions' });
  const keys = content.many({ namespace: metadata, local: 'KeyDescriptor' });
  content.optional({ namespace: metadata, local: 'Organization' });
  content.many({ namespace: metadata, local: 'ContactPerson' });
  content.many({ namespace: metadata, local: 'ArtifactResolutionService' });
  return keys;
}
