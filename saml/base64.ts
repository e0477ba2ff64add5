import { Buffer } from 'node:buffer';
import { reject } from './rejection.ts';

const invalid = 255;
const values = new Uint8Array(128).fill(invalid);
for (const [value, character] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  values[character.charCodeAt(0)] = value;
}

/**
 * Decodes base64 (RFC 4648 section 4) in one pass. Padding is required and the unused bits must be zero, so that every
 * value has one spelling; `whitespace` says whether XML white space may stand anywhere in it. Refuses anything else.
 */
export function decodeBase64(text: string, how: { whitespace: 'allowed' | 'refused' }): Uint8Array {
  const octets = Buffer.allocUnsafe(Math.floor((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  let characters = 0;
  let padding = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const value = code < 128 ? (values[code] ?? invalid) : invalid;
    if (value !== invalid && padding === 0) {
      bits = (bits << 6) | value;
      held += 6;
      characters++;
      if (held >= 8) {
        held -= 8;
        octets[length++] = bits >> held;
        bits &= (1 << held) - 1;
      }
    } else if (code === 0x3d) {
      padding++;
    } else if (
      how.whitespace === 'refused' ||
      (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09)
    ) {
      reject('base64-malformed', { actual: `character ${i}` });
    }
  }
  if ((characters + padding) % 4 !== 0 || padding > 2) reject('base64-malformed', { actual: 'padding' });
  if (bits !== 0) reject('base64-malformed', { actual: 'unused bits' });
  return octets.subarray(0, length);
}

/** Encodes as one line of padded base64. */
export function encodeBase64(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('base64');
}
