import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import type { RuleCode } from '../rules.ts';
import { isNamed, nameText, type XmlElement, type XmlName } from './tree.ts';

/** XML white space (XML 2.3); JavaScript's own notion is wider. */
export function isXmlSpace(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) return false;
  }
  return true;
}

/**
 * Walks the children of an element in document order against its content model: every call either takes the next
 * child or refuses, and `end` refuses what is left. Nothing is searched for, so nothing can be found twice.
 */
export class Content {
  readonly #owner: XmlElement;
  readonly #code: RuleCode | undefined;
  #next = 0;

  constructor(owner: XmlElement, code?: RuleCode) {
    this.#owner = owner;
    this.#code = code;
    refuseText(owner, code);
  }

  /** The next child without taking it; undefined at the end. */
  peek(): XmlElement | undefined {
    const { children } = this.#owner;
    for (; this.#next < children.length; this.#next++) {
      const child = children[this.#next];
      if (typeof child === 'object' && child.kind === 'element') return child;
    }
    return undefined;
  }

  /** Takes the next child, whatever it is named; undefined at the end. */
  take(): XmlElement | undefined {
    const child = this.peek();
    this.#next++;
    return child;
  }

  /** The next child, which must have this name. */
  one(name: XmlName): XmlElement {
    const child = this.peek();
    if (child === undefined) {
      reject(this.#code ?? 'element-missing', {
        expected: nameText(name),
        actual: `end of ${nameText(this.#owner)}`,
      });
    }
    if (!isNamed(child, name)) {
      reject(this.#code ?? 'element-unexpected', { expected: nameText(name), actual: nameText(child) });
    }
    this.#next++;
    return child;
  }

  /** The next child if it has this name. */
  optional(name: XmlName): XmlElement | undefined {
    const child = this.peek();
    if (child === undefined || !isNamed(child, name)) return undefined;
    this.#next++;
    return child;
  }

  /** The following children of this name, possibly none. */
  many(name: XmlName): XmlElement[] {
    const found: XmlElement[] = [];
    for (let child = this.optional(name); child !== undefined; child = this.optional(name)) found.push(child);
    return found;
  }

  /** Nothing may be left. */
  end(): void {
    const child = this.peek();
    if (child !== undefined) reject(this.#code ?? 'element-unexpected', { actual: nameText(child) });
  }
}

/** The child elements of an element whose content is elements only; other text than white space is refused. */
export function childElements(element: XmlElement, code?: RuleCode): XmlElement[] {
  refuseText(element, code);
  return element.children.filter((child) => typeof child === 'object' && child.kind === 'element');
}

function refuseText(element: XmlElement, code: RuleCode | undefined): void {
  for (const child of element.children) {
    if (typeof child === 'string' && !isXmlSpace(child)) {
      reject(code ?? 'text-unexpected', { actual: `${nameText(element)}: ${child}` });
    }
  }
}

/** The whole text of an element whose content is text only, untrimmed; an element inside is refused. */
export function textOf(element: XmlElement, code?: RuleCode): string {
  let text = '';
  for (const child of element.children) {
    if (typeof child === 'string') text += child;
    else if (child.kind === 'element') reject(code ?? 'element-unexpected', { actual: nameText(child) });
    // Between text the reader refuses it already; here it stands alone or beside white space.
    else reject(code ?? 'xml-processing-instruction', { actual: nameText(element) });
  }
  return text;
}

/** What `attributesOf` returns: required names are strings, optional ones may be undefined. */
export type AttributeValues<R extends string, O extends string> = { [K in R]: string } & {
  [K in O]?: string;
};

/** Makes objects that inherit nothing, far cheaper than Object.create(null) does. */
const Values = function () {} as unknown as new () => Record<string, string>;
Values.prototype = Object.create(null);

/**
 * The attributes of an element against the closed list of its schema. Names are those of no namespace, or `xml:lang`.
 * `xsi:` attributes are legal everywhere (XML Schema 1 section 2.6) and never read; other namespaces only with `open`.
 */
export function attributesOf<R extends string = never, O extends string = never>(
  element: XmlElement,
  names: { required?: readonly R[]; optional?: readonly O[]; open?: boolean },
  code?: RuleCode,
): AttributeValues<R, O> {
  const required: readonly string[] = names.required ?? [];
  const optional: readonly string[] = names.optional ?? [];
  const values = new Values();
  for (const { namespace, local, value } of element.attributes) {
    const name = namespace === namespaces.xml ? `xml:${local}` : local;
    const listed = required.includes(name) || optional.includes(name);
    if (listed && (namespace === '' || namespace === namespaces.xml)) {
      values[name] = value;
    } else if (namespace === '' || (names.open !== true && namespace !== namespaces.schemaInstance)) {
      const actual = `${nameText({ namespace, local })} of ${nameText(element)}`;
      reject(code ?? 'attribute-unexpected', { actual });
    }
  }
  for (const name of required) {
    if (values[name] === undefined)
      reject(code ?? 'attribute-missing', { expected: name, actual: nameText(element) });
  }
  return values as AttributeValues<R, O>;
}
