import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateStanding } from './certificate-standing.ts';

const now = Date.parse('2026-11-23T12:00:00.000Z');

test('a certificate is called out sixty days before its end, and expired from its last instant on', () => {
  assert.equal(certificateStanding('2027-01-22T12:00:00.001Z', now), 'current');
  assert.equal(certificateStanding('2027-01-22T12:00:00.000Z', now), 'expiring');
  assert.equal(certificateStanding('2026-11-23T12:00:00.001Z', now), 'expiring');
  assert.equal(certificateStanding('2026-11-23T12:00:00.000Z', now), 'expired');
});
