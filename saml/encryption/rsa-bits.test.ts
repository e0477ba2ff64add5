import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { fixtureKey } from '../fixtures/hand-signer.ts';
import { leastBits, rsaBits } from './rsa-bits.ts';

test('an RSA key is as long as its modulus, the private one as the public one', () => {
  for (const [name, bits] of [
    ['rsa', 2048],
    ['rsa-1024', 1024],
  ] as const) {
    const key = fixtureKey(name);
    assert.equal(rsaBits(key), bits);
    assert.equal(rsaBits(key), bits);
    assert.equal(rsaBits(createPublicKey(key)), bits);
  }
});

test('another key has no length that counts, not even one that is RSA for signatures alone', () => {
  assert.equal(rsaBits(fixtureKey('ec-p256')), 0);
  const { privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 1024 });
  assert.equal(rsaBits(privateKey), 0);
});

test('1024 bits are enough only by name', () => {
  assert.equal(leastBits(), 2048);
  assert.equal(leastBits(['cbc']), 2048);
  assert.equal(leastBits(['cbc', 'rsa-1024']), 1024);
});
