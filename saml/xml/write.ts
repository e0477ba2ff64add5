import type { BuiltElement } from './build.ts';
import { escapeValue } from './escape.ts';
import { isNamed, type XmlName } from './tree.ts';

/**
 * The text of a built tree in exclusive canonical form: each namespace is declared where it is first visibly used, so
 * that what is signed inside and what is signed around it are the octets that are sent (Exclusive XML Canonicalization 3).
 */
export function writeXml(tree: BuiltElement | WrittenElement): string {
  return tree.kind === 'written' ? tree.text : new Writer().element(tree, null).text;
}

/**
 * An element that is text already, to be placed in built elements or sent as it is. Only this file makes one, so that
 * nothing but canonical text can be placed.
 */
class Written {
  readonly kind = 'written';
  readonly #text: string;
  /** Declarations that a parent may make unnecessary, in the order of the text; see `Outward`. */
  readonly outward: readonly Outward[];

  constructor(text: string, outward: readonly Outward[]) {
    this.#text = text;
    this.outward = outward;
  }

  get text(): string {
    return this.#text;
  }
}

export type WrittenElement = Written;

/**
 * A place in the text whose declaration depends on what is around the whole: nothing inside has bound the prefix before.
 * As the text stands, it is declared there, at this offset, unless it takes back a default namespace that there is not.
 */
type Outward = { readonly at: number; readonly prefix: string; readonly namespace: string };

/** The bindings in force at a point of the output, nearest first. */
type Context = { readonly prefix: string; readonly namespace: string; readonly outer: Context } | null;

/**
 * Writes an element to which a child is still to be added: behind a leading child of the name `lead`, else first. `text`
 * is the element without it, which is what an enveloped signature is about; `insert` adds it, and nothing is written twice.
 */
export function writeAround(
  tree: BuiltElement,
  lead: XmlName,
): { text: string; insert: (child: BuiltElement) => WrittenElement } {
  const { children } = tree;
  const writer = new Writer();
  const inner = writer.open(tree, null);
  const [first] = children;
  const isLed = typeof first === 'object' && first.kind === 'built' && isNamed(first, lead);
  if (isLed) writer.element(first, inner);
  const slot = writer.text.length;
  writer.content(isLed ? children.slice(1) : children, inner);
  writer.close(tree);

  const { text, outward } = writer;
  const insert = (child: BuiltElement): WrittenElement => {
    const around = new Writer();
    around.text = text.slice(0, slot);
    around.outward = outward.filter(({ at }) => at < slot);
    around.element(child, inner);
    const behind = outward.filter(({ at }) => at > slot);
    around.append(text, slot, behind, inner);
    return new Written(around.text, around.outward);
  };
  return { text, insert };
}

class Writer {
  text = '';
  outward: Outward[] = [];

  element(tree: BuiltElement, context: Context): this {
    const inner = this.open(tree, context);
    this.content(tree.children, inner);
    return this.close(tree);
  }

  /** Writes the start tag and returns what is in force behind it. */
  open(tree: BuiltElement, context: Context): Context {
    const { prefix, namespace } = tree;
    this.text += `<${tagOf(tree)}`;
    let inner = context;
    const inForce = namespaceIn(context, prefix);
    if (inForce !== namespace) {
      this.#declare(prefix, namespace, inForce);
      inner = { prefix, namespace, outer: context };
    }
    this.text += `${tree.attributes}>`;
    return inner;
  }

  content(children: BuiltElement['children'], context: Context): void {
    for (const child of children) {
      if (typeof child === 'string') this.text += child;
      else if (child.kind === 'written') this.append(child.text, 0, child.outward, context);
      else this.element(child, context);
    }
  }

  close(tree: BuiltElement): this {
    this.text += `</${tagOf(tree)}>`;
    return this;
  }

  /** Adds text that was written without anything around it, from an offset on, as it has to read inside `context`. */
  append(text: string, from: number, outward: readonly Outward[], context: Context): void {
    let next = from;
    for (const { at, prefix, namespace } of outward) {
      const inForce = namespaceIn(context, prefix);
      const asItStands = declaration(prefix, namespace, undefined);
      const asItMustBe = declaration(prefix, namespace, inForce);
      // To cut a text costs more than to add it whole, and there is mostly no need to.
      if (asItStands !== asItMustBe) {
        this.text += text.slice(next, at) + asItMustBe;
        next = at + asItStands.length;
      } else if (inForce === undefined) {
        this.outward.push({ at: this.text.length + at - next, prefix, namespace });
      }
    }
    this.text += next === 0 ? text : text.slice(next);
  }

  /** Declares what is not in force yet. */
  #declare(prefix: string, namespace: string, inForce: string | undefined): void {
    if (inForce === undefined) this.outward.push({ at: this.text.length, prefix, namespace });
    this.text += declaration(prefix, namespace, inForce);
  }
}

function tagOf({ prefix, local }: BuiltElement): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}

function declaration(prefix: string, namespace: string, inForce: string | undefined): string {
  if (namespace === (inForce ?? '')) return '';
  return prefix === ''
    ? ` xmlns="${escapeValue(namespace)}"`
    : ` xmlns:${prefix}="${escapeValue(namespace)}"`;
}

/** What a prefix stands for; undefined where nothing inside has said so. */
function namespaceIn(context: Context, prefix: string): string | undefined {
  for (let at = context; at !== null; at = at.outer) if (at.prefix === prefix) return at.namespace;
  return undefined;
}
