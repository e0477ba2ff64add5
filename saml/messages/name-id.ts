import { nameIdFormats, namespaces } from '../names.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { requireValue, valueOf } from './simple-types.ts';

/** Who an assertion is about (saml-core 2.2.3). The value is what the identity provider wrote, octet for octet. */
export type NameId = { value: string; format: string; nameQualifier?: string; spNameQualifier?: string };

const attributes = { optional: ['Format', 'NameQualifier', 'SPNameQualifier', 'SPProvidedID'] } as const;

/** Without Format the format is unspecified (saml-core 2.2.2). */
export function readNameId(nameId: XmlElement): NameId {
  const { Format, NameQualifier, SPNameQualifier } = attributesOf(nameId, attributes);
  return {
    value: valueOf(nameId),
    format: Format ?? nameIdFormats.unspecified,
    ...(NameQualifier === undefined ? {} : { nameQualifier: NameQualifier }),
    ...(SPNameQualifier === undefined ? {} : { spNameQualifier: SPNameQualifier }),
  };
}

export function writeNameId(nameId: NameId): BuiltElement {
  return element(
    { namespace: namespaces.assertion, local: 'NameID' },
    {
      Format: nameId.format,
      NameQualifier: nameId.nameQualifier,
      SPNameQualifier: nameId.spNameQualifier,
    },
    [requireValue(nameId.value, 'NameID')],
  );
}
