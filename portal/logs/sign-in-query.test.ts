import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInQuery } from './sign-in-query.ts';

const nothing = { text: '', outcome: 'any', since: '' } as const;
const read = (query: string) => new URLSearchParams(query.slice(1));

test('empty fields ask for everything', () => {
  assert.equal(signInQuery(nothing), '');
});

test('an id from an error page finds its request or its correlation', () => {
  const id = '0197ab12-0000-7000-8000-0000000000ab';
  const query = read(signInQuery({ ...nothing, text: id.toUpperCase() }));
  assert.equal(query.get('$filter'), `(id eq '${id}' or correlationId eq '${id}')`);
  assert.equal(query.get('$search'), null);
});

test('any other text is searched for in names and addresses, its quotes escaped', () => {
  const query = read(signInQuery({ ...nothing, text: 'B."S' }));
  assert.equal(
    query.get('$search'),
    '"userDisplayName:B.\\"S" OR "userPrincipalName:B.\\"S" OR "appDisplayName:B.\\"S" OR "ipAddress:B.\\"S"',
  );
});

test('application, status and day are joined', () => {
  const midnight = new Date('2026-11-23T00:00:00').toISOString();
  const query = read(signInQuery({ text: '', outcome: 'failure', since: '2026-11-23', appId: 'a' }));
  assert.equal(
    query.get('$filter'),
    `appId eq 'a' and outcome eq 'failure' and createdDateTime ge ${midnight}`,
  );
});

test('half a date filters nothing', () => {
  assert.equal(signInQuery({ ...nothing, since: '2026-1' }), '');
});
