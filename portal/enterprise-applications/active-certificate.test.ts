import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activeCertificate } from './active-certificate.ts';

const now = Date.parse('2026-11-23T12:00:00.000Z');
const from = (thumbprint: string, startDateTime: string, endDateTime: string) => ({
  thumbprint,
  startDateTime,
  endDateTime,
});
const newest = from('B1', '2026-06-01T00:00:00.000Z', '2029-06-01T00:00:00.000Z');
const first = from('A1', '2026-01-01T00:00:00.000Z', '2029-01-01T00:00:00.000Z');
const expired = from('X1', '2023-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z');

test('of several certificates the active one is shown and downloaded, wherever it stands in the list', () => {
  const active = { preferredTokenSigningKeyThumbprint: 'A1' };
  assert.equal(activeCertificate(active, [newest, first], now), first);
  assert.equal(activeCertificate(active, [first, newest], now), first);
});

test('once the active one has expired, the newest valid one is, because that one signs', () => {
  const active = { preferredTokenSigningKeyThumbprint: 'X1' };
  assert.equal(activeCertificate(active, [expired, first, newest], now), newest);
  assert.equal(activeCertificate(active, [expired], now), expired);
});

test('where none is named a valid one is, and without any there is none', () => {
  const unnamed = { preferredTokenSigningKeyThumbprint: null };
  assert.equal(activeCertificate(unnamed, [newest, first], now), newest);
  assert.equal(activeCertificate(unnamed, [expired], now), expired);
  assert.equal(activeCertificate(unnamed, [], now), undefined);
});
