import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { createPublicKey } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { encryptedNameId, encryptedResponse } from '../fixtures/encryption-parts.ts';
import { encryptedText, type HandEncryption } from '../fixtures/hand-encrypter.ts';
import { fixtureKey } from '../fixtures/hand-signer.ts';
import { rejectedEncryption } from '../fixtures/rejected-encryption.ts';
import * as given from '../fixtures/web-sso.ts';
import { limits } from '../limits.ts';
import { acceptResponse } from '../profiles/accept-response.ts';
import { reject, SamlRejection } from '../rejection.ts';
import { readXml } from '../xml/reader.ts';
import type { XmlElement } from '../xml/tree.ts';
import { decrypt, type Decryption } from './decrypt.ts';

const keys = [fixtureKey('sp')];
const expected = { namespace: 'urn:x', local: 'secret' };
const plaintext = '<secret xmlns="urn:x">1</secret>';

const elementOf = (text: string): XmlElement => readXml(Buffer.from(text), limits.message).root;
const open = (shape: HandEncryption, how: Partial<Decryption> = {}, text: string | Buffer = plaintext) =>
  decrypt(
    elementOf(encryptedText(text, shape)),
    expected,
    { keys, ciphertext: 'unverified', recentFailures: 0, ...how },
    ({ root }) => root.local,
  );

const both: CompatibilitySwitch[] = ['cbc', 'cbc-unauthenticated'];
const cbc: HandEncryption = { content: 'aes128-cbc' };

/** What is thrown, without its stack. */
function refusal(work: () => unknown): {
  code: string;
  expected: unknown;
  actual: unknown;
  message: string;
  cause: unknown;
} {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof SamlRejection, String(error));
    return {
      code: error.code,
      expected: error.expected,
      actual: error.actual,
      message: error.message,
      cause: error.cause,
    };
  }
  return assert.fail('nothing was refused');
}

describe('a failure to decrypt says nothing about itself', () => {
  /** In CBC mode with the cipher that the message itself names, so that it can be counted. */
  const bare = (message: string) => {
    const cbcBits = /xmlenc#aes(\d+)-cbc"/.exec(message)?.[1];
    return refusal(() =>
      reject('decryption-failed', cbcBits === undefined ? {} : { actual: `aes-${cbcBits}-cbc` }),
    );
  };
  for (const [name, { message, case: how }] of Object.entries(
    rejectedEncryption['decryption-failed'] ?? {},
  )) {
    test(name, () => {
      assert.ok(how.reads === 'response');
      const octets = Buffer.from(message);
      const input = given.acceptInput(
        { binding: 'post', parameter: 'SAMLResponse', octets },
        {
          identityProvider: {
            entityId: given.identityProvider,
            certificates: [given.certificate],
            allow: how.allow ?? [],
            recentDecryptionFailures: how.recentDecryptionFailures ?? 0,
          },
          serviceProvider: {
            entityId: given.serviceProvider,
            assertionConsumerServiceUrl: given.replyUrl,
            decryptionKeys: keys,
          },
        },
      );
      assert.deepEqual(
        refusal(() => acceptResponse(input)),
        bare(String(message)),
      );
    });
  }
});

describe('what reading the plaintext refuses', () => {
  const decryptTo = (shape: HandEncryption, how: Partial<Decryption>, fail: () => never) =>
    decrypt(
      elementOf(encryptedText(plaintext, shape)),
      expected,
      { keys, ciphertext: 'unverified', recentFailures: 0, ...how },
      fail,
    );
  const fail = (): never => reject('signature-invalid', { expected: 'e', actual: 'a' });

  test('is told where an authenticated cipher keeps the ciphertext from being changed', () => {
    assert.throws(() => decryptTo({}, {}, fail), { code: 'signature-invalid' });
    assert.throws(() => decryptTo({}, { ciphertext: 'verified' }, fail), { code: 'signature-invalid' });
  });

  test('is not told where CBC can be played with, by anybody or by the peer that signed', () => {
    const failed = { code: 'decryption-failed', expected: undefined, actual: 'aes-128-cbc' };
    assert.throws(() => decryptTo(cbc, { allow: both }, fail), failed);
    assert.throws(() => decryptTo(cbc, { allow: both, ciphertext: 'verified' }, fail), failed);
    assert.throws(() => decryptTo(cbc, { allow: ['cbc'], ciphertext: 'verified' }, fail), failed);
  });

  test('a fault of our own is no refusal in either case', () => {
    const fault = (): never => {
      throw new RangeError('ours');
    };
    assert.throws(() => decryptTo({}, {}, fault), RangeError);
    assert.throws(() => decryptTo(cbc, { allow: both }, fault), RangeError);
  });
});

test("CBC needs its name, a second one where nobody vouches for it, and in either case that peer's failures below fifty", () => {
  for (const content of ['aes128-cbc', 'aes256-cbc'] as const) {
    const attempt = (how: Partial<Decryption>) => () => open({ content }, how);
    assert.throws(attempt({}), { code: 'encryption-cbc' });
    assert.throws(attempt({ ciphertext: 'verified' }), { code: 'encryption-cbc' });
    assert.throws(attempt({ allow: ['cbc-unauthenticated'] }), { code: 'encryption-cbc' });
    assert.throws(attempt({ allow: ['cbc'] }), { code: 'encryption-cbc-unauthenticated' });
    assert.equal(attempt({ allow: ['cbc'], ciphertext: 'verified' })(), 'secret');
    assert.equal(attempt({ allow: both })(), 'secret');
    assert.equal(attempt({ allow: both, recentFailures: 49 })(), 'secret');
    for (const [recentFailures, actual] of [
      [50, '50'],
      [Number.NaN, 'NaN'],
    ] as const) {
      const blocked = { code: 'decryption-peer-blocked', expected: 'fewer than 50', actual };
      assert.throws(attempt({ allow: both, recentFailures }), blocked);
      assert.throws(attempt({ allow: ['cbc'], recentFailures, ciphertext: 'verified' }), blocked);
    }
    const element = elementOf(encryptedText(plaintext, { content }));
    assert.throws(
      () => decrypt(element, expected, { keys, ciphertext: 'verified', allow: ['cbc'] }, () => 0),
      { code: 'decryption-peer-blocked', actual: 'NaN' },
    );
  }
  assert.equal(open({}, { allow: both, recentFailures: 50 }), 'secret');
});

test('a public key is a mistake of the caller, found before anything is decrypted', () => {
  const publicKey = createPublicKey(fixtureKey('sp'));
  const mistake = { name: 'TypeError', message: 'A decryption key is a private key.' };
  assert.throws(() => open({}, { keys: [publicKey] }), mistake);
  assert.throws(() => open({}, { keys: [...keys, publicKey] }), mistake);
});

test('a wrapped key for somebody else never keeps ours from being tried, whatever CBC makes of it', () => {
  const strangers = Array.from({ length: 7 }, () => ({ key: 'rsa-other' as const }));
  for (let i = 0; i < 30; i++) {
    assert.equal(
      open({ ...cbc, keys: [...strangers, {}] }, { allow: both }, `${plaintext}${' '.repeat(i)}`),
      'secret',
    );
  }
});

test('prefixes declared around the ciphertext reach its plaintext only by name', () => {
  const around = (how: Partial<Decryption>) => {
    const text = encryptedText('<p:secret q:a="1"/>').replace(
      '<EncryptedAssertion ',
      '<EncryptedAssertion xmlns:p="urn:x" xmlns:q="urn:q" ',
    );
    return decrypt(
      elementOf(text),
      expected,
      { keys, ciphertext: 'unverified', ...how },
      ({ root }) => root.attributes,
    );
  };
  assert.throws(() => around({}), { code: 'xml-namespace-undeclared' });
  assert.deepEqual(around({ allow: ['inherited-namespaces'] }), [
    { namespace: 'urn:q', local: 'a', prefix: 'q', value: '1' },
  ]);
  assert.equal(open({}, { allow: ['inherited-namespaces'] }), 'secret');
});

test('the plaintext is a document under the limits of a message', () => {
  const deep = `<secret xmlns="urn:x">${'<a>'.repeat(63)}${'</a>'.repeat(63)}</secret>`;
  assert.equal(open({}, {}, deep), 'secret');
  assert.throws(
    () => open({}, {}, `<secret xmlns="urn:x">${'<a>'.repeat(64)}${'</a>'.repeat(64)}</secret>`),
    {
      code: 'xml-too-deep',
    },
  );
  const wide = `<secret xmlns="urn:x">${'<a/>'.repeat(5_000)}</secret>`;
  assert.throws(() => open({}, {}, wide), { code: 'xml-too-many-elements' });
});

test('CBC padding counts itself alone', () => {
  const padded = (count: number, fill: number) => {
    const text = plaintext + ' '.repeat((16 - ((plaintext.length + count) % 16)) % 16);
    return Buffer.concat([Buffer.from(text), Buffer.alloc(count - 1, fill), Buffer.of(count)]);
  };
  for (let count = 1; count <= 16; count++) {
    for (const fill of [0, count, 0xff]) {
      assert.equal(
        open({ ...cbc, unpadded: true }, { allow: both }, padded(count, fill)),
        'secret',
        `${count}`,
      );
    }
  }
});

/** A message of each kind, whose octets are changed in the values of base64 and put back. */
const messages = {
  'an assertion in GCM': {
    message: encryptedResponse({ content: 'aes128-gcm' }).message,
    allow: [],
    actual: undefined,
  },
  'an assertion in CBC': { message: encryptedResponse(cbc).message, allow: both, actual: 'aes-128-cbc' },
  'an assertion in GCM under the mask of SHA-1': {
    message: encryptedResponse({ keys: [{ digest: 'sha256' }] }).message,
    allow: [],
    actual: undefined,
  },
} as const;

describe('a changed octet of a vector, a ciphertext, a tag or a wrapped key signs nobody in', () => {
  for (const [what, { message, allow, actual }] of Object.entries(messages)) {
    test(what, () => {
      const values = [...message.matchAll(/<xenc:CipherValue>([^<]*)</g)].map(([, value = '']) => value);
      assert.equal(values.length, 2);
      fc.assert(
        fc.property(
          fc.nat({ max: 1 }),
          fc.nat({ max: 100_000 }),
          fc.integer({ min: 1, max: 255 }),
          (which, at, mask) => {
            const value = values[which] ?? '';
            const octets = Buffer.from(value, 'base64');
            octets[at % octets.length] = (octets[at % octets.length] ?? 0) ^ mask;
            const changed = message.replace(value, octets.toString('base64'));
            assert.throws(
              () =>
                acceptResponse(
                  given.acceptInput(given.posted(changed), {
                    identityProvider: {
                      entityId: given.identityProvider,
                      certificates: [given.certificate],
                      allow,
                      recentDecryptionFailures: 0,
                    },
                    serviceProvider: {
                      entityId: given.serviceProvider,
                      assertionConsumerServiceUrl: given.replyUrl,
                      decryptionKeys: keys,
                    },
                  }),
                ),
              { code: 'decryption-failed', expected: undefined, actual },
            );
          },
        ),
        { numRuns: 300 },
      );
    });
  }
});

test('one octet more or less than there is decrypts to nothing', () => {
  for (const content of ['aes128-gcm', 'aes256-gcm'] as const) {
    assert.throws(() => open({ content, octets: (octets) => octets.subarray(0, -1) }), {
      code: 'decryption-failed',
    });
    assert.throws(() => open({ content, octets: (octets) => octets.subarray(1) }), {
      code: 'decryption-failed',
    });
    assert.throws(() => open({ content, octets: (octets) => Buffer.concat([octets, Buffer.of(0)]) }), {
      code: 'decryption-failed',
    });
  }
});

test('an empty plaintext is one that was decrypted: 28 octets are enough for that, and no document', () => {
  assert.throws(() => open({}, {}, ''), { code: 'xml-malformed' });
  assert.throws(() => open({ octets: (octets) => octets.subarray(0, 27) }, {}, ''), {
    code: 'decryption-failed',
  });
});

test('the name inside an EncryptedID is read with the keys that are given', () => {
  const element = elementOf(encryptedNameId({ declared: 'here' }));
  assert.equal(element.local, 'EncryptedID');
  const read = (decryption: Partial<Decryption>) =>
    decrypt(
      element,
      { namespace: 'urn:oasis:names:tc:SAML:2.0:assertion', local: 'NameID' },
      { keys: [fixtureKey('rsa'), ...keys], ciphertext: 'verified', ...decryption },
      ({ root }) => root.children,
    );
  assert.deepEqual(read({}), ['b.simon@contoso.example']);
  assert.throws(() => read({ keys: [] }), { code: 'decryption-key-missing', actual: 'EncryptedID' });
});
