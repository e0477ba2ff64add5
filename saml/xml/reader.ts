import { Buffer } from 'node:buffer';
import type { Limits } from '../limits.ts';
import { reject } from '../rejection.ts';
import { expandAttributes, isId, longestId, noAttributes, type OpenAttribute } from './attributes.ts';
import { endOfName, expandReferences, skipSpace, spacesOnly } from './characters.ts';
import { isXmlSpace } from './content.ts';
import { decode, endOfDeclaration } from './decode.ts';
import { detached } from './detached.ts';
import { declare, resolve } from './namespaces.ts';
import { append, noNodes, type Open } from './open-element.ts';
import type { Piece } from './piece.ts';
import type { NamespaceScope, XmlDocument, XmlElement, XmlNode } from './tree.ts';

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

/**
 * Reads a document that comes as pieces of text, without keeping it. The root and its descendants are containers as long as
 * `isContainer` says so of them and of all around them. The limits hold for each child of a container.
 */
export function readPieces(
  texts: Iterator<string>,
  limits: Limits,
  isContainer: (element: XmlElement) => boolean,
): Generator<Piece, void> {
  return new Reader('', limits, null, { texts, isContainer }).pieces();
}

type Annotation = 'xml-comment' | 'xml-processing-instruction';

/** Where a document that is not kept comes from, and which of its elements are taken apart. */
type Stream = { texts: Iterator<string>; isContainer: (element: XmlElement) => boolean };

class Reader {
  /** The text from a place on where nothing was open but containers; all of it, where the document is kept. */
  #source: string;
  readonly #limits: Limits;
  readonly #around: NamespaceScope | null;
  readonly #open: Open[] = [];
  /** The first comment or instruction in each open element. */
  readonly #annotations: (Annotation | undefined)[] = [];
  readonly #ids = new Set<string>();
  #at = 0;
  /** The name that was read last, and the namespaces in scope behind the start tag that was read last. */
  #prefix = '';
  #local = '';
  #scope: NamespaceScope | null = null;
  #text = '';
  #elements = 0;
  #root: XmlElement | undefined;
  readonly #stream: Stream | undefined;
  #streamEnded = false;
  readonly #containers: Open[] = [];
  /** The innermost container. */
  #container: Open | undefined;
  #pieces: Piece[] = [];
  /** Where the child of a container that is being read began: in the source, and in octets from the beginning. */
  #childAt = 0;
  #childOctets = 0;
  /** A place in the source, and the octets up to there. */
  #counted = { at: 0, octets: 0 };

  constructor(source: string, limits: Limits, around: NamespaceScope | null, stream?: Stream) {
    this.#source = source;
    this.#limits = limits;
    this.#around = around;
    this.#stream = stream;
  }

  document(): XmlDocument {
    this.#at = endOfDeclaration(this.#source);
    while (this.#at < this.#source.length) {
      if (this.#source.charCodeAt(this.#at) === 0x3c) this.#readMarkup();
      else this.#readText();
    }
    return { root: this.#end() };
  }

  *pieces(): Generator<Piece, void> {
    this.#fill();
    this.#at = endOfDeclaration(this.#source);
    while (this.#at < this.#source.length) {
      if (this.#source.charCodeAt(this.#at) === 0x3c) this.#readMarkup();
      else this.#readText();
      const pieces = this.#pieces;
      if (pieces.length > 0) {
        this.#pieces = [];
        for (const piece of pieces) yield piece;
      }
      this.#fill();
    }
    this.#end();
  }

  #end(): XmlElement {
    if (this.#open.length > 0 || this.#root === undefined)
      reject('xml-malformed', { actual: 'end of document' });
    return this.#root;
  }

  /**
   * Sees to it that more text lies ahead than the limits allow, unless the document ends before, so that whatever is read
   * next is there as a whole; what reached beyond is too large.
   */
  #fill(): void {
    if (this.#stream === undefined) return;
    const inChild = this.#open.length > this.#containers.length;
    if (inChild && this.#at - this.#childAt > this.#limits.octets) this.#tooLarge();
    if (this.#streamEnded) return;
    if (this.#at > 0 && this.#at >= this.#source.length) this.#tooLarge();
    while (!this.#streamEnded && this.#source.length - this.#at <= this.#limits.octets) {
      const next = this.#stream.texts.next();
      this.#streamEnded = next.done === true;
      if (next.done === true) break;
      const forgotten = this.#at;
      this.#countOctets(forgotten);
      this.#source = this.#source.slice(forgotten) + next.value;
      this.#at = 0;
      this.#childAt -= forgotten;
      this.#counted.at = 0;
    }
  }

  /** The octets up to a place in the source. */
  #countOctets(to: number): number {
    const { at, octets } = this.#counted;
    if (to === at) return octets;
    this.#counted = { at: to, octets: octets + Buffer.byteLength(this.#source.slice(at, to)) };
    return this.#counted.octets;
  }

  #tooLarge(): never {
    reject('xml-too-large', { actual: `more than ${this.#limits.octets} characters in one element` });
  }

  #readText(): void {
    const end = this.#source.indexOf('<', this.#at);
    const raw = this.#source.slice(this.#at, end === -1 ? this.#source.length : end);
    if (this.#open.length === 0 && !isXmlSpace(raw)) this.#malformed();
    if (raw.includes(']]>')) this.#malformed();
    this.#addText(expandReferences(raw));
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
      this.#addText(this.#source.slice(this.#at + 9, end));
      this.#at = end + 3;
    } else if (this.#source.startsWith('<!DOCTYPE', this.#at)) {
      reject('xml-doctype');
    } else {
      this.#malformed();
    }
  }

  #readInstruction(): void {
    this.#annotate('xml-processing-instruction');
    if (++this.#elements > this.#limits.elements) reject('xml-too-many-elements');
    const targetEnd = this.#name(this.#at + 2);
    const target = this.#source.slice(this.#at + 2, targetEnd);
    const end = this.#source.indexOf('?>', targetEnd);
    const dataFrom = skipSpace(this.#source, targetEnd);
    if (end === -1 || target.toLowerCase() === 'xml' || (dataFrom === targetEnd && end !== targetEnd)) {
      this.#malformed();
    }
    const top = this.#open.at(-1);
    if (top !== undefined) {
      this.#flushText(top);
      const data = this.#source.slice(Math.min(dataFrom, end), end);
      this.#add(top, { kind: 'instruction', target, data });
    }
    this.#at = end + 2;
  }

  /** Where a comment or an instruction could split a value in two, readers disagree about the value: refused. */
  #annotate(kind: Annotation): void {
    if (this.#limits.annotations === 'refused') reject(kind);
    if (this.#open.length > 0) this.#annotations[this.#open.length - 1] ??= kind;
  }

  #readEndTag(): void {
    const top = this.#open.pop();
    const annotation = this.#annotations.pop();
    if (top === undefined) this.#malformed();
    const { prefix, local } = top;
    let at = this.#at + 2;
    if (prefix !== '') {
      if (!this.#source.startsWith(prefix, at) || this.#source.charCodeAt(at + prefix.length) !== 0x3a) {
        this.#malformed();
      }
      at += prefix.length + 1;
    }
    if (!this.#source.startsWith(local, at)) this.#malformed();
    const end = skipSpace(this.#source, at + local.length);
    if (this.#source.charCodeAt(end) !== 0x3e) this.#malformed();
    this.#flushText(top);
    if (
      annotation !== undefined &&
      top.children.some((child) => typeof child === 'string' && !isXmlSpace(child))
    ) {
      reject(annotation, { actual: prefix === '' ? local : `${prefix}:${local}` });
    }
    this.#at = end + 1;
    if (this.#stream !== undefined) this.#finish(top);
  }

  /** Comments and sections of CDATA may follow one another without end where a document comes in pieces. */
  #addText(text: string): void {
    this.#text += text;
    if (this.#text.length > this.#limits.octets) this.#tooLarge();
  }

  #flushText(top: Open): void {
    if (this.#text === '') return;
    this.#add(top, this.#text);
    this.#text = '';
  }

  /** A container does not keep its children; its elements are handed out when they are complete. */
  #add(parent: Open, node: XmlNode): void {
    if (parent !== this.#container) append(parent, node);
    else if (typeof node === 'string' || node.kind === 'instruction')
      this.#pieces.push({ kind: 'between', node });
  }

  /** An element was begun; the child of a container has an account of its own. */
  #begin(element: Open, from: number, stream: Stream): void {
    if (this.#open.length > this.#containers.length) return;
    this.#childAt = from;
    this.#childOctets = this.#countOctets(from);
    if (!stream.isContainer(element)) return;
    this.#elements = 0;
    this.#containers.push(element);
    this.#container = element;
    this.#pieces.push({ kind: 'open', container: element });
  }

  /** An element was read whole. */
  #finish(element: Open): void {
    if (element === this.#container) {
      this.#containers.pop();
      this.#container = this.#containers.at(-1);
      this.#pieces.push({ kind: 'close' });
    } else if (this.#open.length === this.#containers.length) {
      this.#elements = 0;
      const octets = { from: this.#childOctets, to: this.#countOctets(this.#at) };
      this.#pieces.push({ kind: 'child', element, octets });
    }
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

    const from = this.#at;
    this.#readQualifiedName(from + 1);
    const prefix = this.#prefix;
    const local = this.#local;
    const attributes = this.#readAttributes(parent === undefined ? this.#around : parent.scope);
    const scope = this.#scope;
    const namespace = prefix === 'xmlns' ? undefined : resolve(scope, prefix);
    if (namespace === undefined) {
      reject('xml-namespace-undeclared', { actual: prefix === '' ? local : `${prefix}:${local}` });
    }
    expandAttributes(attributes, scope);
    this.#readIds(attributes);
    const element: Open = { kind: 'element', namespace, local, prefix, attributes, children: noNodes, scope };
    if (parent === undefined) this.#root = element;
    else this.#add(parent, element);

    const isEmpty = this.#source.charCodeAt(this.#at) === 0x2f;
    if (isEmpty && this.#source.charCodeAt(this.#at + 1) !== 0x3e) this.#malformed();
    this.#at += isEmpty ? 2 : 1;
    if (this.#stream !== undefined) this.#begin(element, from, this.#stream);
    if (!isEmpty) {
      this.#open.push(element);
      this.#annotations.push(undefined);
    } else if (this.#stream !== undefined) {
      this.#finish(element);
    }
  }

  /**
   * Reads up to the `>` or `/` that ends the start tag. Declarations go to the scope; the attributes are returned without
   * the namespaces of their prefixes, which may be declared behind them.
   */
  #readAttributes(outer: NamespaceScope | null): OpenAttribute[] {
    let attributes = noAttributes;
    let scope = outer;
    for (let count = 0; ; count++) {
      const from = skipSpace(this.#source, this.#at);
      const code = this.#source.charCodeAt(from);
      if (code === 0x3e || code === 0x2f) {
        this.#at = from;
        this.#scope = scope;
        return attributes;
      }
      if (from === this.#at) this.#malformed();
      if (count >= this.#limits.attributesPerElement) reject('xml-too-many-attributes');
      this.#readQualifiedName(from);
      const prefix = this.#prefix;
      const local = this.#local;
      const value = this.#readAttributeValue();
      if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) {
        const declared = prefix === '' ? '' : local;
        for (let at = scope; at !== outer && at !== null; at = at.outer) {
          if (at.prefix === declared) reject('xml-attribute-duplicate', { actual: `xmlns:${declared}` });
        }
        scope = declare(scope, declared, value);
        if (scope.size > this.#limits.namespacesInScope) reject('xml-too-many-namespaces');
      } else {
        const attribute = { namespace: '', local, prefix, value };
        if (attributes.length === 0) attributes = [attribute];
        else attributes.push(attribute);
      }
    }
  }

  #readIds(attributes: readonly OpenAttribute[]): void {
    for (const { namespace, local, value } of attributes) {
      if (!isId(namespace, local)) continue;
      if (value.length > longestId)
        reject('xml-too-large', { actual: `an ID of ${value.length} characters` });
      if (this.#ids.has(value)) reject('xml-id-duplicate', { actual: value });
      this.#ids.add(this.#stream === undefined ? value : detached(value));
    }
  }

  /** Attribute-value normalization of XML 3.3.3 for an undeclared attribute: white space becomes spaces, none is cut. */
  #readAttributeValue(): string {
    let at = skipSpace(this.#source, this.#at);
    if (this.#source.charCodeAt(at) !== 0x3d) this.#malformed();
    at = skipSpace(this.#source, at + 1);
    const quote = this.#source[at];
    if (quote !== '"' && quote !== "'") this.#malformed();
    const end = this.#source.indexOf(quote, at + 1);
    if (end === -1) this.#malformed();
    const raw = this.#source.slice(at + 1, end);
    if (raw.includes('<')) this.#malformed();
    this.#at = end + 1;
    return expandReferences(spacesOnly(raw));
  }

  /** Leaves the position behind the name. */
  #readQualifiedName(from: number): void {
    const end = this.#name(from);
    if (this.#source.charCodeAt(end) !== 0x3a) {
      this.#prefix = '';
      this.#local = this.#source.slice(from, end);
      this.#at = end;
      return;
    }
    this.#at = this.#name(end + 1);
    this.#prefix = this.#source.slice(from, end);
    this.#local = this.#source.slice(end + 1, this.#at);
  }

  #name(from: number): number {
    const end = endOfName(this.#source, from);
    if (end === from) this.#malformed(from);
    return end;
  }

  #malformed(at = this.#at): never {
    reject('xml-malformed', { actual: `…${this.#source.slice(at, at + 40)}` });
  }
}
