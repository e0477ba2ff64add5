/** A name is a namespace name and a local part; prefixes are never compared. `namespace` is '' outside any namespace. */
export type XmlName = { readonly namespace: string; readonly local: string };

export type XmlAttribute = {
  readonly namespace: string;
  readonly local: string;
  readonly prefix: string;
  readonly value: string;
};

/** One namespace declaration and those around it, nearest first; '' as namespace takes the default namespace back. */
export type NamespaceScope = {
  readonly prefix: string;
  readonly namespace: string;
  readonly outer: NamespaceScope | null;
  readonly size: number;
};

/** A processing instruction between the elements of metadata: it is canonicalized, and never read. */
export type XmlInstruction = { readonly kind: 'instruction'; readonly target: string; readonly data: string };

/** Adjacent text, CDATA and references are one string. */
export type XmlNode = XmlElement | XmlInstruction | string;

/** An element as the reader read it, immutable. `scope` holds the namespaces in scope where it stood. */
export type XmlElement = {
  readonly kind: 'element';
  readonly namespace: string;
  readonly local: string;
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  readonly scope: NamespaceScope | null;
};

/** A document that was read: exactly one root; its IDs are unique. */
export type XmlDocument = { readonly root: XmlElement };

/** Whether the element has this name. */
export function isNamed(element: XmlName, name: XmlName): boolean {
  return element.local === name.local && element.namespace === name.namespace;
}

/** `{namespace}local`, for logs and for `actual` in rejections. */
export function nameText(name: XmlName): string {
  return name.namespace === '' ? name.local : `{${name.namespace}}${name.local}`;
}
