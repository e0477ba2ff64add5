import { namespaces } from '../names.ts';
import { refuseForbiddenCharacters } from './characters.ts';
import type { XmlAttribute, XmlElement, XmlName } from './tree.ts';

/**
 * Builds an element. Attributes have no namespace, or are `xml:lang`; undefined ones are left out, and so are undefined
 * children. Values are plain text: the writer escapes, once. Refuses with `xml-character` what XML cannot represent.
 */
export function element(
  name: XmlName & { readonly prefix?: string },
  attributes: Readonly<Record<string, string | undefined>> = {},
  children: readonly (XmlElement | string | undefined)[] = [],
): XmlElement {
  const present: XmlAttribute[] = [];
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    refuseForbiddenCharacters(value);
    const [prefix, local, namespace] = key.startsWith('xml:')
      ? ['xml', key.slice(4), namespaces.xml]
      : ['', key, ''];
    present.push({ namespace, local, prefix, value });
  }
  const content: (XmlElement | string)[] = [];
  for (const child of children) {
    if (child === undefined || child === '') continue;
    if (typeof child === 'string') refuseForbiddenCharacters(child);
    content.push(child);
  }
  return {
    kind: 'element',
    namespace: name.namespace,
    local: name.local,
    prefix: name.prefix ?? '',
    attributes: present,
    children: content,
    scope: undefined,
  };
}
