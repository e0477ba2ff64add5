import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities, permissionFor } from './permissions.ts';

test('a User Administrator manages users but not applications', () => {
  assert.deepEqual(permissionFor('manageUsers', ['User Administrator']), { allowed: true });
  assert.deepEqual(permissionFor('manageApplications', ['User Administrator']), {
    allowed: false,
    reason:
      'Your role (User Administrator) may not add or change applications. It takes Global Administrator, Application Administrator or Cloud Application Administrator.',
  });
});

test('a Cloud Application Administrator manages applications but not users', () => {
  assert.equal(permissionFor('manageApplications', ['Cloud Application Administrator']).allowed, true);
  assert.equal(permissionFor('manageUsers', ['Cloud Application Administrator']).allowed, false);
});

test('one of several roles is enough', () => {
  assert.equal(permissionFor('manageUsers', ['Global Reader', 'User Administrator']).allowed, true);
});

test('somebody without a role is told which role it takes', () => {
  assert.deepEqual(permissionFor('manageRoles', []), {
    allowed: false,
    reason: 'You hold no administrator role. To assign administrator roles takes Global Administrator.',
  });
});

test('while the roles are not known yet nothing is greyed', () => {
  for (const capability of Object.keys(capabilities) as (keyof typeof capabilities)[]) {
    assert.deepEqual(permissionFor(capability, undefined), { allowed: true });
  }
});
