import { type KeyObject, randomBytes } from 'node:crypto';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { limits } from '../limits.ts';
import { reject, SamlRejection } from '../rejection.ts';
import { requireNumber } from '../require-input.ts';
import { readXml } from '../xml/reader.ts';
import { isNamed, nameText, type XmlDocument, type XmlElement, type XmlName } from '../xml/tree.ts';
import { type ContentCipher, oaepOf } from './algorithms.ts';
import { decryptContent } from './content.ts';
import { type EncryptedElement, readEncryptedElement } from './encrypted-data.ts';
import { type Oaep, unwrapKey } from './oaep.ts';
import { leastBits, rsaBits } from './rsa-bits.ts';

/**
 * With what something is decrypted, and what is known of the ciphertext. `ciphertext` is 'verified' only where the
 * encrypted element was read from octets that a signature covers, so that nobody but the peer can have played with it. The
 * peer still can: its signature says who sent the ciphertext, not for whom the text in it was written.
 */
export type Decryption = {
  /** RSA private keys, tried in order; where there is none, what is encrypted is refused. */
  readonly keys: readonly KeyObject[];
  readonly ciphertext: 'verified' | 'unverified';
  readonly allow?: readonly CompatibilitySwitch[];
  /** How many messages of this peer were refused with `decryption-failed` in CBC mode within the last hour. */
  readonly recentFailures?: number;
};

/** So many questions an hour may be asked of what CBC mode holds; one octet of it costs about fourteen. */
const mostFailures = 50;

/**
 * Decrypts an EncryptedAssertion, EncryptedID or EncryptedAttribute and hands the plaintext to `read`, whose answer is the
 * answer (saml-core 2.2.4, 6; XML Encryption 1.1 section 4.4). The plaintext is a document of its own that passed the strict
 * reader, and its root is the one element `expected`.
 *
 * A key that does not open and content that was changed are refused alike, as `decryption-failed`. Where the content is in
 * CBC mode, whatever `read` refuses is `decryption-failed` too: so `read` does everything until the plaintext is known to be
 * the peer's own, and no question about it gets another answer. These refusals name the cipher, as the message does, so that
 * they can be counted apart from those in GCM mode, which anybody can cause and which tell nothing.
 *
 * @throws SamlRejection; TypeError where a key is no private key
 */
export function decrypt<T>(
  encrypted: XmlElement,
  expected: XmlName,
  how: Decryption,
  read: (plaintext: XmlDocument) => T,
): T {
  if (how.keys.length === 0) reject('decryption-key-missing', { actual: encrypted.local });
  const parts = readEncryptedElement(encrypted);
  const isCbc = parts.cipher.mode === 'cbc';
  if (isCbc) requireCbcAllowed(parts.cipher, how);
  const failure = isCbc ? { actual: parts.cipher.cipher } : {};
  const octets = open(parts, how) ?? reject('decryption-failed', failure);
  try {
    const plaintext = readPlaintext(octets, encrypted, how);
    if (!isNamed(plaintext.root, expected)) {
      reject('plaintext-unexpected', { expected: nameText(expected), actual: nameText(plaintext.root) });
    }
    return read(plaintext);
  } catch (error) {
    if (isCbc && error instanceof SamlRejection) reject('decryption-failed', failure);
    throw error;
  }
}

/**
 * Where a peer may use CBC mode and there is a key to decrypt with, how many of its questions were answered must be known:
 * left out, it would look like none.
 *
 * @param field the name of the count in the error
 * @throws TypeError where the count is missing or no finite number
 */
export function requireFailureCount(
  field: string,
  { keys, allow = [], recentFailures }: Omit<Decryption, 'ciphertext'>,
): void {
  const mayUseCbc = allow.includes('cbc') || allow.includes('cbc-unauthenticated');
  if ((mayUseCbc && keys.length > 0) || recentFailures !== undefined) requireNumber(field, recentFailures);
}

/**
 * CBC tells whoever changes it what it holds, through every difference in the answer (Jager and Somorovsky 2011). It needs
 * a named exception of the peer, a second one where no signature covers it, and in either case the questions are counted.
 */
function requireCbcAllowed({ cipher }: ContentCipher, how: Decryption): void {
  // A count that nobody gave, or that is no number, does not open the door.
  const { allow = [], recentFailures = Number.NaN } = how;
  if (!allow.includes('cbc')) reject('encryption-cbc', { actual: cipher });
  if (how.ciphertext === 'unverified' && !allow.includes('cbc-unauthenticated'))
    reject('encryption-cbc-unauthenticated', { actual: cipher });
  if (!(recentFailures < mostFailures)) {
    reject('decryption-peer-blocked', {
      expected: `fewer than ${mostFailures}`,
      actual: `${recentFailures}`,
    });
  }
}

/**
 * Tries every wrapped key with every private key. Each attempt decrypts the content, with a key nobody knows where the
 * right one did not come out, so that it does the same work whatever it was that failed.
 */
function open({ cipher, content, keys }: EncryptedElement, how: Decryption): Uint8Array | undefined {
  const privateKeys = usableKeys(how);
  const candidates = keys.flatMap(({ method, wrapped }) => {
    const oaep = oaepOf(method, how.allow);
    return oaep === undefined ? [] : [{ wrapped, oaep }];
  });
  if (candidates.length === 0) {
    const actual = keys.map(({ method }) => Object.values(method).join(' ')).join(', ');
    reject('encryption-key-transport', { actual });
  }
  for (const { wrapped, oaep } of candidates) {
    for (const key of privateKeys) {
      const plaintext = attempt(wrapped, key, oaep, { cipher, content });
      if (plaintext !== undefined) return plaintext;
    }
  }
  return undefined;
}

function attempt(
  wrapped: Uint8Array,
  key: KeyObject,
  oaep: Oaep,
  { cipher, content }: Pick<EncryptedElement, 'cipher' | 'content'>,
): Uint8Array | undefined {
  const decoy = randomBytes(cipher.keyLength);
  const unwrapped = unwrapKey(wrapped, key, oaep, cipher.keyLength);
  const plaintext = decryptContent(content, unwrapped ?? decoy, cipher);
  // In CBC mode one in sixteen random keys leaves something that looks padded.
  return unwrapped === undefined ? undefined : plaintext;
}

function usableKeys({ keys, allow }: Decryption): KeyObject[] {
  const least = leastBits(allow);
  for (const { type } of keys)
    if (type !== 'private') throw new TypeError('A decryption key is a private key.');
  const usable = keys.filter((key) => rsaBits(key) >= least);
  if (usable.length === 0) {
    reject('encryption-key-weak', {
      expected: `RSA with ${least} bits or more`,
      actual: 'the keys to decrypt with',
    });
  }
  return usable;
}

/** The prefixes declared around the ciphertext are known to its plaintext only by name. */
function readPlaintext(octets: Uint8Array, encrypted: XmlElement, { allow = [] }: Decryption): XmlDocument {
  return allow.includes('inherited-namespaces')
    ? readXml(octets, limits.message, encrypted.scope)
    : readXml(octets, limits.message);
}
