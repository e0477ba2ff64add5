import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { compareText } from './code-point-order.ts';
import { escapeText, escapeValue } from './escape.ts';
import { resolve } from './namespaces.ts';
import type { NamespaceScope, XmlAttribute, XmlElement } from './tree.ts';

/** Exclusive XML Canonicalization 1.0, Canonical XML 1.0 and 1.1; all without comments. */
export type CanonicalMethod = 'exclusive' | 'inclusive-1.0' | 'inclusive-1.1';

export type Canonicalization = {
  readonly method: CanonicalMethod;
  /** The InclusiveNamespaces PrefixList of exclusive canonicalization; '' stands for #default. */
  readonly prefixes?: readonly string[];
  /** Left out with everything in it: the signature of the enveloped transform. */
  readonly without?: XmlElement;
  /** The elements around the apex, outermost first; the inclusive methods inherit `xml:` attributes from them. */
  readonly ancestors?: readonly XmlElement[];
  /** More text than this is refused while it is written: one long namespace name may have to be declared a thousand times. */
  readonly longest?: number;
};

/** What was written before a point of the output: declarations by prefix, nearest first. */
type Rendered = { readonly prefix: string; readonly namespace: string; readonly outer: Rendered } | null;
type Frame = { element: XmlElement; next: number; rendered: Rendered; tag: string };
type Declaration = { prefix: string; namespace: string };

/** The canonical text of the subtree under `apex`. Total on what `readXml` accepts, and iterative. */
export function canonicalize(apex: XmlElement, how: Canonicalization): string {
  const frames: Frame[] = [];
  let out = '';
  let frame: Frame | undefined = { element: apex, next: 0, rendered: null, tag: tagOf(apex) };
  out += openApex(frame, how);
  const longest = how.longest ?? Number.POSITIVE_INFINITY;
  while (frame !== undefined) {
    if (out.length > longest)
      reject('xml-too-large', { actual: `${out.length} characters of canonical text` });
    const child = frame.element.children[frame.next++];
    if (child === undefined) {
      out += `</${frame.tag}>`;
      frame = frames.pop();
    } else if (typeof child === 'string') {
      out += escapeText(child);
    } else if (child.kind === 'instruction') {
      out += child.data === '' ? `<?${child.target}?>` : `<?${child.target} ${child.data}?>`;
    } else if (child !== how.without) {
      const inner: Frame = { element: child, next: 0, rendered: frame.rendered, tag: tagOf(child) };
      out += openTag(inner, frame.element.scope, how, child.attributes);
      frames.push(frame);
      frame = inner;
    }
  }
  return out;
}

function tagOf(element: XmlElement): string {
  return element.prefix === '' ? element.local : `${element.prefix}:${element.local}`;
}

function openApex(frame: Frame, how: Canonicalization): string {
  const { element } = frame;
  const inherited = how.method === 'exclusive' ? [] : inheritedAttributes(element, how);
  return openTag(
    frame,
    null,
    how,
    inherited.length === 0 ? element.attributes : [...element.attributes, ...inherited],
  );
}

/** Writes a start tag and leaves in the frame what is rendered inside it. */
function openTag(
  frame: Frame,
  outer: NamespaceScope | null,
  how: Canonicalization,
  attributes: readonly XmlAttribute[],
): string {
  const { element } = frame;
  const declarations: Declaration[] = [];
  if (how.method === 'exclusive') {
    use(frame.rendered, declarations, element.prefix, element.namespace);
    for (const { prefix, namespace } of attributes) {
      if (prefix !== '') use(frame.rendered, declarations, prefix, namespace);
    }
    for (const prefix of how.prefixes ?? []) {
      const namespace = resolve(element.scope, prefix);
      if (namespace !== undefined) use(frame.rendered, declarations, prefix, namespace);
    }
  } else {
    useScope(frame.rendered, declarations, element.scope, outer);
  }

  let tag = `<${frame.tag}`;
  if (declarations.length > 1) declarations.sort((a, b) => compareText(a.prefix, b.prefix));
  for (const { prefix, namespace } of declarations) {
    tag +=
      prefix === '' ? ` xmlns="${escapeValue(namespace)}"` : ` xmlns:${prefix}="${escapeValue(namespace)}"`;
    frame.rendered = { prefix, namespace, outer: frame.rendered };
  }
  const sorted = attributes.length > 1 ? [...attributes].sort(compareAttributes) : attributes;
  for (const { prefix, local, value } of sorted) {
    tag +=
      prefix === '' ? ` ${local}="${escapeValue(value)}"` : ` ${prefix}:${local}="${escapeValue(value)}"`;
  }
  return `${tag}>`;
}

/** Declares what is not in force yet (Exclusive XML Canonicalization 3, points 3 and 4). */
function use(rendered: Rendered, declarations: Declaration[], prefix: string, namespace: string): void {
  if (prefix === 'xml') return;
  for (const declared of declarations) if (declared.prefix === prefix) return;
  if (namespaceRendered(rendered, prefix) !== namespace) declarations.push({ prefix, namespace });
}

/** All namespaces in scope at the apex, and below it those declared between the parent and here (Canonical XML 2.3). */
function useScope(
  rendered: Rendered,
  declarations: Declaration[],
  scope: NamespaceScope | null,
  outer: NamespaceScope | null,
): void {
  const seen = new Set<string>();
  for (let at = scope; at !== outer && at !== null; at = at.outer) {
    if (!seen.has(at.prefix)) use(rendered, declarations, at.prefix, at.namespace);
    seen.add(at.prefix);
  }
}

function namespaceRendered(rendered: Rendered, prefix: string): string | undefined {
  for (let at = rendered; at !== null; at = at.outer) if (at.prefix === prefix) return at.namespace;
  return prefix === '' ? '' : undefined;
}

/** Attributes of the `xml` namespace that the apex takes from elements around it (Canonical XML 1.0 and 1.1, 2.4). */
function inheritedAttributes(apex: XmlElement, how: Canonicalization): XmlAttribute[] {
  const inherited = new Map<string, XmlAttribute>();
  for (const ancestor of how.ancestors ?? []) {
    for (const attribute of ancestor.attributes) {
      if (attribute.namespace !== namespaces.xml) continue;
      if (how.method === 'inclusive-1.1') {
        // 1.1 would resolve one base against the other; nothing that signs SAML relies on it.
        if (attribute.local === 'base')
          reject('signature-canonicalization', { actual: 'xml:base around it' });
        if (attribute.local !== 'lang' && attribute.local !== 'space') continue;
      }
      inherited.set(attribute.local, attribute);
    }
  }
  for (const { namespace, local } of apex.attributes)
    if (namespace === namespaces.xml) inherited.delete(local);
  return [...inherited.values()];
}

function compareAttributes(a: XmlAttribute, b: XmlAttribute): number {
  return a.namespace === b.namespace ? compareText(a.local, b.local) : compareText(a.namespace, b.namespace);
}
