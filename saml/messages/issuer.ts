import { nameIdFormats, namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { requireValue, valueOf } from './simple-types.ts';

const attributes = { optional: ['Format', 'NameQualifier', 'SPNameQualifier', 'SPProvidedID'] } as const;

/** An issuer is an entity: Format is absent or says so, and nothing qualifies it (saml-profiles 4.1.4.1, 4.1.4.2). */
export function readIssuer(issuer: XmlElement): string {
  const { Format } = attributesOf(issuer, attributes);
  if (Format !== undefined && Format !== nameIdFormats.entity) {
    reject('issuer-format', { expected: nameIdFormats.entity, actual: Format });
  }
  return valueOf(issuer);
}

export function writeIssuer(entityId: string): BuiltElement {
  return element({ namespace: namespaces.assertion, local: 'Issuer' }, {}, [
    requireValue(entityId, 'Issuer'),
  ]);
}
