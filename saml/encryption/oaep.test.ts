import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fixtureKey } from '../fixtures/hand-signer.ts';
import { type Oaep, type OaepHash, unwrapKey } from './oaep.ts';

const key = fixtureKey('sp');
const publicKey = createPublicKey(key);
const hashes: readonly OaepHash[] = ['sha1', 'sha256', 'sha384', 'sha512'];
const contentKey = Buffer.alloc(32, 'k');
const vectors: Record<string, string> = JSON.parse(
  readFileSync(new URL('../fixtures/oaep-by-openssl.json', import.meta.url), 'utf8'),
);
const byOpenssl = ({ digest, mask }: Oaep) => Buffer.from(vectors[`${digest} ${mask}`] ?? '', 'base64');

describe('a key that OpenSSL wrapped comes out under exactly its own two hashes', () => {
  for (const digest of hashes) {
    for (const mask of hashes) {
      test(`${digest} with the mask of ${mask}`, () => {
        const wrapped = byOpenssl({ digest, mask });
        assert.deepEqual(unwrapKey(wrapped, key, { digest, mask }, 32), contentKey);
        for (const other of hashes) {
          if (other !== digest) assert.equal(unwrapKey(wrapped, key, { digest: other, mask }, 32), undefined);
          if (other !== mask) assert.equal(unwrapKey(wrapped, key, { digest, mask: other }, 32), undefined);
        }
      });
    }
  }
});

test('keys of every length that fits come out, and none that does not', () => {
  // 2048 bits leave 256 octets, less two hashes and two octets.
  const longest = 256 - 2 * 20 - 2;
  for (const length of [0, 1, 16, 31, 32, 33, longest - 1, longest]) {
    const plain = Buffer.alloc(length, 7);
    const wrapped = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING }, plain);
    const sha1: Oaep = { digest: 'sha1', mask: 'sha1' };
    assert.deepEqual(unwrapKey(wrapped, key, sha1, length), plain);
    assert.equal(unwrapKey(wrapped, key, sha1, length + 1), undefined);
    if (length > 0) assert.equal(unwrapKey(wrapped, key, sha1, length - 1), undefined);
    assert.equal(unwrapKey(wrapped, key, sha1, longest + 1), undefined);
    assert.equal(unwrapKey(wrapped, key, { digest: 'sha512', mask: 'sha512' }, 256), undefined);
  }
});

test('what the modulus cannot have made is no key', () => {
  const sha1: Oaep = { digest: 'sha1', mask: 'sha1' };
  for (const octets of [
    Buffer.alloc(0),
    Buffer.alloc(255),
    Buffer.alloc(256),
    Buffer.alloc(256, 255),
    Buffer.alloc(257),
  ]) {
    assert.equal(unwrapKey(octets, key, sha1, 32), undefined);
  }
});

test('a changed bit anywhere in a wrapped key leaves no key', () => {
  const how: Oaep = { digest: 'sha256', mask: 'sha1' };
  const wrapped = byOpenssl(how);
  for (let at = 0; at < wrapped.length; at += 5) {
    const changed = Buffer.from(wrapped);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    assert.equal(unwrapKey(changed, key, how, 32), undefined, `octet ${at}`);
  }
});
