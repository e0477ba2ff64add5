import { Buffer } from 'node:buffer';
import { constants, hash, type KeyObject, privateDecrypt } from 'node:crypto';

export type OaepHash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** The hash of the (empty) label and the hash inside the mask generation function; they need not be the same. */
export type Oaep = { readonly digest: OaepHash; readonly mask: OaepHash };

const sizes: Readonly<Record<OaepHash, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/**
 * Unwraps a content key of the given length in octets from RSAES-OAEP (RFC 8017 section 7.1.2), or answers undefined.
 *
 * Why it failed must not show, neither in the answer nor in the time it took, or the private key decrypts for whoever
 * asks often enough (Manger 2001). So there is one path: every octet is masked and compared before anything is decided. The
 * length sought is known, and so is where the mark must stand: nothing has to be searched for. Node's own decoding
 * would bind the mask to the digest, which XML Encryption does not.
 */
export function unwrapKey(
  wrapped: Uint8Array,
  key: KeyObject,
  { digest, mask }: Oaep,
  length: number,
): Uint8Array | undefined {
  const encoded = decryptRaw(wrapped, key);
  if (encoded === undefined) return undefined;
  const size = sizes[digest];
  const mark = encoded.length - size - 1 - length - 1;
  // The length of the modulus is public.
  if (mark < size) return undefined;

  const maskedSeed = encoded.subarray(1, 1 + size);
  const maskedData = encoded.subarray(1 + size);
  const seed = exclusiveOr(maskedSeed, generateMask(maskedData, size, mask));
  const data = exclusiveOr(maskedData, generateMask(seed, maskedData.length, mask));

  const label = hash(digest, '', 'buffer');
  let wrong = encoded[0] ?? 1;
  for (let i = 0; i < size; i++) wrong |= (data[i] ?? 0) ^ (label[i] ?? 0);
  for (let i = size; i < mark; i++) wrong |= data[i] ?? 1;
  wrong |= (data[mark] ?? 0) ^ 1;
  return wrong === 0 ? data.subarray(mark + 1) : undefined;
}

/** As long as the modulus. Only what everybody can see makes it fail: a number that is no smaller than the modulus. */
function decryptRaw(wrapped: Uint8Array, key: KeyObject): Uint8Array | undefined {
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, wrapped);
  } catch {
    return undefined;
  }
}

/** MGF1 (RFC 8017 appendix B.2.1). */
function generateMask(seed: Uint8Array, length: number, name: OaepHash): Uint8Array {
  const input = Buffer.alloc(seed.length + 4);
  input.set(seed);
  const blocks: Uint8Array[] = [];
  for (let counter = 0; counter * sizes[name] < length; counter++) {
    input.writeUInt32BE(counter, seed.length);
    blocks.push(hash(name, input, 'buffer'));
  }
  return Buffer.concat(blocks, length);
}

function exclusiveOr(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((octet, i) => octet ^ (b[i] ?? 0));
}
