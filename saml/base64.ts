import { Buffer } from 'node:buffer';
import { reject } from './rejection.ts';

type Whitespace = 'allowed' | 'refused';

/**
 * Decodes base64 (RFC 4648 section 4). Padding is required and the unused bits must be zero, so that every value has one
 * spelling; `whitespace` says whether XML white space may stand anywhere in it.
 *
 * @throws SamlRejection `base64-malformed` for anything else
 * @example const octets = decodeBase64('PGEvPg==', { whitespace: 'refused' });
 */
export function decodeBase64(text: string, how: { whitespace: Whitespace }): Uint8Array {
  // Node decodes far faster than any loop, but takes almost anything: what it writes again must be what was given.
  const octets = Buffer.from(text, 'base64');
  if (octets.toString('base64') === text) return octets;
  if (how.whitespace === 'allowed') {
    const joined = text.replace(/[ \t\r\n]+/g, '');
    const again = Buffer.from(joined, 'base64');
    if (again.toString('base64') === joined) return again;
  }
  reject('base64-malformed', { actual: faultOf(text, how.whitespace) });
}

/** What is wrong with a text that is not base64. */
function faultOf(text: string, whitespace: Whitespace): string {
  let characters = 0;
  let padding = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '=') padding++;
    else if (padding === 0 && /[A-Za-z0-9+/]/.test(character)) characters++;
    else if (whitespace === 'refused' || !/[ \t\r\n]/.test(character)) return `character ${i}`;
  }
  return (characters + padding) % 4 !== 0 || padding > 2 ? 'padding' : 'unused bits';
}

/** Encodes as one line of padded base64. */
export function encodeBase64(octets: Uint8Array): string {
  const buffer = Buffer.isBuffer(octets)
    ? octets
    : Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  return buffer.toString('base64');
}
