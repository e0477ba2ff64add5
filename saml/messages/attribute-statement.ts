import { decrypt, type Decryption } from '../encryption/decrypt.ts';
import { attributeNameFormats, namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content, textOf } from '../xml/content.ts';
import { isNamed, nameText, type XmlElement } from '../xml/tree.ts';
import { booleanOf, requireValue } from './simple-types.ts';

/** What an assertion says about its subject (saml-core 2.7.3). */
export type Attribute = { name: string; nameFormat?: string; values: string[] };

const { assertion } = namespaces;
const attributeName = { namespace: assertion, local: 'Attribute' };

/** Without an attribute a statement says nothing, which the schema forbids; `mayBeEmpty` is for those who send one all the same. */
export function readAttributeStatement(
  statement: XmlElement,
  readEncrypted: (encrypted: XmlElement) => Attribute,
  mayBeEmpty: boolean,
): Attribute[] {
  attributesOf(statement, {});
  const content = new Content(statement);
  const attributes: Attribute[] = [];
  for (let child = content.take(); child !== undefined; child = content.take()) {
    if (isNamed(child, attributeName)) {
      attributes.push(readAttribute(child));
    } else if (isNamed(child, { namespace: assertion, local: 'EncryptedAttribute' })) {
      attributes.push(readEncrypted(child));
    } else {
      reject('element-unexpected', { expected: 'Attribute', actual: nameText(child) });
    }
  }
  if (attributes.length === 0 && !mayBeEmpty)
    reject('element-missing', { expected: 'Attribute in AttributeStatement' });
  return attributes;
}

/** The Attribute inside an EncryptedAttribute (saml-core 2.7.3.2). */
export function readEncryptedAttribute(encrypted: XmlElement, decryption: Decryption): Attribute {
  return decrypt(encrypted, attributeName, decryption, ({ root }) => readAttribute(root));
}

function readAttribute(attribute: XmlElement): Attribute {
  const { Name, NameFormat } = attributesOf(attribute, {
    required: ['Name'],
    optional: ['NameFormat', 'FriendlyName'],
    open: true,
  });
  const content = new Content(attribute);
  const values = content.many({ namespace: assertion, local: 'AttributeValue' });
  content.end();
  return {
    name: Name,
    ...(NameFormat === undefined ? {} : { nameFormat: NameFormat }),
    values: values.map(readValue).filter((value) => value !== undefined),
  };
}

/**
 * A value is text. A value made of elements is passed over: written out as text it could not be told from a text value
 * that somebody else chose. `xsi:nil` means that there is no value; `xsi:type` is never resolved, because exclusive
 * canonicalization may have dropped the prefix it uses.
 */
function readValue(value: XmlElement): string | undefined {
  attributesOf(value, { open: true });
  const nil = value.attributes.find(
    (attribute) => attribute.namespace === namespaces.schemaInstance && attribute.local === 'nil',
  );
  if (booleanOf(nil?.value) === true) {
    if (value.children.length > 0)
      reject('value-malformed', { expected: 'an empty AttributeValue beside xsi:nil' });
    return undefined;
  }
  return value.children.every((child) => typeof child === 'string') ? textOf(value) : undefined;
}

/**
 * Joins attributes of one name and name format in document order; Keycloak sends one attribute per role. An absent name
 * format is the unspecified one (saml-core 2.7.3.1). A Map, because `__proto__` is a name like any other.
 */
export function mergeAttributes(attributes: readonly Attribute[]): Attribute[] {
  const merged = new Map<string, Attribute>();
  for (const attribute of attributes) {
    const format = attribute.nameFormat ?? attributeNameFormats.unspecified;
    // A character that no XML document can contain keeps the two apart.
    const key = `${format}\u0000${attribute.name}`;
    const earlier = merged.get(key);
    if (earlier === undefined) merged.set(key, { ...attribute, values: [...attribute.values] });
    else earlier.values.push(...attribute.values);
  }
  return [...merged.values()];
}

export function writeAttributeStatement(attributes: readonly Attribute[]): BuiltElement {
  return element({ namespace: assertion, local: 'AttributeStatement' }, {}, attributes.map(writeAttribute));
}

function writeAttribute(attribute: Attribute): BuiltElement {
  return element(
    { namespace: assertion, local: 'Attribute' },
    { Name: requireValue(attribute.name, 'Attribute/@Name'), NameFormat: attribute.nameFormat },
    attribute.values.map((value) => element({ namespace: assertion, local: 'AttributeValue' }, {}, [value])),
  );
}
