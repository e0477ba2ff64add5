import { namespaces } from '../names.ts';
import type { NamespaceScope, XmlAttribute, XmlElement } from '../xml/tree.ts';

/**
 * Writes a document for reading: one element a line, indented by two blanks. White space is added and taken away, so no
 * signature verifies on it. What a screen would not show, or would obey, is written as a character reference.
 */
export function printXml(root: XmlElement): string {
  const lines: string[] = [];
  type Step = { element: XmlElement; depth: number; outer: NamespaceScope | null } | { end: string };
  const waiting: Step[] = [{ element: root, depth: 0, outer: null }];
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    if ('end' in step) {
      lines.push(step.end);
      continue;
    }
    const { element, depth, outer } = step;
    const indent = '  '.repeat(depth);
    const name = qualified(element);
    const start = `${indent}<${name}${declarations(element, outer)}${element.attributes.map(attributeText).join('')}`;
    const inside = contentOf(element);
    if (inside.every((child) => typeof child === 'string')) {
      const text = inside.map(escapeText).join('');
      lines.push(text === '' ? `${start}/>` : `${start}>${text}</${name}>`);
      continue;
    }
    lines.push(`${start}>`);
    waiting.push({ end: `${indent}</${name}>` });
    for (const child of inside.toReversed()) {
      if (typeof child === 'string') waiting.push({ end: `${indent}  ${escapeText(child)}` });
      else waiting.push({ element: child, depth: depth + 1, outer: element.scope });
    }
  }
  return lines.join('\n');
}

/** White space between elements goes, and so does that inside base64, where it says nothing. */
function contentOf(element: XmlElement): (XmlElement | string)[] {
  const hasElements = element.children.some((child) => typeof child !== 'string');
  return element.children.flatMap((child): (XmlElement | string)[] => {
    if (typeof child !== 'string') return child.kind === 'element' ? [child] : [];
    if (hasElements) return child.trim() === '' ? [] : [child];
    return [holdsBase64(element) ? child.replaceAll(/[ \t\n]/g, '') : child];
  });
}

const base64Elements: ReadonlySet<string> = new Set([
  'SignatureValue',
  'DigestValue',
  'X509Certificate',
  'CipherValue',
  'Modulus',
  'Exponent',
]);

function holdsBase64({ namespace, local }: XmlElement): boolean {
  return (
    (namespace === namespaces.signature || namespace === namespaces.encryption) && base64Elements.has(local)
  );
}

function qualified({ prefix, local }: { prefix: string; local: string }): string {
  return withoutUnseen(prefix === '' ? local : `${prefix}:${local}`);
}

/** What is in scope here and was not in scope around. */
function declarations({ scope }: XmlElement, outer: NamespaceScope | null): string {
  const found: string[] = [];
  for (let at = scope; at !== null && at !== outer; at = at.outer)
    found.unshift(
      ` xmlns${at.prefix === '' ? '' : `:${withoutUnseen(at.prefix)}`}="${escapeAttribute(at.namespace)}"`,
    );
  return found.join('');
}

function attributeText(attribute: XmlAttribute): string {
  return ` ${qualified(attribute)}="${escapeAttribute(attribute.value)}"`;
}

function escapeText(text: string): string {
  return withoutUnseen(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
}

function escapeAttribute(value: string): string {
  return escapeText(value).replaceAll('"', '&quot;');
}

/** Controls, what changes the direction of writing, is ignored or has no width, and spaces that only look like one. */
const unseen = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** The reader lets some of them stand in names, where a reference is no XML any more: this is only for reading. */
function withoutUnseen(text: string): string {
  return text.replaceAll(
    unseen,
    (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()};`,
  );
}
