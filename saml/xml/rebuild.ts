import { type BuiltElement, element } from './build.ts';
import type { XmlElement } from './tree.ts';

/**
 * A message that was written here, and read again, as a tree to be written into another. Its canonical form stays what it
 * was, so the signatures in it hold. It is no way to send on what others wrote: attributes with a namespace, which nothing
 * written here has, are a TypeError.
 */
export function rebuild(read: XmlElement): BuiltElement {
  const attributes: Record<string, string> = Object.create(null);
  for (const { namespace, local, value } of read.attributes) {
    if (namespace !== '') throw new TypeError('Only what was written here can be put into another message.');
    attributes[local] = value;
  }
  const children = read.children.map((child) => {
    if (typeof child === 'string') return child;
    if (child.kind === 'element') return rebuild(child);
    throw new TypeError('A message has no processing instructions.');
  });
  return element(read, attributes, children);
}
