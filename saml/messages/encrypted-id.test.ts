import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import type { Decryption } from '../encryption/decrypt.ts';
import { encryptedNameId } from '../fixtures/encryption-parts.ts';
import type { HandEncryption } from '../fixtures/hand-encrypter.ts';
import { fixtureKey } from '../fixtures/hand-signer.ts';
import { decryptionKey } from '../fixtures/web-sso.ts';
import { limits } from '../limits.ts';
import { readXml } from '../xml/reader.ts';
import { readEncryptedId } from './encrypted-id.ts';

const read = (how: Partial<Decryption> = {}, shape: HandEncryption = {}, plaintext?: string) =>
  readEncryptedId(
    readXml(Buffer.from(encryptedNameId({ declared: 'here', ...shape }, plaintext)), limits.message).root,
    { keys: [decryptionKey], ciphertext: 'verified', recentFailures: 0, ...how },
  );

test('the name inside is read like any other', () => {
  const name = {
    value: 'b.simon@contoso.example',
    format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  };
  assert.deepEqual(read(), name);
  assert.deepEqual(read({ ciphertext: 'unverified' }), name);
  assert.deepEqual(read({ keys: [fixtureKey('rsa'), decryptionKey] }), name);
  const qualified =
    '<NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion" NameQualifier="q" SPNameQualifier="s">x</NameID>';
  assert.deepEqual(read({}, {}, qualified), {
    value: 'x',
    nameQualifier: 'q',
    spNameQualifier: 's',
  });
});

test('nothing but a name is read', () => {
  const assertion = 'xmlns="urn:oasis:names:tc:SAML:2.0:assertion"';
  for (const plaintext of [`<BaseID ${assertion}/>`, `<Assertion ${assertion}/>`, '<NameID>x</NameID>']) {
    assert.throws(() => read({}, {}, plaintext), { code: 'plaintext-unexpected' });
  }
  assert.throws(() => read({}, {}, `<NameID ${assertion} Admin="1">x</NameID>`), {
    code: 'attribute-unexpected',
  });
});

test('CBC is for names that a signature covers, whatever else the peer is allowed', () => {
  const cbc: HandEncryption = { content: 'aes256-cbc' };
  assert.equal(read({ allow: ['cbc'] }, cbc).value, 'b.simon@contoso.example');
  assert.throws(() => read({}, cbc), { code: 'encryption-cbc' });
  assert.throws(() => read({ allow: ['cbc', 'cbc-unauthenticated'], ciphertext: 'unverified' }, cbc), {
    code: 'encryption-cbc-unauthenticated',
  });
});
