import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RoleName } from '../../access/roles.ts';
import { type Intent, whyNotChangeUser, whyNotRemoveRole } from './limits.ts';

const me = (...roles: RoleName[]) => ({ userId: 'me', roles });
const target = (id: string, roles: RoleName[], otherGlobalAdministrators = 1) => ({
  id,
  roles,
  otherGlobalAdministrators,
});
const intents: Intent[] = [{ deletes: true }, { disables: true }, { resetsPassword: true }, {}];

describe('Who may change whom', () => {
  test('a User Administrator changes people without a role in every way', () => {
    for (const intent of intents)
      assert.equal(whyNotChangeUser(me('User Administrator'), target('x', []), intent), null);
  });

  test('a User Administrator changes nobody with a role in any way', () => {
    for (const intent of intents)
      assert.match(
        whyNotChangeUser(me('User Administrator'), target('x', ['Global Reader']), intent) ?? '',
        /Only a Global Administrator/,
      );
  });

  test('a Global Administrator changes another one in every way', () => {
    for (const intent of intents)
      assert.equal(
        whyNotChangeUser(me('Global Administrator'), target('x', ['Global Administrator']), intent),
        null,
      );
  });

  test('the last Global Administrator is neither deleted nor disabled, but may be renamed and reset', () => {
    const last = target('x', ['Global Administrator'], 0);
    for (const intent of [{ deletes: true }, { disables: true }])
      assert.match(
        whyNotChangeUser(me('Global Administrator'), last, intent) ?? '',
        /last Global Administrator/,
      );
    for (const intent of [{ resetsPassword: true }, {}])
      assert.equal(whyNotChangeUser(me('Global Administrator'), last, intent), null);
  });

  test('everybody who keeps people may rename themselves, and no more', () => {
    const myself = target('me', ['User Administrator']);
    assert.equal(whyNotChangeUser(me('User Administrator'), myself, {}), null);
    for (const intent of intents.slice(0, 3))
      assert.notEqual(whyNotChangeUser(me('User Administrator'), myself, intent), null);
  });

  test('only the last holder keeps the role of Global Administrator', () => {
    assert.notEqual(whyNotRemoveRole('Global Administrator', 0), null);
    assert.equal(whyNotRemoveRole('Global Administrator', 1), null);
    assert.equal(whyNotRemoveRole('User Administrator', 0), null);
    assert.equal(whyNotRemoveRole(undefined, 0), null);
  });
});
