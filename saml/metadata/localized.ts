import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, textOf } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';

/** A text and the language it is in, a tag like `en` or `de-CH` (saml-metadata 2.2.4, 2.2.5). */
export type Localized = { language: string; text: string };

export function readLocalized(localized: XmlElement): Localized {
  const { 'xml:lang': language } = attributesOf(localized, { required: ['xml:lang'] });
  return { language, text: textOf(localized) };
}

/** Writes at least one text; `local` is the name of the element that carries each. */
export function writeLocalized(local: string, texts: readonly Localized[]): BuiltElement[] {
  if (texts.length === 0) reject('value-malformed', { expected: `at least one ${local}` });
  return texts.map(({ language, text }) => {
    if (!/^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}$/.test(language)) {
      reject('value-malformed', { expected: `the language of ${local}`, actual: language });
    }
    return element({ namespace: namespaces.metadata, local }, { 'xml:lang': language }, [text]);
  });
}
