import { X509Certificate } from 'node:crypto';

/**
 * What a caller without types can leave out or mistake. Each throws a TypeError that names the field: what a message is held
 * against must never be absent by accident, and of a text `includes` would ask for a part of it.
 */
export function requireText(name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is missing.`);
}

/** Of a text, or of what is no number, every comparison is false or another one than it looks like. */
export function requireNumber(name: string, value: unknown): void {
  if (value === undefined) throw new TypeError(`${name} is missing.`);
  if (!Number.isFinite(value)) throw new TypeError(`${name} is no finite number.`);
}

export function requireTexts(name: string, value: unknown): void {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
    throw new TypeError(`${name} is no array of strings.`);
}

export function requireCertificates(name: string, value: unknown): void {
  if (!Array.isArray(value)) throw new TypeError(`${name} is missing.`);
  if (!value.every((each) => each instanceof X509Certificate))
    throw new TypeError(`${name} holds something else: readCertificates makes certificates of text.`);
}

/**
 * A misspelt option is one that nobody reads: what it asks for would not be checked, without a word.
 *
 * @param prefix what stands in front of the key in the error: '' or such as 'at.'
 * @param known every key that there is; the compiler sees to it that none is forgotten
 */
export function requireKnownKeys<Options extends object>(
  prefix: string,
  options: Options,
  known: Readonly<Record<keyof Options, true>>,
): void {
  for (const key of Object.keys(options)) {
    if (!Object.hasOwn(known, key)) throw new TypeError(`${prefix}${key} is unknown.`);
  }
}
