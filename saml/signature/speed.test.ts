import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countersign, signaturesAlone } from '../bench/issuers.ts';
import { measure, ratio } from '../bench/measure.ts';
import { benchMessage, issueInput } from '../bench/messages.ts';
import { cryptographyAlone, validators } from '../bench/validators.ts';

// `npm run bench` has the figures. These are far from what it shows: they fail for a mistake in kind, not for a busy machine.
const how = { rounds: 5, milliseconds: 20 };
const now = Date.now();

test('validating costs a small multiple of the cryptography, and a small part of what others take', async (t) => {
  const message = await benchMessage(4, now);
  const all = validators('rsa').map(({ name, validate }) => ({ name, work: () => validate(message) }));
  const [limit, ours, nodeSaml] = await measure(
    [{ name: 'cryptography alone', work: cryptographyAlone(message, 'rsa') }, ...all],
    how,
  );
  assert.ok(limit !== undefined && ours !== undefined && nodeSaml !== undefined);
  t.diagnostic(
    `${ratio(ours, limit).toFixed(1)} times the cryptography, node-saml ${ratio(nodeSaml, ours).toFixed(0)} times as much`,
  );
  assert.ok(ratio(ours, limit) < 20);
  assert.ok(ratio(nodeSaml, ours) > 8);
});

test('validating costs no more per octet in a message fifty times as large', async (t) => {
  const [small, large] = await Promise.all([benchMessage(4, now), benchMessage(200, now)]);
  const [{ validate } = assert.fail()] = validators('rsa');
  const [first, second] = await measure(
    [
      { name: 'small', work: () => validate(small) },
      { name: 'large', work: () => validate(large) },
    ],
    how,
  );
  assert.ok(first !== undefined && second !== undefined);
  const growth = ratio(second, first) / (large.xml.length / small.xml.length);
  t.diagnostic(`${growth.toFixed(2)} times as much per octet`);
  assert.ok(growth < 2);
});

test('issuing costs little more than the bare signature', async (t) => {
  const [limit, ours] = await measure([signaturesAlone('rsa').onThePool, countersign(issueInput(now))], how);
  assert.ok(limit !== undefined && ours !== undefined);
  t.diagnostic(`${ratio(ours, limit).toFixed(2)} times the signature alone`);
  assert.ok(ratio(ours, limit) < 3);
});
