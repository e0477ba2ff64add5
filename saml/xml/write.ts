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
  const writer = new Writer();
  writer.lead = lead;
  const { text, outward, slot } = writer.element(tree, null);
  const insert = (child: BuiltElement): WrittenElement => {
    const around = new Writer();
    around.text = text.slice(0, slot);
    around.outward = outward.filter(({ at }) => at < slot);
    around.element(child, bind(tree, null));
    around.append(
      text,
      slot,
      outward.filter(({ at }) => at > slot),
      bind(tree, null),
    );
    return new Written(around.text, around.outward);
  };
  return { text, insert };
}

class Writer {
  text = '';
  outward: Outward[] = [];
  /** The child of the first element behind which its slot is; forgotten once the slot is found. */
  lead: XmlName | undefined;
  slot = 0;

  element(tree: BuiltElement, context: Context): this {
    const tag = tree.prefix === '' ? tree.local : `${tree.prefix}:${tree.local}`;
    this.text += `<${tag}`;
    this.#declare(tree.prefix, tree.namespace, context);
    this.text += `${tree.attributes}>`;
    const inner = bind(tree, context);
    const { lead } = this;
    this.lead = undefined;
    if (lead !== undefined) this.slot = this.text.length;
    for (const [index, child] of tree.children.entries()) {
      if (typeof child === 'string') this.text += child;
      else if (child.kind === 'written') this.append(child.text, 0, child.outward, inner);
      else this.element(child, inner);
      if (
        index === 0 &&
        lead !== undefined &&
        typeof child !== 'string' &&
        child.kind === 'built' &&
        isNamed(child, lead)
      ) {
        this.slot = this.text.length;
      }
    }
    this.text += `</${tag}>`;
    return this;
  }

  /** Adds text that was written without anything around it, from an offset on, as it has to read inside `context`. */
  append(text: string, from: number, outward: readonly Outward[], context: Context): void {
    let next = from;
    for (const { at, prefix, namespace } of outward) {
      this.text += text.slice(next, at);
      this.#declare(prefix, namespace, context);
      next = at + declaration(prefix, namespace, undefined).length;
    }
    this.text += text.slice(next);
  }

  /** Declares what is not in force yet. */
  #declare(prefix: string, namespace: string, context: Context): void {
    const inForce = namespaceIn(context, prefix);
    if (inForce === undefined) this.outward.push({ at: this.text.length, prefix, namespace });
    this.text += declaration(prefix, namespace, inForce);
  }
}

function declaration(prefix: string, namespace: string, inForce: string | undefined): string {
  if (namespace === (inForce ?? '')) return '';
  return prefix === ''
    ? ` xmlns="${escapeValue(namespace)}"`
    : ` xmlns:${prefix}="${escapeValue(namespace)}"`;
}

function bind({ prefix, namespace }: BuiltElement, context: Context): Context {
  return namespaceIn(context, prefix) === namespace ? context : { prefix, namespace, outer: context };
}

/** What a prefix stands for; undefined where nothing inside has said so. */
function namespaceIn(context: Context, prefix: string): string | undefined {
  for (let at = context; at !== null; at = at.outer) if (at.prefix === prefix) return at.namespace;
  return undefined;
}
