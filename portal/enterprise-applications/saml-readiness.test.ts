import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isConfigured, missingSettings } from './saml-readiness.ts';

const empty = {
  identifierUris: [],
  replyUrls: [],
  loginUrl: null,
  preferredSingleSignOnMode: 'saml' as const,
};
const full = {
  ...empty,
  identifierUris: ['https://perform.trakstar.com'],
  replyUrls: ['https://perform.trakstar.com/auth/saml/callback?namespace=contoso'],
};

test('identifier and reply URL are needed by every application', () => {
  assert.deepEqual(missingSettings(empty), [
    'Identifier (Entity ID)',
    'Reply URL (Assertion Consumer Service URL)',
  ]);
  assert.deepEqual(missingSettings(full), []);
});

test('an application that only starts sign-in itself needs its Sign on URL as well', () => {
  assert.deepEqual(missingSettings(full, { singleSignOnInitiation: 'sp' }), ['Sign on URL']);
  assert.deepEqual(missingSettings(full, { singleSignOnInitiation: 'both' }), []);
});

test('values alone do not make single sign-on: the method has to be chosen', () => {
  assert.equal(isConfigured(full), true);
  assert.equal(isConfigured({ ...full, preferredSingleSignOnMode: null }), false);
});
