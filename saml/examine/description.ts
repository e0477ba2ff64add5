import type { X509Certificate } from 'node:crypto';
import { readDateTime } from '../date-time.ts';
import { isNamed, nameText, type XmlElement, type XmlName } from '../xml/tree.ts';

/**
 * One thing that a message says. An instant is undefined where its text is none; `bound` says what begins or ends with
 * it. An algorithm is its identifier, as the message writes it.
 */
export type DescribedFact =
  | { kind: 'text'; name: string; text: string }
  | { kind: 'instant'; name: string; text: string; instant: number | undefined; bound?: 'begin' | 'end' }
  | { kind: 'algorithm'; name: string; text: string }
  | { kind: 'certificate'; name: string; certificate: X509Certificate };

/** What one element says, in the order in which it is worth reading. `signed` is undefined where nothing can be signed. */
export type DescribedPart = { title: string; signed?: boolean; facts: DescribedFact[] };

/** The texts of an element's own children, and nothing else: `undefined` where there is none of the name. */
export function childOf(parent: XmlElement | undefined, name: XmlName): XmlElement | undefined {
  return childrenOf(parent, name)[0];
}

/** The children of one name, however many stand between them: a description also describes what is out of order. */
export function childrenOf(parent: XmlElement | undefined, name: XmlName): XmlElement[] {
  return elementsOf(parent).filter((child) => isNamed(child, name));
}

/** All child elements. */
export function elementsOf(parent: XmlElement | undefined): XmlElement[] {
  return (parent?.children ?? []).flatMap((child) =>
    typeof child !== 'string' && child.kind === 'element' ? [child] : [],
  );
}

/** The text directly inside an element; of an element inside, that there is one. */
export function plainText(element: XmlElement | undefined): string | undefined {
  return element?.children
    .map((child) =>
      typeof child === 'string' ? child : child.kind === 'element' ? `<${nameText(child)}>` : '',
    )
    .join('');
}

/** The attribute of no namespace. */
export function attributeOf(element: XmlElement | undefined, local: string): string | undefined {
  return element?.attributes.find((each) => each.namespace === '' && each.local === local)?.value;
}

/** A fact where there is something to say. */
export function textFact(name: string, text: string | undefined): DescribedFact[] {
  return text === undefined ? [] : [{ kind: 'text', name, text }];
}

export function algorithmFact(name: string, text: string | undefined): DescribedFact[] {
  return text === undefined ? [] : [{ kind: 'algorithm', name, text }];
}

export function instantFact(
  name: string,
  text: string | undefined,
  bound?: 'begin' | 'end',
): DescribedFact[] {
  if (text === undefined) return [];
  let instant: number | undefined;
  try {
    instant = readDateTime(text);
  } catch {
    // Shown as it is written.
  }
  return [{ kind: 'instant', name, text, instant, ...(bound === undefined ? {} : { bound }) }];
}
