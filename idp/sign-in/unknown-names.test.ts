import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnknownNames } from './unknown-names.ts';

const now = Date.parse('2026-11-23T12:00:00Z');

test('a name is locked by its tenth attempt, in any case, and no other name with it', () => {
  const names = new UnknownNames();
  for (let attempt = 0; attempt < 10; attempt++) assert.equal(names.takeAttempt('Ghost', now), true);
  assert.equal(names.takeAttempt('gHOST', now), false);
  assert.equal(names.takeAttempt('host', now), true);
  assert.equal(names.takeAttempt('ghost', now + 60_000), true);
});

test('names as long as a request fill no memory', () => {
  const names = new UnknownNames();
  const before = process.memoryUsage();
  for (let name = 0; name < 300; name++)
    names.takeAttempt(Buffer.alloc(1_000_000, `${name}.`).toString(), now);
  globalThis.gc?.();
  const after = process.memoryUsage();
  assert.ok(after.heapUsed - before.heapUsed < 100_000_000, `${after.heapUsed - before.heapUsed} octets`);
});
