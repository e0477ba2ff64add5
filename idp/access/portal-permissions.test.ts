import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Capability, capabilities } from '../../portal/shell/permissions.ts';
import { type Operation, rolesFor } from './permissions.ts';

/** The operations behind each thing the portal greys out. */
const operations: Record<Capability, Operation[]> = {
  manageApplications: [
    'applicationTemplates.instantiate',
    'applications.update',
    'applications.delete',
    'servicePrincipals.update',
    'servicePrincipals.delete',
    'servicePrincipals.addTokenSigningCertificate',
  ],
  assignApplications: ['appRoleAssignments.create', 'appRoleAssignments.delete'],
  manageUsers: ['users.create', 'users.update', 'users.delete'],
  manageGroups: ['groups.create', 'groups.update', 'groups.delete', 'groups.updateMembers'],
  manageRoles: ['roles.assign'],
  readLogs: ['signIns.read', 'directoryAudits.read'],
};

for (const [capability, named] of Object.entries(operations) as [Capability, Operation[]][])
  test(`the portal greys out what the API refuses: ${capability}`, () => {
    for (const operation of named)
      assert.deepEqual([...capabilities[capability]].sort(), [...rolesFor(operation)].sort(), operation);
  });
