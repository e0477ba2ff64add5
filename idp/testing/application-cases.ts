import assert from 'node:assert/strict';
import type { Kysely } from 'kysely';
import { applicationProperties, servicePrincipalProperties } from '../applications/properties.ts';
import * as applications from '../applications/store.ts';
import * as certificates from '../applications/certificates/store.ts';
import * as views from '../applications/views/store.ts';
import { appRoleAssignmentProperties } from '../assignments/properties.ts';
import * as assignments from '../assignments/store.ts';
import * as groups from '../directory/groups/store.ts';
import * as sessions from '../sign-in/session/store.ts';
import * as attempts from '../sign-in/store.ts';
import * as requests from '../sso/store.ts';
import type { Tables } from '../tables.ts';
import { beta, browserHash, handleHash, secretHash } from './alpha-and-beta.ts';
import { all, audit, type Case, entry, fresh, renamed } from './tenancy-case.ts';

export const applicationCases: Record<string, Record<string, Case>> = {
  'applications/store.ts': {
    findByIssuer: ['reads', ({ k }) => applications.findByIssuer(k, beta, 'https://perform.trakstar.com')],
    findByAppId: ['reads', ({ k, ids }) => applications.findByAppId(k, beta, ids.appId)],
    findByServicePrincipal: [
      'reads',
      ({ k, ids }) => applications.findByServicePrincipal(k, beta, ids.servicePrincipalId),
    ],
    findByApplication: ['reads', ({ k, ids }) => applications.findByApplication(k, beta, ids.applicationId)],
    findUris: [
      'reads',
      async ({ k, ids }) => {
        const uris = await applications.findUris(k, beta, [ids.applicationId]);
        return uris(ids.applicationId);
      },
    ],
    insertRegisteredApplication: [
      'adds',
      async ({ db, k, ids }) => {
        const known = await applications.findByApplication(k, beta, ids.applicationId);
        assert.ok(known);
        const { application, servicePrincipal } = known;
        const added = await applications.insertRegisteredApplication(
          db,
          {
            application: { ...application, id: fresh, appId: fresh },
            servicePrincipal: { ...servicePrincipal, id: fresh, appId: fresh, applicationId: fresh },
            identifierUris: ['https://beta.example'],
            replyUrls: known.replyUrls,
          },
          [entry],
        );
        assert.equal(added, true);
      },
    ],
    updateRegisteredApplication: [
      'changes',
      ({ db, ids }) =>
        applications.updateRegisteredApplication(
          db,
          beta,
          (k) => applications.findByApplication(k, beta, ids.applicationId),
          (state) => {
            assert.doesNotMatch(JSON.stringify(state), /Alpha/);
            assert.equal(state.certificates.length, 1);
            return {
              application: renamed,
              servicePrincipal: renamed,
              identifierUris: ['https://beta.example'],
              replyUrls: [],
              removedAppRoleIds: ['00000000-0000-0000-0000-000000000000'],
              audit: [entry],
            };
          },
        ),
    ],
    deleteRegisteredApplication: [
      'changes',
      ({ db, ids }) =>
        applications.deleteRegisteredApplication(
          db,
          beta,
          (k) => applications.findByApplication(k, beta, ids.applicationId),
          () => [entry],
        ),
    ],
  },
  'applications/certificates/store.ts': {
    listCertificates: [
      'reads',
      ({ k, ids }) => certificates.listCertificates(k, beta, ids.servicePrincipalId),
    ],
    listCertificatesOf: [
      'reads',
      ({ k, ids }) => certificates.listCertificatesOf(k, beta, [ids.servicePrincipalId]),
    ],
    certificatesForMetadata: [
      'changes',
      async ({ k, db, ids, now }) => {
        const published = () => certificates.certificatesForMetadata(k, beta, ids.servicePrincipalId, now);
        assert.equal((await published()).length, 1);
        const find = (trx: Kysely<Tables>) => applications.findByApplication(trx, beta, ids.applicationId);
        await applications.deleteRegisteredApplication(db, beta, find, () => [entry]);
        assert.deepEqual(await published(), []);
      },
    ],
  },
  'applications/views/store.ts': {
    listApplications: ['reads', ({ db }) => views.listApplications(db, beta, all(applicationProperties))],
    listServicePrincipals: [
      'reads',
      ({ db }) =>
        views.listServicePrincipals(db, beta, 'https://id.contoso.example', all(servicePrincipalProperties)),
    ],
    viewServicePrincipal: [
      'reads',
      async ({ k, ids }) => {
        const registered = await applications.findByApplication(k, beta, ids.applicationId);
        assert.ok(registered);
        return views.viewServicePrincipal(k, registered, { publicUrl: 'https://x.example', showsKeys: true });
      },
    ],
  },
  'assignments/store.ts': {
    isAssigned: [
      'changes',
      async ({ k, db, ids }) => {
        assert.equal(await assignments.isAssigned(k, beta, ids.servicePrincipalId, ids.userId), true);
        await groups.deleteMember(db, beta, ids.groupId, ids.userId, audit);
        assert.equal(await assignments.isAssigned(k, beta, ids.servicePrincipalId, ids.userId), false);
      },
    ],
    assignedAppRoleIds: [
      'changes',
      async ({ k, db, ids }) => {
        await groups.deleteGroup(db, beta, ids.groupId, audit);
        assert.deepEqual(
          await assignments.assignedAppRoleIds(k, beta, ids.servicePrincipalId, ids.userId),
          [],
        );
      },
    ],
    assignedResources: ['reads', ({ k, ids }) => assignments.assignedResources(k, beta, ids.userId)],
    listAppRoleAssignments: [
      'reads',
      ({ db, ids }) =>
        assignments.listAppRoleAssignments(
          db,
          beta,
          { resourceId: ids.servicePrincipalId },
          all(appRoleAssignmentProperties),
        ),
    ],
    insertAppRoleAssignment: [
      'adds',
      ({ db, ids }) =>
        assignments.insertAppRoleAssignment(
          db,
          {
            tenantId: beta,
            id: fresh,
            resourceId: ids.servicePrincipalId,
            principalId: ids.userId,
            appRoleId: fresh,
            createdDateTime: 1,
          },
          (state) => {
            assert.doesNotMatch(JSON.stringify(state), /Alpha/);
            return entry;
          },
        ),
    ],
    deleteAppRoleAssignment: [
      'changes',
      ({ db, ids }) =>
        assignments.deleteAppRoleAssignment(
          db,
          beta,
          ids.servicePrincipalId,
          ids.assignmentId,
          (assignment) => {
            assert.equal(assignment.principalDisplayName, 'Beta group');
            return entry;
          },
        ),
    ],
  },
  'sign-in/store.ts': {
    takeAttempt: ['changes', ({ k, ids, now }) => attempts.takeAttempt(k, beta, ids.userId, now)],
  },
  'sign-in/session/store.ts': {
    insertSession: [
      'adds',
      async ({ k }) => {
        const found = await sessions.findSession(k, beta, secretHash);
        assert.ok(found);
        await sessions.insertSession(k, { ...found.session, secretHash: 'another' });
      },
    ],
    findSession: ['reads', ({ k }) => sessions.findSession(k, beta, secretHash)],
    markSessionSeen: ['changes', ({ k }) => sessions.markSessionSeen(k, beta, secretHash, 1)],
    deleteSession: ['changes', ({ k }) => sessions.deleteSession(k, beta, secretHash)],
  },
  'sso/store.ts': {
    insertPendingRequest: [
      'adds',
      async ({ k }) => {
        const row = await requests.findPendingRequest(k, beta, handleHash);
        assert.ok(row);
        await requests.insertPendingRequest(k, {
          ...row,
          handleHash: 'another',
          browserHash: requests.noBrowserYet,
        });
      },
    ],
    findPendingRequest: ['reads', ({ k }) => requests.findPendingRequest(k, beta, handleHash)],
    bindPendingRequest: [
      'changes',
      async ({ k }) => {
        await k
          .updateTable('pendingRequests')
          .set({ browserHash: requests.noBrowserYet })
          .where('tenantId', '=', beta)
          .execute();
        await requests.bindPendingRequest(k, beta, handleHash, 'bound', true);
      },
    ],
    attachToPendingRequest: [
      'changes',
      ({ k, ids, now }) =>
        requests.attachToPendingRequest(
          k,
          beta,
          handleHash,
          browserHash,
          { userId: ids.userId, authenticationInstant: 1, authenticationMethods: [] },
          now,
        ),
    ],
    consumePendingRequest: [
      'changes',
      ({ k, now }) => requests.consumePendingRequest(k, beta, handleHash, now),
    ],
    putAccountPrompt: [
      'changes',
      ({ k, ids }) =>
        requests.putAccountPrompt(k, {
          tenantId: beta,
          browserHash,
          servicePrincipalId: ids.servicePrincipalId,
          expiresDateTime: 1,
        }),
    ],
    takeAccountPrompt: [
      'changes',
      ({ k, ids, now }) => requests.takeAccountPrompt(k, beta, browserHash, ids.servicePrincipalId, now),
    ],
  },
};
