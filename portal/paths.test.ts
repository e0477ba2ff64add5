import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, paths } from './paths.ts';

test('the parameters of an address are filled in and encoded', () => {
  assert.equal(addressOf('home'), '/admin');
  assert.equal(
    addressOf('user', { userId: 'B.Simon@contoso.example' }),
    '/admin/users/B.Simon%40contoso.example',
  );
  assert.equal(
    addressOf('addAssignment', { servicePrincipalId: 'a/b' }),
    '/admin/enterprise-applications/a%2Fb/users-and-groups/add',
  );
});

test('no two pages share an address, and each lies where the server hands out the portal', () => {
  const all = Object.values(paths);
  assert.equal(new Set(all).size, all.length);
  for (const path of all) assert.match(path, /^\/(admin|my-apps)(\/|$)/);
});
