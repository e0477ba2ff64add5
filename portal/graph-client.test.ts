import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideTheField, GraphError, literal, patch, searchFor } from './graph-client.ts';

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

test('a change that comes after the end of the session is refused in words, without leaving the page', async (context) => {
  context.mock.method(globalThis, 'fetch', async () => new Response('', { status: 401 }));
  await assert.rejects(patch('/users/1', {}), (error) => {
    assert.ok(error instanceof GraphError);
    assert.equal(error.status, 401);
    assert.match(error.message, /session has ended.*still here/);
    return true;
  });
});
