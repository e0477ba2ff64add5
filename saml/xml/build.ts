import { refuseForbiddenCharacters } from './characters.ts';
import { compareText } from './code-point-order.ts';
import { escapeText, escapeValue } from './escape.ts';
import type { XmlName } from './tree.ts';
import type { WrittenElement } from './write.ts';

/**
 * An element that is going to be written, immutable. It is no `XmlElement`: that is what the reader read, and neither
 * can stand for the other. Namespaces are declared while it is written.
 */
export type BuiltElement = {
  readonly kind: 'built';
  readonly namespace: string;
  readonly local: string;
  readonly prefix: string;
  /** The attribute `ID`, as plain text; what is signed is referred to by it. */
  readonly id: string | undefined;
  /** Canonical text: sorted, escaped, each with a space in front. */
  readonly attributes: string;
  /** Strings are canonical text: escaped. */
  readonly children: readonly (BuiltElement | WrittenElement | string)[];
};

/** What stands in an element that is being built; undefined stands for nothing. */
export type BuiltChild = BuiltElement | WrittenElement | string | undefined;

const none: Readonly<Record<string, string>> = {};
const nothing: readonly BuiltChild[] = [];

/**
 * Builds an element. Attributes have no namespace, or are `xml:lang`; undefined ones are left out, and so are undefined
 * children. Values are plain text: they are escaped here, once. Refuses with `xml-character` what XML cannot represent.
 */
export function element(
  name: XmlName & { readonly prefix?: string },
  attributes: Readonly<Record<string, string | undefined>> = none,
  children: readonly BuiltChild[] = nothing,
): BuiltElement {
  return {
    kind: 'built',
    namespace: name.namespace,
    local: name.local,
    prefix: name.prefix ?? '',
    id: attributes['ID'],
    attributes: attributesText(attributes),
    children: isCanonical(children) ? children : children.flatMap(canonicalChild),
  };
}

/** Whether nothing has to be left out or escaped, so that the list can be taken as it is. */
function isCanonical(
  children: readonly BuiltChild[],
): children is readonly (BuiltElement | WrittenElement | string)[] {
  for (const child of children) {
    if (typeof child === 'string' ? child === '' || remarkable.test(child) : child === undefined)
      return false;
  }
  return true;
}

function canonicalChild(child: BuiltChild): BuiltElement | WrittenElement | string | [] {
  if (child === undefined || child === '') return [];
  return typeof child === 'string' ? canonicalText(child, escapeText) : child;
}

function attributesText(attributes: Readonly<Record<string, string | undefined>>): string {
  const keys = Object.keys(attributes);
  if (keys.length === 0) return '';
  let text = '';
  for (const key of sorted(keys)) {
    const value = attributes[key];
    if (value !== undefined) text += ` ${key}="${canonicalText(value, escapeValue)}"`;
  }
  return text;
}

/** Attributes without a namespace come first (Canonical XML 2.2). Most are handed in in order already. */
function sorted(keys: string[]): string[] {
  for (let i = 1; i < keys.length; i++) {
    if (compareKeys(keys[i - 1] ?? '', keys[i] ?? '') > 0) return keys.sort(compareKeys);
  }
  return keys;
}

function compareKeys(a: string, b: string): number {
  const difference = Number(a.startsWith('xml:')) - Number(b.startsWith('xml:'));
  return difference === 0 ? compareText(a, b) : difference;
}

/** Everything but characters that stand for themselves both in text and in values; most text has none of it. */
const remarkable = /[^ !#-%'-;=?-\ud7ff\ue000-\ufffd]/;

function canonicalText(plain: string, escape: (text: string) => string): string {
  if (!remarkable.test(plain)) return plain;
  refuseForbiddenCharacters(plain);
  return escape(plain);
}
