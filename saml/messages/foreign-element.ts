import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { isNcName } from '../xml/characters.ts';
import { declare } from '../xml/namespaces.ts';

/**
 * An element of a vocabulary that the engine does not know, to be written where the standard leaves room for it:
 * Extensions, StatusDetail. Attributes are those without a namespace; values and texts are plain, not escaped.
 */
export type ForeignElement = {
  namespace: string;
  local: string;
  prefix?: string;
  attributes?: Readonly<Record<string, string>>;
  children?: readonly (ForeignElement | string)[];
};

const own: ReadonlySet<string> = new Set([namespaces.assertion, namespaces.protocol, namespaces.signature]);

/**
 * Builds it. What our own reader would refuse is not written: names that are none, prefixes and namespaces that XML keeps
 * for itself, relative namespaces; nor what belongs to the message itself (saml-core 3.2.1).
 */
export function writeForeignElement(foreign: ForeignElement): BuiltElement {
  const { namespace, local, prefix = '', attributes = {}, children = [] } = foreign;
  if (namespace === '' || own.has(namespace)) {
    reject('element-unexpected', { expected: 'a namespace of its own', actual: namespace });
  }
  declare(null, prefix, namespace);
  for (const name of [local, prefix === '' ? local : prefix, ...Object.keys(attributes)]) {
    if (!isNcName(name) || name === 'xmlns') reject('xml-malformed', { expected: 'a name', actual: name });
  }
  return element(
    { namespace, local, prefix },
    attributes,
    children.map((child) => (typeof child === 'string' ? child : writeForeignElement(child))),
  );
}
