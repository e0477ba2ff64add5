import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockoutAfter } from './lockout.ts';

test('nine wrong passwords in a row lock nothing', () => {
  for (let failures = 0; failures < 10; failures++) assert.equal(lockoutAfter(failures), 0);
});

test('the tenth locks for a minute, and each further one at least as long as the one before', () => {
  assert.equal(lockoutAfter(10), 60_000);
  for (let failures = 11; failures < 40; failures++)
    assert.ok(lockoutAfter(failures) >= lockoutAfter(failures - 1));
  assert.ok(lockoutAfter(11) > lockoutAfter(10));
});

test('no lock is longer than an hour', () => {
  assert.equal(lockoutAfter(1_000_000), 3_600_000);
});
