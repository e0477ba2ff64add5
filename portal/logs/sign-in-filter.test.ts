import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInFilter } from './sign-in-filter.ts';

const nothing = { text: '', outcome: 'any', since: '' } as const;

test('empty fields filter nothing', () => {
  assert.equal(signInFilter(nothing), '');
});

test('an id from an error page finds its request or its correlation', () => {
  const id = '0197AB12-0000-7000-8000-0000000000AB';
  assert.equal(
    signInFilter({ ...nothing, text: id }),
    `(id eq '${id.toLowerCase()}' or correlationId eq '${id.toLowerCase()}')`,
  );
});

test('any other text is the beginning of a name, its quotes doubled', () => {
  assert.equal(
    signInFilter({ ...nothing, text: "O'N" }),
    "(startswith(userDisplayName,'O''N') or startswith(userPrincipalName,'O''N'))",
  );
});

test('application, status and day are joined', () => {
  const filter = signInFilter({ text: '', outcome: 'failure', since: '2026-11-23', appId: 'a' });
  const midnight = new Date('2026-11-23T00:00:00').toISOString();
  assert.equal(filter, `appId eq 'a' and status/errorCode ne 0 and createdDateTime ge ${midnight}`);
  assert.equal(signInFilter({ ...nothing, outcome: 'success' }), 'status/errorCode eq 0');
});

test('half a date filters nothing', () => {
  assert.equal(signInFilter({ ...nothing, since: '2026-1' }), '');
});
