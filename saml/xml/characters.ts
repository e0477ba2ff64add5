import { Buffer } from 'node:buffer';
import { reject } from '../rejection.ts';

/** Outside the Char production of XML 2.2, as UTF-16 units; surrogates are judged by `isWellFormed`. */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Refuses text with a character that no XML document can contain (XML 2.2), not even by a reference. */
export function refuseForbiddenCharacters(text: string): void {
  if (forbidden.test(text) || !text.isWellFormed()) reject('xml-character');
}

// NameStartChar and NameChar of XML 2.3 (fifth edition) without the colon, which Namespaces in XML takes away.
const start =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const part = `${start}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`;
const name = new RegExp(`[${start}][${part}]*`, 'uy');

const asciiStart = new Uint8Array(128);
const asciiPart = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const letter = /[A-Z_a-z]/.test(String.fromCharCode(code));
  asciiStart[code] = letter ? 1 : 0;
  asciiPart[code] = letter || /[-.0-9]/.test(String.fromCharCode(code)) ? 1 : 0;
}

/** Where the NCName (XML Names 3) that begins at `from` ends; `from` itself where none begins. */
export function endOfName(source: string, from: number): number {
  let at = from;
  let code = source.charCodeAt(at);
  if (code < 128 ? asciiStart[code] === 1 : false) {
    do code = source.charCodeAt(++at);
    while (code < 128 && asciiPart[code] === 1);
    // NaN, the end of the source, compares false both times.
    if (!(code >= 128)) return at;
  } else if (!(code >= 128)) {
    return from;
  }
  name.lastIndex = from;
  return name.test(source) ? name.lastIndex : from;
}

/** Where the white space that begins at `from` ends; line ends are normalized already. */
export function skipSpace(source: string, from: number): number {
  let at = from;
  for (let code = source.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x09; ) {
    code = source.charCodeAt(++at);
  }
  return at;
}

/** White space in the value of an attribute as spaces (XML 3.3.3). As octets: an expression would remember every match. */
export function spacesOnly(value: string): string {
  if (!/[\n\t]/.test(value)) return value;
  const octets = Buffer.from(value, 'utf8');
  for (const [at, octet] of octets.entries()) if (octet === 0x0a || octet === 0x09) octets[at] = 0x20;
  return octets.toString('utf8');
}

/** Whether the whole text is one NCName, as xs:ID demands. */
export function isNcName(text: string): boolean {
  return text !== '' && endOfName(text, 0) === text.length;
}

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Replaces the five entities and character references (XML 4.1, 4.6). */
export function expandReferences(text: string): string {
  if (!text.includes('&')) return text;
  let expanded = '';
  let from = 0;
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', from)) {
    const end = text.indexOf(';', at);
    if (end === -1) reject('xml-malformed', { actual: text.slice(at, at + 20) });
    const reference = text.slice(at + 1, end);
    expanded += text.slice(from, at) + (reference.startsWith('#') ? character(reference) : entity(reference));
    from = end + 1;
  }
  return expanded + text.slice(from);
}

function entity(reference: string): string {
  const value = entities.get(reference);
  if (value !== undefined) return value;
  reject(isNcName(reference) ? 'xml-entity' : 'xml-malformed', { actual: `&${reference};` });
}

function character(reference: string): string {
  const hexadecimal = reference.charCodeAt(1) === 0x78;
  const digits = reference.slice(hexadecimal ? 2 : 1);
  if (!(hexadecimal ? /^[0-9A-Fa-f]+$/ : /^[0-9]+$/).test(digits)) {
    reject('xml-malformed', { actual: `&${reference};` });
  }
  const code = Number.parseInt(digits, hexadecimal ? 16 : 10);
  if (code > 0x10ffff) reject('xml-character', { actual: `&${reference};` });
  const text = String.fromCodePoint(code);
  refuseForbiddenCharacters(text);
  return text;
}
