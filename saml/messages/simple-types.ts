import { readDateTime } from '../date-time.ts';
import { reject } from '../rejection.ts';
import { textOf } from '../xml/content.ts';
import { nameText, type XmlElement } from '../xml/tree.ts';

/** The text of an element that names something: an issuer, an audience, an address. It may not be empty. */
export function valueOf(element: XmlElement): string {
  const text = textOf(element);
  return text === ''
    ? reject('value-malformed', { expected: `text in ${nameText(element)}`, actual: '' })
    : text;
}

/** The other direction: what would not be accepted is not written. */
export function requireValue(value: string, what: string): string {
  return value === '' ? reject('value-malformed', { expected: `text in ${what}`, actual: '' }) : value;
}

/** xs:boolean as it is written in canonical and in short form. */
export function booleanOf(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  return reject('value-malformed', { expected: 'true, false, 1 or 0', actual: value });
}

/** xs:unsignedShort in plain digits. */
export function unsignedShortOf(value: string): number;
export function unsignedShortOf(value: string | undefined): number | undefined;
export function unsignedShortOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = /^[0-9]{1,5}$/.test(value) ? Number(value) : Number.POSITIVE_INFINITY;
  if (number <= 65_535) return number;
  return reject('value-malformed', { expected: 'a whole number from 0 to 65535', actual: value });
}

/** xs:nonNegativeInteger in plain digits, as far as anybody counts. */
export function nonNegativeIntegerOf(value: string | undefined): number | undefined {
  if (value === undefined || /^[0-9]{1,9}$/.test(value)) return value === undefined ? value : Number(value);
  return reject('value-malformed', { expected: 'a whole number of up to nine digits', actual: value });
}

/** Epoch milliseconds; undefined where the attribute is absent. */
export function instantOf(value: string | undefined): number | undefined {
  return value === undefined ? undefined : readDateTime(value);
}

/** One of the words a schema lists. */
export function oneOf<Word extends string>(value: string, words: readonly Word[]): Word {
  return (
    words.find((word) => word === value) ??
    reject('value-malformed', { expected: words.join(', '), actual: value })
  );
}

/** Every message and every assertion says `2.0` (saml-core 4.1). */
export function requireVersion(version: string): void {
  if (version !== '2.0') reject('version-unsupported', { expected: '2.0', actual: version });
}
