import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activeCertificate } from './active-certificate.ts';

const newest = { thumbprint: 'B1' };
const first = { thumbprint: 'A1' };

test('of several certificates the active one is shown and downloaded, wherever it stands in the list', () => {
  const active = { preferredTokenSigningKeyThumbprint: 'A1' };
  assert.equal(activeCertificate(active, [newest, first]), first);
  assert.equal(activeCertificate(active, [first, newest]), first);
});

test('where none is named the first one is, and without any there is none', () => {
  const unnamed = { preferredTokenSigningKeyThumbprint: null };
  assert.equal(activeCertificate(unnamed, [newest, first]), newest);
  assert.equal(activeCertificate(unnamed, []), undefined);
});
