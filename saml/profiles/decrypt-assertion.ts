import { decrypt, type Decryption } from '../encryption/decrypt.ts';
import type { Assertion } from '../messages/assertion.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type Verified, verifySignatures } from '../signature/verify.ts';
import type { XmlDocument, XmlElement } from '../xml/tree.ts';
import type { ResponseExpectations } from './judge-response.ts';

/** An assertion that somebody vouches for: its own signature, or that of the response around it. */
export type VouchedAssertion = { assertion: Verified<Assertion>; isSignedItself: boolean };

/** Reads an assertion and refuses one that does not name the peer as its issuer. */
export type ReadAssertion = (element: XmlElement) => Assertion;

const assertionName = { namespace: namespaces.assertion, local: 'Assertion' };

/**
 * Decrypts an assertion whose ciphertext is signed: what comes out of it is as good as what it came out of. Unsigned itself
 * it may have been written by another peer, and sent on by this one: so it is read while every refusal is still the same.
 */
export function decryptVerifiedAssertion(
  encrypted: Verified<XmlElement>,
  input: ResponseExpectations,
  read: ReadAssertion,
): VouchedAssertion {
  const opened = encrypted.read((element) =>
    decrypt(element, assertionName, decryptionOf(input, 'verified'), (plaintext) => {
      const own = verifyOwnSignature(plaintext, input);
      if (own !== undefined) return { isSignedItself: true, assertion: () => read(own.value) };
      const assertion = read(plaintext.root);
      return { isSignedItself: false, assertion: () => assertion };
    }),
  );
  return {
    assertion: opened.read(({ assertion }) => assertion()),
    isSignedItself: opened.value.isSignedItself,
  };
}

/** Decrypts an assertion whose ciphertext anybody may have made: only its own signature says that it is genuine. */
export function decryptUnverifiedAssertion(
  encrypted: XmlElement,
  input: ResponseExpectations,
  read: ReadAssertion,
): VouchedAssertion {
  const signed = decrypt(encrypted, assertionName, decryptionOf(input, 'unverified'), (plaintext) => {
    const own = verifyOwnSignature(plaintext, input);
    return own ?? reject('signature-missing', { expected: 'a signed response or assertion' });
  });
  return { assertion: signed.read(read), isSignedItself: true };
}

/** What is encrypted is decrypted with our keys, under the peer's exceptions. */
export function decryptionOf(
  { identityProvider, serviceProvider }: ResponseExpectations,
  ciphertext: Decryption['ciphertext'],
): Decryption {
  const { allow = [], recentDecryptionFailures } = identityProvider;
  return {
    keys: serviceProvider.decryptionKeys ?? [],
    ciphertext,
    allow,
    ...(recentDecryptionFailures === undefined ? {} : { recentFailures: recentDecryptionFailures }),
  };
}

/** Every signature in the plaintext must verify, also where the response is signed. */
function verifyOwnSignature(
  plaintext: XmlDocument,
  { identityProvider: { certificates, allow = [] } }: ResponseExpectations,
): Verified<XmlElement> | undefined {
  return verifySignatures(plaintext, { certificates, allow }).get(plaintext.root);
}
