import { writeDateTime } from '../date-time.ts';
import { readAggregate } from '../metadata/aggregate.ts';
import { namespaces } from '../names.ts';
import type { XmlElement } from '../xml/tree.ts';
import { describeCertificates, describeSignatures, isSigned } from './describe-signature.ts';
import {
  attributeOf,
  childOf,
  childrenOf,
  type DescribedFact,
  type DescribedPart,
  elementsOf,
  instantFact,
  plainText,
  textFact,
} from './description.ts';

const md = (local: string) => ({ namespace: namespaces.metadata, local });

/** Nobody reads more entities than this from a screen. */
const mostEntities = 20;

/** What metadata says of an entity, or of the first entities of a group. */
export function describeMetadata(root: XmlElement): DescribedPart[] {
  if (root.local !== 'EntitiesDescriptor') return describeEntity(root);
  const entities = childrenOf(root, md('EntityDescriptor'));
  const groups = childrenOf(root, md('EntitiesDescriptor'));
  return [
    {
      title: 'EntitiesDescriptor',
      signed: isSigned(root),
      facts: [
        ...textFact('Name', attributeOf(root, 'Name')),
        ...describeValidity(root),
        ...describeSignatures(root),
        ...textFact(
          'Entities',
          `${entities.length}${entities.length > mostEntities ? `, of which the first ${mostEntities} are shown` : ''}`,
        ),
        ...(groups.length === 0 ? [] : textFact('Groups inside', `${groups.length}, not shown`)),
      ],
    },
    ...entities.slice(0, mostEntities).flatMap(describeEntity),
  ];
}

/** What an aggregate says that is too large to be held and shown as a whole. */
export function describeLargeAggregate(octets: Uint8Array): DescribedPart[] {
  const { name, size, signature, validUntil, entities } = readAggregate(octets);
  const shown: DescribedPart[] = [];
  for (const { entityId, roles } of entities()) {
    if (shown.length === mostEntities) break;
    shown.push({
      title: 'EntityDescriptor',
      facts: [
        ...textFact('Entity ID', entityId),
        ...textFact('Roles', roles.join(', ') || 'none of SAML 2.0'),
      ],
    });
  }
  return [
    {
      title: 'EntitiesDescriptor',
      signed: signature !== 'absent',
      facts: [
        ...textFact('Name', name),
        ...(validUntil === undefined ? [] : instantFact('Valid until', writeDateTime(validUntil), 'end')),
        ...textFact('Entities', `${size}, of which the first ${shown.length} are shown`),
      ],
    },
    ...shown,
  ];
}

function describeEntity(entity: XmlElement): DescribedPart[] {
  const roles = elementsOf(entity).filter(
    ({ namespace, local }) => namespace === namespaces.metadata && local.endsWith('Descriptor'),
  );
  return [
    {
      title: 'EntityDescriptor',
      signed: isSigned(entity),
      facts: [
        ...textFact('Entity ID', attributeOf(entity, 'entityID')),
        ...describeValidity(entity),
        ...describeSignatures(entity),
      ],
    },
    ...roles.map(describeRole),
  ];
}

function describeValidity(element: XmlElement): DescribedFact[] {
  return [
    ...instantFact('Valid until', attributeOf(element, 'validUntil'), 'end'),
    ...textFact('Kept for', attributeOf(element, 'cacheDuration')),
  ];
}

function describeRole(role: XmlElement): DescribedPart {
  return {
    title: role.local,
    facts: [
      ...describeValidity(role),
      ...textFact('Wants requests signed', attributeOf(role, 'WantAuthnRequestsSigned')),
      ...textFact('Signs requests', attributeOf(role, 'AuthnRequestsSigned')),
      ...textFact('Wants assertions signed', attributeOf(role, 'WantAssertionsSigned')),
      ...describeSignatures(role),
      ...childrenOf(role, md('KeyDescriptor')).flatMap((key) =>
        describeCertificates(
          childOf(key, { namespace: namespaces.signature, local: 'KeyInfo' }),
          `Certificate (${attributeOf(key, 'use') ?? 'signing and encryption'})`,
        ),
      ),
      ...childrenOf(role, md('NameIDFormat')).flatMap((format) =>
        textFact('NameID format', plainText(format)),
      ),
      ...elementsOf(role).flatMap((endpoint) => {
        const location = attributeOf(endpoint, 'Location');
        if (endpoint.namespace !== namespaces.metadata || location === undefined) return [];
        const binding = (attributeOf(endpoint, 'Binding') ?? '').split(':').at(-1);
        return textFact(endpoint.local, `${location} (${binding})`);
      }),
    ],
  };
}
