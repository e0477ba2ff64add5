import type { XmlElement, XmlNode } from './tree.ts';

/** An element whose end tag has not come yet. */
export type Open = Omit<XmlElement, 'children'> & { children: XmlNode[] };

/** Never added to: an array that grows takes room for many, and many elements have no children. */
export const noNodes: XmlNode[] = [];

export function append(parent: Open, child: XmlNode): void {
  if (parent.children.length === 0) parent.children = [child];
  else parent.children.push(child);
}
