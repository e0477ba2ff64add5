import { decrypt, type Decryption } from '../encryption/decrypt.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type Verified, verifySignatures } from '../signature/verify.ts';
import type { XmlDocument, XmlElement } from '../xml/tree.ts';
import type { ResponseExpectations } from './judge-response.ts';

/** An assertion that somebody vouches for: its own signature, or that of the response around it. */
export type VouchedAssertion = { assertion: Verified<XmlElement>; isSignedItself: boolean };

const assertionName = { namespace: namespaces.assertion, local: 'Assertion' };

/** Decrypts an assertion whose ciphertext is signed: what comes out of it is as good as what it came out of. */
export function decryptVerifiedAssertion(
  encrypted: Verified<XmlElement>,
  input: ResponseExpectations,
): VouchedAssertion {
  const opened = encrypted.read((element) =>
    decrypt(element, assertionName, decryptionOf(input, 'verified'), (plaintext) => {
      const own = verifyOwnSignature(plaintext, input);
      return { element: own?.value ?? plaintext.root, isSignedItself: own !== undefined };
    }),
  );
  return { assertion: opened.read(({ element }) => element), isSignedItself: opened.value.isSignedItself };
}

/** Decrypts an assertion whose ciphertext anybody may have made: only its own signature says that it is genuine. */
export function decryptUnverifiedAssertion(
  encrypted: XmlElement,
  input: ResponseExpectations,
): VouchedAssertion {
  return decrypt(encrypted, assertionName, decryptionOf(input, 'unverified'), (plaintext) => {
    const assertion = verifyOwnSignature(plaintext, input);
    if (assertion === undefined) reject('signature-missing', { expected: 'a signed response or assertion' });
    return { assertion, isSignedItself: true };
  });
}

/** What is encrypted is decrypted with our keys, under the peer's exceptions. */
export function decryptionOf(
  { identityProvider, serviceProvider }: ResponseExpectations,
  ciphertext: Decryption['ciphertext'],
): Decryption {
  const { allow = [], recentDecryptionFailures = 0 } = identityProvider;
  return {
    keys: serviceProvider.decryptionKeys ?? [],
    ciphertext,
    allow,
    recentFailures: recentDecryptionFailures,
  };
}

/** Every signature in the plaintext must verify, also where the response is signed. */
function verifyOwnSignature(
  plaintext: XmlDocument,
  { identityProvider: { certificates, allow = [] } }: ResponseExpectations,
): Verified<XmlElement> | undefined {
  return verifySignatures(plaintext, { certificates, allow }).get(plaintext.root);
}
