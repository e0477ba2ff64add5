import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { compareText } from './code-point-order.ts';
import { escapeText, escapeValue } from './escape.ts';
import { resolve } from './namespaces.ts';
import type { NamespaceScope, XmlAttribute, XmlElement, XmlNode } from './tree.ts';

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

/** What was declared before a point of the output, nearest first. */
type Rendered = { readonly prefix: string; readonly namespace: string; readonly outer: Rendered } | null;
type Declaration = { readonly prefix: string; readonly namespace: string };

/**
 * The canonical text of the subtree under `apex`. Total on what `readXml` accepts, which bounds the depth, and with it
 * the recursion.
 */
export function canonicalize(apex: XmlElement, how: Canonicalization): string {
  const writer = new CanonicalWriter(how);
  const inherited = how.method === 'exclusive' ? [] : inheritedAttributes(apex, how);
  const attributes = inherited.length === 0 ? apex.attributes : [...apex.attributes, ...inherited];
  writer.element(apex, attributes, null, null);
  return writer.text;
}

/** The canonical text of a document that comes in pieces: an element is opened, what is in it is added, it is closed. */
export class CanonicalStream {
  readonly #writer: CanonicalWriter;
  readonly #open: { element: XmlElement; rendered: Rendered }[] = [];

  /** `how` says nothing about what is around: the first element that is opened is the root. */
  constructor(how: Pick<Canonicalization, 'method' | 'prefixes' | 'longest'>) {
    this.#writer = new CanonicalWriter(how);
  }

  open(element: XmlElement): void {
    const around = this.#open.at(-1);
    const rendered = this.#writer.open(
      element,
      element.attributes,
      around?.rendered ?? null,
      around?.element.scope ?? null,
    );
    this.#open.push({ element, rendered });
  }

  add(node: XmlNode): void {
    const around = this.#open.at(-1);
    this.#writer.node(node, around?.rendered ?? null, around?.element.scope ?? null);
  }

  close(): void {
    const closed = this.#open.pop();
    if (closed !== undefined) this.#writer.close(closed.element);
  }

  /** The text since it was taken last. */
  take(): string {
    const { text } = this.#writer;
    this.#writer.text = '';
    return text;
  }

  get length(): number {
    return this.#writer.text.length;
  }
}

class CanonicalWriter {
  text = '';
  readonly #how: Canonicalization;
  readonly #longest: number;

  constructor(how: Canonicalization) {
    this.#how = how;
    this.#longest = how.longest ?? Number.POSITIVE_INFINITY;
  }

  element(
    element: XmlElement,
    attributes: readonly XmlAttribute[],
    outside: Rendered,
    outer: NamespaceScope | null,
  ): void {
    const rendered = this.open(element, attributes, outside, outer);
    for (const child of element.children) {
      this.#stopAtLongest();
      this.node(child, rendered, element.scope);
    }
    this.#stopAtLongest();
    this.close(element);
  }

  /** Writes the start tag and returns what is rendered inside. */
  open(
    element: XmlElement,
    attributes: readonly XmlAttribute[],
    outside: Rendered,
    outer: NamespaceScope | null,
  ): Rendered {
    this.text += `<${tagOf(element)}`;
    const rendered = this.#declare(this.#declarations(element, attributes, outside, outer), outside);
    for (const { prefix, local, value } of sorted(attributes, compareAttributes)) {
      this.text +=
        prefix === '' ? ` ${local}="${escapeValue(value)}"` : ` ${prefix}:${local}="${escapeValue(value)}"`;
    }
    this.text += '>';
    return rendered;
  }

  node(node: XmlNode, rendered: Rendered, scope: NamespaceScope | null): void {
    if (typeof node === 'string') this.text += escapeText(node);
    else if (node.kind === 'element') {
      if (node !== this.#how.without) this.element(node, node.attributes, rendered, scope);
    } else {
      this.text += node.data === '' ? `<?${node.target}?>` : `<?${node.target} ${node.data}?>`;
    }
  }

  close(element: XmlElement): void {
    this.text += `</${tagOf(element)}>`;
  }

  #stopAtLongest(): void {
    if (this.text.length > this.#longest)
      reject('xml-too-large', { actual: `${this.text.length} characters of canonical text` });
  }

  /** Writes the declarations and returns what is rendered inside. */
  #declare(declarations: readonly Declaration[], outside: Rendered): Rendered {
    let rendered = outside;
    for (const { prefix, namespace } of sorted(declarations, compareDeclarations)) {
      this.text +=
        prefix === '' ? ` xmlns="${escapeValue(namespace)}"` : ` xmlns:${prefix}="${escapeValue(namespace)}"`;
      rendered = { prefix, namespace, outer: rendered };
    }
    return rendered;
  }

  #declarations(
    element: XmlElement,
    attributes: readonly XmlAttribute[],
    rendered: Rendered,
    outer: NamespaceScope | null,
  ): readonly Declaration[] {
    const { method, prefixes } = this.#how;
    if (method !== 'exclusive') return scopeDeclarations(rendered, element.scope, outer);
    let declarations = use(rendered, none, element.prefix, element.namespace);
    for (const { prefix, namespace } of attributes) {
      if (prefix !== '') declarations = use(rendered, declarations, prefix, namespace);
    }
    if (prefixes !== undefined) {
      for (const prefix of prefixes) {
        const namespace = resolve(element.scope, prefix);
        if (namespace !== undefined) declarations = use(rendered, declarations, prefix, namespace);
      }
    }
    return declarations;
  }
}

function tagOf({ prefix, local }: XmlElement): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}

/** Most elements declare nothing, and cost nothing here. */
const none: readonly Declaration[] = [];

/** Declares what is not in force yet (Exclusive XML Canonicalization 3, points 3 and 4). */
function use(
  rendered: Rendered,
  declarations: readonly Declaration[],
  prefix: string,
  namespace: string,
): readonly Declaration[] {
  if (prefix === 'xml' || namespaceRendered(rendered, prefix) === namespace) return declarations;
  for (const declared of declarations) if (declared.prefix === prefix) return declarations;
  return [...declarations, { prefix, namespace }];
}

/** All namespaces in scope at the apex, and below it those declared between the parent and here (Canonical XML 2.3). */
function scopeDeclarations(
  rendered: Rendered,
  scope: NamespaceScope | null,
  outer: NamespaceScope | null,
): readonly Declaration[] {
  let declarations = none;
  const seen = new Set<string>();
  for (let at = scope; at !== outer && at !== null; at = at.outer) {
    if (!seen.has(at.prefix)) declarations = use(rendered, declarations, at.prefix, at.namespace);
    seen.add(at.prefix);
  }
  return declarations;
}

function namespaceRendered(rendered: Rendered, prefix: string): string | undefined {
  for (let at = rendered; at !== null; at = at.outer) if (at.prefix === prefix) return at.namespace;
  return prefix === '' ? '' : undefined;
}

/** What signed documents contain is in order already, most of the time. */
function sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  for (let i = 1; i < items.length; i++) {
    const [before, after] = [items[i - 1], items[i]];
    if (before !== undefined && after !== undefined && compare(before, after) > 0) {
      return [...items].sort(compare);
    }
  }
  return items;
}

function compareDeclarations(a: Declaration, b: Declaration): number {
  return compareText(a.prefix, b.prefix);
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
  if (a.namespace === b.namespace) return compareText(a.local, b.local);
  // The reader takes ASCII names only, so that the order of UTF-16 is that of code points.
  return a.namespace < b.namespace ? -1 : 1;
}
