import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import { type FixtureKey, fixtureCertificate } from '../fixtures/hand-signer.ts';
import { rsaCertificate } from '../fixtures/made-certificate.ts';
import { entityText, idpRoleText, keyDescriptorText } from '../fixtures/metadata-text.ts';
import { readIdpMetadata } from './idp-metadata.ts';

const read = (content: string) => readIdpMetadata(Buffer.from(entityText({ content })));
const fingerprints = (...keys: FixtureKey[]): string[] =>
  keys.map((key) => fixtureCertificate(key).fingerprint256);
const signers = (content: string): string[] =>
  read(content).certificates.map(({ fingerprint256 }) => fingerprint256);
const textOf = (key: FixtureKey): string => fixtureCertificate(key).raw.toString('base64');

/** A role with one key that is given by these certificates, and with others in front of its endpoint. */
const roleWith = (certificates: readonly string[], others = ''): string => {
  const elements = certificates.map((text) => `<ds:X509Certificate>${text}</ds:X509Certificate>`);
  return idpRoleText()
    .replace(/<ds:X509Certificate>.*<\/ds:X509Certificate>/, elements.join(''))
    .replace('<SingleSignOnService', `${others}<SingleSignOnService`);
};

describe('several certificates of one key', () => {
  test('that nobody but themselves issued are all taken', () => {
    assert.deepEqual(signers(roleWith([textOf('sp'), textOf('rsa-other')])), fingerprints('sp', 'rsa-other'));
  });

  test('are a chain, whose issuers sign nothing for the role, in either order', () => {
    const chain = [textOf('issued'), textOf('rsa-other')];
    for (const given of [chain, chain.toReversed()])
      assert.deepEqual(signers(roleWith(given)), fingerprints('issued'));
    // Alone, a certificate is the key, whoever issued it.
    assert.deepEqual(signers(roleWith([textOf('issued')])), fingerprints('issued'));
    assert.deepEqual(signers(roleWith([textOf('rsa-other')])), fingerprints('rsa-other'));
  });

  test('of another key are no chain', () => {
    const role = roleWith([textOf('issued')], keyDescriptorText('rsa-other'));
    assert.deepEqual(signers(role), fingerprints('issued', 'rsa-other'));
  });

  test('that are the same are one, however their text is broken into lines', () => {
    const wrapped = textOf('rsa').replaceAll(/.{64}/g, '$&\n');
    assert.notEqual(wrapped, textOf('rsa'));
    for (const twice of [textOf('rsa'), wrapped]) {
      assert.deepEqual(signers(roleWith([textOf('rsa'), twice])), fingerprints('rsa'));
      const role = roleWith([twice], keyDescriptorText('rsa').replace(' use="signing"', ''));
      assert.deepEqual(signers(role), fingerprints('rsa'));
      assert.equal(read(role).encryptionKeys.length, 1);
    }
  });

  test('may be 64, and not one more', () => {
    const texts = Array.from({ length: 65 }, (_, i) => `${' '.repeat(i)}${textOf('rsa')}`);
    assert.deepEqual(signers(roleWith(texts.slice(1))), fingerprints('rsa'));
    assert.throws(() => signers(roleWith(texts)), {
      code: 'metadata-too-many-keys',
      expected: 'at most 64 certificates',
    });
    // The same text again is not read again.
    assert.deepEqual(signers(roleWith([...texts.slice(1), ...texts.slice(1)])), fingerprints('rsa'));
  });

  test('may sign with 16 keys, and not one more, however many more are encrypted to', () => {
    const descriptors = Array.from({ length: 17 }, (_, i) => {
      const text = rsaCertificate(2048, 65_537n, `${i}`).raw.toString('base64');
      return keyDescriptorText('rsa').replace(/(<ds:X509Certificate>)[^<]*/, `$1${text}`);
    });
    const role = (texts: string[]) => idpRoleText().replace(keyDescriptorText('rsa'), texts.join(''));
    const [last = ''] = descriptors.splice(16);
    const { certificates } = read(role([...descriptors, last.replace('"signing"', '"encryption"')]));
    assert.equal(certificates.length, 16);
    for (const seventeenth of [last, last.replace(' use="signing"', '')])
      assert.throws(() => read(role([...descriptors, seventeenth])), {
        code: 'metadata-too-many-keys',
        expected: 'at most 16 certificates that may sign',
      });
  });
});
