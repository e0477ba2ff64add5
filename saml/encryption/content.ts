import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { ContentCipher } from './algorithms.ts';

const gcmVector = 12;
const gcmTag = 16;
const cbcBlock = 16;

/**
 * Decrypts what a CipherValue holds, the initialization vector in front (XML Encryption 1.1 sections 5.2.2 and 5.2.4), or
 * answers undefined without a reason: the reason is what an attacker would ask for.
 */
export function decryptContent(
  octets: Uint8Array,
  key: Uint8Array,
  how: ContentCipher,
): Uint8Array | undefined {
  if (how.mode === 'cbc') return decryptCbc(octets, key, how.cipher);
  if (octets.length < gcmVector + gcmTag) return undefined;
  const end = octets.length - gcmTag;
  const vector = octets.subarray(0, gcmVector);
  // Without the length Node takes a tag of four octets, which is guessed in no time.
  const decipher = createDecipheriv(how.cipher, key, vector, { authTagLength: gcmTag });
  decipher.setAuthTag(octets.subarray(end));
  const plaintext = decipher.update(octets.subarray(gcmVector, end));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plaintext;
}

function decryptCbc(octets: Uint8Array, key: Uint8Array, cipher: string): Uint8Array | undefined {
  if (octets.length === 0 || octets.length % cbcBlock !== 0) return undefined;
  const decipher = createDecipheriv(cipher, key, octets.subarray(0, cbcBlock)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(octets.subarray(cbcBlock)), decipher.final()]);
  // Only the last octet counts, the others of the padding are arbitrary.
  const padding = padded[padded.length - 1] ?? 0;
  return padding >= 1 && padding <= cbcBlock ? padded.subarray(0, padded.length - padding) : undefined;
}

/** Encrypts under a fresh vector, in the same layout. */
export function encryptContent(octets: Uint8Array, key: Uint8Array, how: ContentCipher): Uint8Array {
  if (how.mode === 'cbc') {
    const vector = randomBytes(cbcBlock);
    const cipher = createCipheriv(how.cipher, key, vector);
    return Buffer.concat([vector, cipher.update(octets), cipher.final()]);
  }
  const vector = randomBytes(gcmVector);
  const cipher = createCipheriv(how.cipher, key, vector, { authTagLength: gcmTag });
  return Buffer.concat([vector, cipher.update(octets), cipher.final(), cipher.getAuthTag()]);
}
