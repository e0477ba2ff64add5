import assert from 'node:assert/strict';
import { groupProperties, memberProperties } from '../directory/groups/properties.ts';
import * as groups from '../directory/groups/store.ts';
import { roleAssignmentProperties } from '../directory/roles/properties.ts';
import * as roles from '../directory/roles/store.ts';
import * as tenants from '../directory/tenants/store.ts';
import { userProperties } from '../directory/users/properties.ts';
import * as users from '../directory/users/store.ts';
import { directoryAuditProperties, signInProperties } from '../logs/properties.ts';
import * as logs from '../logs/store.ts';
import type { UserRow } from '../tables.ts';
import { beta } from './alpha-and-beta.ts';
import { all, audit, type Case, entry, fresh, renamed } from './tenancy-case.ts';

export const directoryCases: Record<string, Record<string, Case>> = {
  'logs/store.ts': {
    recordSignIn: [
      'adds',
      async ({ k, ids }) => {
        const row = await logs.findSignIn(k, beta, ids.signInId);
        assert.ok(row);
        await logs.recordSignIn(k, { ...row, id: fresh });
      },
    ],
    recordAudit: ['adds', ({ k }) => logs.recordAudit(k, beta, entry)],
    listSignIns: ['reads', ({ db }) => logs.listSignIns(db, beta, all(signInProperties))],
    findSignIn: ['reads', ({ k, ids }) => logs.findSignIn(k, beta, ids.signInId)],
    listDirectoryAudits: [
      'reads',
      ({ db }) => logs.listDirectoryAudits(db, beta, all(directoryAuditProperties)),
    ],
    findDirectoryAudit: ['reads', ({ k, ids }) => logs.findDirectoryAudit(k, beta, ids.auditId)],
  },
  'directory/tenants/store.ts': {
    verifiedDomains: ['reads', ({ k }) => tenants.verifiedDomains(k, beta)],
  },
  'directory/users/store.ts': {
    findUser: ['reads', ({ k, ids }) => users.findUser(k, beta, ids.userId)],
    findUserByName: ['reads', ({ k }) => users.findUserByName(k, beta, 'Beta.User@contoso.example')],
    listUsers: ['reads', ({ db }) => users.listUsers(db, beta, all(userProperties))],
    insertUser: [
      'adds',
      async ({ db, k, ids }) => {
        const row: UserRow | undefined = await users.findUser(k, beta, ids.userId);
        assert.ok(row);
        const added = { ...row, id: fresh, userPrincipalNameKey: 'new@contoso.example' };
        assert.equal(await users.insertUser(db, added, entry), true);
      },
    ],
    updateUser: [
      'changes',
      ({ db, ids }) =>
        users.updateUser(db, beta, ids.userId, (state) => {
          assert.match(JSON.stringify(state), /Beta/);
          assert.doesNotMatch(JSON.stringify(state), /Alpha/);
          assert.equal(state.otherGlobalAdministrators, 1);
          return { set: renamed, endsSessions: true, audit: [entry] };
        }),
    ],
    deleteUser: ['changes', ({ db, ids }) => users.deleteUser(db, beta, ids.userId, audit)],
    deleteSessionsOfUser: ['changes', ({ k, ids }) => users.deleteSessionsOfUser(k, beta, ids.userId)],
    changeOwnPassword: [
      'changes',
      async ({ db, ids }) => {
        const set = { passwordHash: 'before' };
        await users.updateUser(db, beta, ids.userId, () => ({ set, endsSessions: false, audit: [] }));
        const change = { from: 'before', passwordHash: 'x', at: 1 };
        assert.equal(await users.changeOwnPassword(db, beta, ids.userId, change, entry), true);
      },
    ],
    recordFailedSignIn: [
      'changes',
      ({ k, ids }) =>
        users.recordFailedSignIn(k, beta, ids.userId, { failedSignInCount: 9, lockedUntilDateTime: 9 }),
    ],
    clearFailedSignIns: [
      'changes',
      async ({ k, ids }) => {
        await users.recordFailedSignIn(k, beta, ids.userId, { failedSignInCount: 9, lockedUntilDateTime: 9 });
        await users.clearFailedSignIns(k, beta, ids.userId);
        assert.equal((await users.findUser(k, beta, ids.userId))?.failedSignInCount, 0);
        await users.deleteSessionsOfUser(k, beta, ids.userId);
      },
    ],
  },
  'directory/roles/store.ts': {
    rolesOf: [
      'changes',
      async ({ k, db, ids }) => {
        await users.deleteUser(db, beta, ids.userId, audit);
        assert.deepEqual(await roles.rolesOf(k, beta, ids.userId), []);
      },
    ],
    listRoleAssignments: [
      'reads',
      ({ db }) => roles.listRoleAssignments(db, beta, all(roleAssignmentProperties)),
    ],
    insertRoleAssignment: [
      'adds',
      ({ db, ids }) =>
        roles.insertRoleAssignment(
          db,
          { tenantId: beta, id: fresh, roleDefinitionId: 'r', principalId: ids.userId, createdDateTime: 1 },
          audit,
        ),
    ],
    deleteRoleAssignment: [
      'changes',
      ({ db, ids }) =>
        roles.deleteRoleAssignment(db, beta, ids.roleAssignmentId, ({ user, others }) => {
          assert.equal(user.displayName, 'Beta.User');
          assert.equal(others, 1);
          return entry;
        }),
    ],
    countOtherHolders: [
      'changes',
      async ({ k, db, ids }) => {
        await users.deleteUser(db, beta, ids.userId, audit);
        const role = '62e90394-69f5-4237-9190-012177145e10';
        assert.equal(await roles.countOtherHolders(k, beta, role, fresh), 1);
      },
    ],
  },
  'directory/groups/store.ts': {
    findGroup: ['reads', ({ k, ids }) => groups.findGroup(k, beta, ids.groupId)],
    listGroups: ['reads', ({ db }) => groups.listGroups(db, beta, all(groupProperties))],
    listGroupsOfUser: [
      'reads',
      ({ db, ids }) => groups.listGroupsOfUser(db, beta, ids.userId, all(groupProperties)),
    ],
    listMembers: ['reads', ({ db, ids }) => groups.listMembers(db, beta, ids.groupId, all(memberProperties))],
    insertGroup: [
      'adds',
      async ({ db, k, ids }) => {
        const row = await groups.findGroup(k, beta, ids.groupId);
        assert.ok(row);
        await groups.insertGroup(db, { ...row, id: fresh }, entry);
      },
    ],
    updateGroup: [
      'changes',
      ({ db, ids }) =>
        groups.updateGroup(db, beta, ids.groupId, (group) => {
          assert.equal(group.displayName, 'Beta group');
          return { set: renamed, audit: [entry] };
        }),
    ],
    deleteGroup: ['changes', ({ db, ids }) => groups.deleteGroup(db, beta, ids.groupId, audit)],
    insertMember: [
      'changes',
      async ({ db, ids }) => {
        await groups.deleteMember(db, beta, ids.groupId, ids.userId, audit);
        const again = () => ({ ...entry, id: fresh });
        assert.equal(await groups.insertMember(db, beta, ids.groupId, ids.userId, again), 'added');
      },
    ],
    deleteMember: ['changes', ({ db, ids }) => groups.deleteMember(db, beta, ids.groupId, ids.userId, audit)],
  },
};
