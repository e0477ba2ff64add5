import { namespaces } from '../names.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { requireValue, valueOf } from './simple-types.ts';

/**
 * Who an assertion is about (saml-core 2.2.3), as the identity provider wrote it, octet for octet: it is written again just
 * so, since AD FS, asked to log somebody out, compares all four attributes. A format that is absent stands for the unspecified
 * one (saml-core 2.2.2). `spProvidedId` is the name that a service provider has given the person.
 */
export type NameId = {
  value: string;
  format?: string;
  nameQualifier?: string;
  spNameQualifier?: string;
  spProvidedId?: string;
};

const attributes = { optional: ['Format', 'NameQualifier', 'SPNameQualifier', 'SPProvidedID'] } as const;

export function readNameId(nameId: XmlElement): NameId {
  const { Format, NameQualifier, SPNameQualifier, SPProvidedID } = attributesOf(nameId, attributes);
  return {
    value: valueOf(nameId),
    ...(Format === undefined ? {} : { format: Format }),
    ...(NameQualifier === undefined ? {} : { nameQualifier: NameQualifier }),
    ...(SPNameQualifier === undefined ? {} : { spNameQualifier: SPNameQualifier }),
    ...(SPProvidedID === undefined ? {} : { spProvidedId: SPProvidedID }),
  };
}

export function writeNameId(nameId: NameId): BuiltElement {
  return element(
    { namespace: namespaces.assertion, local: 'NameID' },
    {
      Format: nameId.format,
      NameQualifier: nameId.nameQualifier,
      SPNameQualifier: nameId.spNameQualifier,
      SPProvidedID: nameId.spProvidedId,
    },
    [requireValue(nameId.value, 'NameID')],
  );
}
