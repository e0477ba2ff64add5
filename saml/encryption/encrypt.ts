import { Buffer } from 'node:buffer';
import { constants, type KeyObject, publicEncrypt, randomBytes, type X509Certificate } from 'node:crypto';
import { encodeBase64 } from '../base64.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltChild, type BuiltElement, element } from '../xml/build.ts';
import { type WrittenElement, writeXml } from '../xml/write.ts';
import { contentCipher, mgf1pUri, rsaOaepUri } from './algorithms.ts';
import { encryptContent } from './content.ts';
import { leastBits, rsaBits } from './rsa-bits.ts';

/** For whom and how something is encrypted. What is not said is what every product can read, and nothing weaker. */
export type Encryption = {
  /** Its RSA key is what the receiver decrypts with. */
  readonly certificate: X509Certificate;
  /** `aes256-gcm` unless given. CBC is for receivers that know nothing newer; sign the message around it. */
  readonly content?: 'aes128-gcm' | 'aes256-gcm' | 'aes128-cbc' | 'aes256-cbc';
  /** `rsa-oaep-mgf1p`, which is with SHA-1, unless given; `rsa-oaep` is with SHA-256 for digest and mask. */
  readonly keyTransport?: 'rsa-oaep-mgf1p' | 'rsa-oaep';
  /** `rsa-1024` for a receiver with no longer key. */
  readonly allow?: readonly CompatibilitySwitch[];
};

/** What encrypted elements are called by what is in them (saml-core 2.2.4, 2.3.4). */
export type EncryptedName = 'EncryptedAssertion' | 'EncryptedID';

const contentUris = {
  'aes128-gcm': `${namespaces.encryption11}aes128-gcm`,
  'aes256-gcm': `${namespaces.encryption11}aes256-gcm`,
  'aes128-cbc': `${namespaces.encryption}aes128-cbc`,
  'aes256-cbc': `${namespaces.encryption}aes256-cbc`,
} as const;

const transports = {
  'rsa-oaep-mgf1p': { uri: mgf1pUri, hash: 'sha1', digest: `${namespaces.signature}sha1`, mask: undefined },
  'rsa-oaep': {
    uri: rsaOaepUri,
    hash: 'sha256',
    digest: `${namespaces.encryption}sha256`,
    mask: `${namespaces.encryption11}mgf1sha256`,
  },
} as const;

/**
 * Encrypts an element that is built or signed under a fresh key, and that key for the holder of the certificate (XML
 * Encryption 1.1 section 4.3). The plaintext declares its own prefixes. The wrapped key lies where everybody looks for
 * it, in the KeyInfo of the data.
 *
 * @throws SamlRejection `encryption-key-weak`
 */
export function encryptElement(
  name: EncryptedName,
  tree: BuiltElement | WrittenElement,
  encryption: Encryption,
): BuiltElement {
  const { content = 'aes256-gcm', keyTransport = 'rsa-oaep-mgf1p' } = encryption;
  const cipher = contentCipher(contentUris[content]);
  const transport = transports[keyTransport];
  const key = randomBytes(cipher.keyLength);
  const wrapped = publicEncrypt(
    { key: receiverKey(encryption), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: transport.hash },
    key,
  );
  return element({ namespace: namespaces.assertion, local: name }, {}, [
    xenc('EncryptedData', { Type: `${namespaces.encryption}Element` }, [
      xenc('EncryptionMethod', { Algorithm: contentUris[content] }),
      ds('KeyInfo', {}, [
        xenc('EncryptedKey', {}, [
          xenc('EncryptionMethod', { Algorithm: transport.uri }, [
            ds('DigestMethod', { Algorithm: transport.digest }),
            transport.mask === undefined
              ? undefined
              : element(
                  { namespace: namespaces.encryption11, local: 'MGF', prefix: 'xenc11' },
                  { Algorithm: transport.mask },
                ),
          ]),
          cipherData(wrapped),
        ]),
      ]),
      cipherData(encryptContent(Buffer.from(writeXml(tree)), key, cipher)),
    ]),
  ]);
}

const receiverKeys = new WeakMap<X509Certificate, KeyObject>();

/** The same rule binds the key we encrypt for that binds those we decrypt with. */
function receiverKey({ certificate, allow = [] }: Encryption): KeyObject {
  const key = receiverKeys.get(certificate) ?? certificate.publicKey;
  receiverKeys.set(certificate, key);
  const least = leastBits(allow);
  const bits = rsaBits(key);
  if (bits < least)
    reject('encryption-key-weak', { expected: `RSA with ${least} bits or more`, actual: `${bits}` });
  return key;
}

function cipherData(octets: Uint8Array): BuiltElement {
  return xenc('CipherData', {}, [xenc('CipherValue', {}, [encodeBase64(octets)])]);
}

function xenc(
  local: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly BuiltChild[] = [],
) {
  return element({ namespace: namespaces.encryption, local, prefix: 'xenc' }, attributes, children);
}

function ds(
  local: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly BuiltChild[] = [],
) {
  return element({ namespace: namespaces.signature, local, prefix: 'ds' }, attributes, children);
}
