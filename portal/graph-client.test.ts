import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideTheField, literal, searchFor } from './graph-client.ts';

test('beside a field a refusal does not repeat which property it is about', () => {
  assert.equal(
    besideTheField(
      "Invalid value for property 'web.redirectUris.1': must begin with https:// (http:// is for localhost only).",
    ),
    'Must begin with https:// (http:// is for localhost only).',
  );
  const taken = 'Another object with the same value for property identifierUris already exists.';
  assert.equal(besideTheField(taken), taken);
});

test('a literal of a filter doubles its quotes before it goes into an address', () => {
  assert.equal(decodeURIComponent(literal("O'Neil & Co")), "'O''Neil & Co'");
  assert.doesNotMatch(literal('a&b'), /&/);
});

test('a search looks into each property and cannot leave its quotes', () => {
  assert.equal(
    decodeURIComponent(searchFor(['displayName', 'userPrincipalName'], 'a"b\\')),
    '"displayName:a\\"b\\\\" OR "userPrincipalName:a\\"b\\\\"',
  );
});
