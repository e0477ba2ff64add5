import type { Limits } from '../limits.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { endOfName, expandReferences, refuseForbiddenCharacters } from './characters.ts';
import { isXmlSpace } from './content.ts';
import { declare, resolve } from './namespaces.ts';
import type { NamespaceScope, XmlAttribute, XmlDocument, XmlElement, XmlNode } from './tree.ts';

/**
 * Reads one document of the accepted subset: XML 1.0 with Namespaces in UTF-8, without a document type. What it
 * accepts, the canonicalizer represents completely. Iterative; the limits bound time and memory. `around` are namespaces
 * in scope where the document will stand, for what was cut out of another one.
 */
export function readXml(
  octets: Uint8Array,
  limits: Limits,
  around: NamespaceScope | null = null,
): XmlDocument {
  if (octets.length > limits.octets) reject('xml-too-large', { actual: `${octets.length} octets` });
  return new Reader(decode(octets), limits, around).document();
}

/** An element whose end tag has not come yet. */
type Open = { element: XmlElement; children: XmlNode[]; tag: string; annotation: Annotation | undefined };
type Annotation = 'xml-comment' | 'xml-processing-instruction';
type RawAttribute = { prefix: string; local: string; value: string };

const declaration =
  /<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.0"|'1\.0')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[Uu][Tt][Ff]-8"|'[Uu][Tt][Ff]-8'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/y;

function decode(octets: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    reject('xml-encoding');
  }
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  refuseForbiddenCharacters(text);
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

class Reader {
  readonly #source: string;
  readonly #limits: Limits;
  readonly #around: NamespaceScope | null;
  readonly #open: Open[] = [];
  readonly #ids = new Set<string>();
  #at = 0;
  #text = '';
  #elements = 0;
  #root: XmlElement | undefined;

  constructor(source: string, limits: Limits, around: NamespaceScope | null) {
    this.#source = source;
    this.#limits = limits;
    this.#around = around;
  }

  document(): XmlDocument {
    this.#readDeclaration();
    while (this.#at < this.#source.length) {
      if (this.#source.charCodeAt(this.#at) === 0x3c) this.#readMarkup();
      else this.#readText();
    }
    if (this.#open.length > 0 || this.#root === undefined)
      reject('xml-malformed', { actual: 'end of document' });
    return { root: this.#root };
  }

  #readDeclaration(): void {
    if (!this.#source.startsWith('<?xml') || endOfName(this.#source, 2) !== 5) return;
    declaration.lastIndex = 0;
    if (!declaration.test(this.#source)) reject('xml-encoding', { actual: this.#source.slice(0, 80) });
    this.#at = declaration.lastIndex;
  }

  #readText(): void {
    const end = this.#source.indexOf('<', this.#at);
    const raw = this.#source.slice(this.#at, end === -1 ? this.#source.length : end);
    if (this.#open.length === 0 && !isXmlSpace(raw)) this.#malformed();
    if (raw.includes(']]>')) this.#malformed();
    this.#text += raw.includes('&') ? expandReferences(raw) : raw;
    this.#at += raw.length;
  }

  #readMarkup(): void {
    const next = this.#source.charCodeAt(this.#at + 1);
    if (next === 0x2f) this.#readEndTag();
    else if (next === 0x3f) this.#readInstruction();
    else if (next === 0x21) this.#readExclamation();
    else this.#readStartTag();
  }

  #readExclamation(): void {
    if (this.#source.startsWith('<!--', this.#at)) {
      this.#annotate('xml-comment');
      const end = this.#source.indexOf('--', this.#at + 4);
      if (end === -1 || this.#source.charCodeAt(end + 2) !== 0x3e) this.#malformed();
      this.#at = end + 3;
    } else if (this.#source.startsWith('<![CDATA[', this.#at) && this.#open.length > 0) {
      const end = this.#source.indexOf(']]>', this.#at + 9);
      if (end === -1) this.#malformed();
      this.#text += this.#source.slice(this.#at + 9, end);
      this.#at = end + 3;
    } else if (this.#source.startsWith('<!DOCTYPE', this.#at)) {
      reject('xml-doctype');
    } else {
      this.#malformed();
    }
  }

  #readInstruction(): void {
    this.#annotate('xml-processing-instruction');
    const targetEnd = this.#name(this.#at + 2);
    const target = this.#source.slice(this.#at + 2, targetEnd);
    const end = this.#source.indexOf('?>', targetEnd);
    const dataFrom = this.#skipSpace(targetEnd);
    if (end === -1 || target.toLowerCase() === 'xml' || (dataFrom === targetEnd && end !== targetEnd)) {
      this.#malformed();
    }
    const top = this.#open.at(-1);
    if (top !== undefined) {
      this.#flushText(top);
      top.children.push({
        kind: 'instruction',
        target,
        data: this.#source.slice(Math.min(dataFrom, end), end),
      });
    }
    this.#at = end + 2;
  }

  /** Where a comment or an instruction could split a value in two, readers disagree about the value: refused. */
  #annotate(kind: Annotation): void {
    if (this.#limits.annotations === 'refused') reject(kind);
    const top = this.#open.at(-1);
    if (top !== undefined) top.annotation ??= kind;
  }

  #readEndTag(): void {
    const top = this.#open.pop();
    if (top === undefined || !this.#source.startsWith(top.tag, this.#at + 2)) this.#malformed();
    const end = this.#skipSpace(this.#at + 2 + top.tag.length);
    if (this.#source.charCodeAt(end) !== 0x3e) this.#malformed();
    this.#flushText(top);
    if (
      top.annotation !== undefined &&
      top.children.some((child) => typeof child === 'string' && !isXmlSpace(child))
    ) {
      reject(top.annotation, { actual: top.tag });
    }
    this.#at = end + 1;
  }

  #flushText(top: Open): void {
    if (this.#text === '') return;
    top.children.push(this.#text);
    this.#text = '';
  }

  #readStartTag(): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) {
      if (this.#root !== undefined) this.#malformed();
      this.#text = '';
    } else {
      this.#flushText(parent);
    }
    if (++this.#elements > this.#limits.elements) reject('xml-too-many-elements');
    if (this.#open.length >= this.#limits.depth) reject('xml-too-deep');

    const tagFrom = this.#at + 1;
    const [prefix, local] = this.#readQualifiedName(tagFrom);
    const tag = this.#source.slice(tagFrom, this.#at);
    const outer = parent === undefined ? this.#around : parent.element.scope;
    const { raw, scope } = this.#readAttributes(outer);
    const namespace = prefix === 'xmlns' ? undefined : resolve(scope, prefix);
    if (namespace === undefined) reject('xml-namespace-undeclared', { actual: tag });

    const attributes = raw.length === 0 ? none : this.#expandAttributes(raw, scope);
    const children: XmlNode[] = [];
    const element: XmlElement = { kind: 'element', namespace, local, prefix, attributes, children, scope };
    if (parent === undefined) this.#root = element;
    else parent.children.push(element);

    if (this.#source.charCodeAt(this.#at) === 0x2f) {
      if (this.#source.charCodeAt(this.#at + 1) !== 0x3e) this.#malformed();
      this.#at += 2;
    } else {
      this.#at += 1;
      this.#open.push({ element, children, tag, annotation: undefined });
    }
  }

  /** Reads up to the `>` or `/` that ends the start tag; declarations go to the scope, the others are kept raw. */
  #readAttributes(outer: NamespaceScope | null): { raw: RawAttribute[]; scope: NamespaceScope | null } {
    const raw: RawAttribute[] = [];
    let scope = outer;
    for (let count = 0; ; count++) {
      const from = this.#skipSpace(this.#at);
      const code = this.#source.charCodeAt(from);
      if (code === 0x3e || code === 0x2f) {
        this.#at = from;
        return { raw, scope };
      }
      if (from === this.#at) this.#malformed();
      if (count >= this.#limits.attributesPerElement) reject('xml-too-many-attributes');
      const [prefix, local] = this.#readQualifiedName(from);
      const value = this.#readAttributeValue();
      if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) {
        const declared = prefix === '' ? '' : local;
        for (let at = scope; at !== outer && at !== null; at = at.outer) {
          if (at.prefix === declared) reject('xml-attribute-duplicate', { actual: `xmlns:${declared}` });
        }
        scope = declare(scope, declared, value);
        if (scope.size > this.#limits.namespacesInScope) reject('xml-too-many-namespaces');
      } else {
        raw.push({ prefix, local, value });
      }
    }
  }

  #expandAttributes(raw: readonly RawAttribute[], scope: NamespaceScope | null): XmlAttribute[] {
    const attributes: XmlAttribute[] = [];
    for (const { prefix, local, value } of raw) {
      // An unprefixed attribute is in no namespace, whatever the default namespace is (Namespaces in XML 6.2).
      const namespace = prefix === '' ? '' : resolve(scope, prefix);
      if (namespace === undefined) reject('xml-namespace-undeclared', { actual: `${prefix}:${local}` });
      for (const other of attributes) {
        if (other.local === local && other.namespace === namespace) {
          reject('xml-attribute-duplicate', { actual: local });
        }
      }
      if (isId(namespace, local)) {
        if (this.#ids.has(value)) reject('xml-id-duplicate', { actual: value });
        this.#ids.add(value);
      }
      attributes.push({ namespace, local, prefix, value });
    }
    return attributes;
  }

  /** Attribute-value normalization of XML 3.3.3 for an undeclared attribute: white space becomes spaces, none is cut. */
  #readAttributeValue(): string {
    let at = this.#skipSpace(this.#at);
    if (this.#source.charCodeAt(at) !== 0x3d) this.#malformed();
    at = this.#skipSpace(at + 1);
    const quote = this.#source[at];
    if (quote !== '"' && quote !== "'") this.#malformed();
    const end = this.#source.indexOf(quote, at + 1);
    if (end === -1) this.#malformed();
    const raw = this.#source.slice(at + 1, end);
    if (raw.includes('<')) this.#malformed();
    this.#at = end + 1;
    const spaced = raw.includes('\n') || raw.includes('\t') ? raw.replace(/[\n\t]/g, ' ') : raw;
    return spaced.includes('&') ? expandReferences(spaced) : spaced;
  }

  /** Leaves the position behind the name. */
  #readQualifiedName(from: number): [prefix: string, local: string] {
    const end = this.#name(from);
    if (this.#source.charCodeAt(end) !== 0x3a) {
      this.#at = end;
      return ['', this.#source.slice(from, end)];
    }
    const localEnd = this.#name(end + 1);
    this.#at = localEnd;
    return [this.#source.slice(from, end), this.#source.slice(end + 1, localEnd)];
  }

  #name(from: number): number {
    const end = endOfName(this.#source, from);
    if (end === from) this.#malformed(from);
    return end;
  }

  #skipSpace(from: number): number {
    let at = from;
    for (let code = this.#source.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x09; ) {
      code = this.#source.charCodeAt(++at);
    }
    return at;
  }

  #malformed(at = this.#at): never {
    reject('xml-malformed', { actual: `…${this.#source.slice(at, at + 40)}` });
  }
}

const none: readonly XmlAttribute[] = [];

/** Attributes that are IDs wherever they stand: SAML writes `ID`, signatures and encryption `Id`, anyone `xml:id`. */
function isId(namespace: string, local: string): boolean {
  if (namespace === '') return local === 'ID' || local === 'Id';
  return namespace === namespaces.xml && local === 'id';
}
