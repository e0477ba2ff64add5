import type { CompatibilitySwitch } from '../compatibility.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import type { Oaep, OaepHash } from './oaep.ts';

/** How content is encrypted: AES with its key length in octets. The mode decides what its failures may say. */
export type ContentCipher =
  | { readonly mode: 'gcm'; readonly cipher: 'aes-128-gcm' | 'aes-256-gcm'; readonly keyLength: number }
  | { readonly mode: 'cbc'; readonly cipher: 'aes-128-cbc' | 'aes-256-cbc'; readonly keyLength: number };

/** Every accepted content encryption (XML Encryption 1.1 section 5.2); Triple DES and AES-192 are not among them. */
const contentCiphers: ReadonlyMap<string, ContentCipher> = new Map<string, ContentCipher>([
  [`${namespaces.encryption11}aes128-gcm`, { cipher: 'aes-128-gcm', mode: 'gcm', keyLength: 16 }],
  [`${namespaces.encryption11}aes256-gcm`, { cipher: 'aes-256-gcm', mode: 'gcm', keyLength: 32 }],
  [`${namespaces.encryption}aes128-cbc`, { cipher: 'aes-128-cbc', mode: 'cbc', keyLength: 16 }],
  [`${namespaces.encryption}aes256-cbc`, { cipher: 'aes-256-cbc', mode: 'cbc', keyLength: 32 }],
]);

/** The cipher an identifier stands for; another one is refused. */
export function contentCipher(uri: string): ContentCipher {
  return contentCiphers.get(uri) ?? reject('encryption-algorithm', { actual: uri });
}

export const mgf1pUri = `${namespaces.encryption}rsa-oaep-mgf1p`;
export const rsaOaepUri = `${namespaces.encryption11}rsa-oaep`;

const digests: ReadonlyMap<string, OaepHash> = new Map([
  [`${namespaces.signature}sha1`, 'sha1'],
  [`${namespaces.encryption}sha256`, 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  [`${namespaces.encryption}sha512`, 'sha512'],
]);

/** Identifiers that exist in no standard: those whose mask follows the digest write them. */
const misnamedDigests: ReadonlyMap<string, OaepHash> = new Map([
  [`${namespaces.signature}sha256`, 'sha256'],
  [`${namespaces.signature}sha512`, 'sha512'],
]);

const masks: ReadonlyMap<string, OaepHash> = new Map([
  [`${namespaces.encryption11}mgf1sha1`, 'sha1'],
  [`${namespaces.encryption11}mgf1sha256`, 'sha256'],
  [`${namespaces.encryption11}mgf1sha384`, 'sha384'],
  [`${namespaces.encryption11}mgf1sha512`, 'sha512'],
]);

/** What the EncryptionMethod of an EncryptedKey says, as identifiers. */
export type KeyTransportMethod = {
  readonly uri: string;
  readonly digestUri?: string;
  readonly maskUri?: string;
};

/**
 * The pair of hashes a key transport stands for (XML Encryption 1.1 section 5.5.2), undefined where it is not accepted:
 *
 * | algorithm        | digest                     | mask of MGF1           |
 * |------------------|----------------------------|------------------------|
 * | `rsa-oaep-mgf1p` | SHA-1, also when absent    | SHA-1                  |
 * | `rsa-oaep-mgf1p` | SHA-256, SHA-384, SHA-512  | SHA-1; the digest's own by `mgf1-follows-digest` |
 * | `rsa-oaep`       | any of the four            | the digest's own       |
 * | `rsa-oaep`       | SHA-256, SHA-384, SHA-512  | SHA-1, also when absent |
 *
 * There is no RSA 1.5: no way to call it safely is known.
 */
export function oaepOf(
  method: KeyTransportMethod,
  allow: readonly CompatibilitySwitch[] = [],
): Oaep | undefined {
  const follows = method.uri === mgf1pUri && allow.includes('mgf1-follows-digest');
  const digest = digestOf(method.digestUri, follows);
  const mask = method.maskUri === undefined ? 'sha1' : masks.get(method.maskUri);
  if (digest === undefined) return undefined;
  if (method.uri === mgf1pUri) {
    // The mask is in the name of the algorithm: another one contradicts it.
    if (mask !== 'sha1') return undefined;
    return { digest, mask: follows ? digest : 'sha1' };
  }
  if (method.uri !== rsaOaepUri) return undefined;
  return mask === digest || mask === 'sha1' ? { digest, mask } : undefined;
}

function digestOf(uri: string | undefined, alsoMisnamed: boolean): OaepHash | undefined {
  if (uri === undefined) return 'sha1';
  return digests.get(uri) ?? (alsoMisnamed ? misnamedDigests.get(uri) : undefined);
}
