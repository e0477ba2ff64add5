import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import type { Tables } from '../tables.ts';
import { errorOf, type Installation, install, valueOf } from '../testing/installation.ts';
import { assignedAppRoleIds, isAssigned } from './store.ts';

const defaultAccess = '00000000-0000-0000-0000-000000000000';
const trakstar = '8ef90b77-15ff-40d6-9990-2c9c5878b6ef';
const anyOther = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';
const userRole = '18d14569-c3bd-439b-9a66-3a2aee01d14f';

eachEngine<Tables>('Assignments', (openEmpty) => {
  let installation: Installation;
  let uma: string;
  let britta: string;
  let resourceId: string;
  let groupId: string;
  before(async () => {
    installation = await install(await openEmpty());
    const { as, administratorId, person } = installation;
    uma = await person('Uma', 'User Administrator');
    britta = await person('Britta');
    resourceId = await add('Trakstar', trakstar);
    const group = await as(uma, 'POST', '/groups', {
      displayName: 'Sales',
      mailNickname: 'sales',
      mailEnabled: false,
      securityEnabled: true,
    });
    groupId = String(group.body['id']);
    await as(administratorId, 'PATCH', `/servicePrincipals/${resourceId}`, {
      preferredSingleSignOnMode: 'saml',
    });
  });
  const add = async (displayName: string, template: string): Promise<string> => {
    const path = `/applicationTemplates/${template}/instantiate`;
    const answer = await installation.as(installation.administratorId, 'POST', path, { displayName });
    return (answer.body['servicePrincipal'] as Record<string, string>)['id'] ?? '';
  };
  const assign = (principalId: string, appRoleId = defaultAccess, to = resourceId) =>
    installation.as(uma, 'POST', `/servicePrincipals/${to}/appRoleAssignedTo`, {
      principalId,
      resourceId: to,
      appRoleId,
    });
  const unassign = (id: unknown) =>
    installation.as(uma, 'DELETE', `/servicePrincipals/${resourceId}/appRoleAssignedTo/${String(id)}`);
  const mayUse = () => isAssigned(installation.context.db.kysely, installation.tenantId, resourceId, britta);
  const tiles = async () => valueOf(await installation.as(britta, 'GET', '/me/appRoleAssignedResources'));
  const member = (method: 'POST' | 'DELETE') =>
    method === 'POST'
      ? installation.as(uma, 'POST', `/groups/${groupId}/members/$ref`, {
          '@odata.id': `https://id.contoso.example/v1.0/users/${britta}`,
        })
      : installation.as(uma, 'DELETE', `/groups/${groupId}/members/${britta}/$ref`);

  test('a person is let in directly, once, until the assignment is removed', async () => {
    assert.equal(await mayUse(), false);
    const assigned = await assign(britta);
    assert.equal(assigned.status, 201, JSON.stringify(assigned.body));
    assert.deepEqual(
      { ...assigned.body, '@odata.context': '', id: '', createdDateTime: '' },
      {
        '@odata.context': '',
        id: '',
        appRoleId: defaultAccess,
        createdDateTime: '',
        deletedDateTime: null,
        principalDisplayName: 'Britta',
        principalId: britta,
        principalType: 'User',
        resourceDisplayName: 'Trakstar',
        resourceId,
      },
    );
    const again = await assign(britta);
    assert.equal(again.status, 400);
    assert.match(errorOf(again).message, /already exists on the object/);
    assert.equal(await mayUse(), true);
    const listed = valueOf(await installation.as(uma, 'GET', `/users/${britta}/appRoleAssignments`));
    assert.deepEqual(
      listed.map((one) => one['id']),
      [assigned.body['id']],
    );
    assert.equal((await unassign(assigned.body['id'])).status, 204);
    assert.equal((await unassign(assigned.body['id'])).status, 404);
    assert.equal(await mayUse(), false);
  });

  test('a member is let in by the group, until leaving it', async () => {
    const assigned = await assign(groupId);
    assert.equal(assigned.body['principalType'], 'Group');
    assert.equal(await mayUse(), false);
    const colleague = await installation.person('Colleague');
    await installation.as(uma, 'POST', `/groups/${groupId}/members/$ref`, {
      '@odata.id': `https://id.contoso.example/v1.0/users/${colleague}`,
    });
    assert.equal(await mayUse(), false, "somebody else's membership");
    await member('POST');
    assert.equal(await mayUse(), true);
    const { kysely } = installation.context.db;
    assert.deepEqual(await assignedAppRoleIds(kysely, installation.tenantId, resourceId, britta), [
      defaultAccess,
    ]);
    assert.equal((await tiles()).length, 1);
    await member('DELETE');
    assert.equal(await mayUse(), false);
    assert.equal((await unassign(assigned.body['id'])).status, 204);
  });

  test('the tile is there for who is assigned, and gone while the application is hidden, disabled or not set up', async () => {
    const assigned = await assign(britta);
    const administrator = installation.administratorId;
    const patch = async (body: unknown) => {
      const answer = await installation.as(administrator, 'PATCH', `/servicePrincipals/${resourceId}`, body);
      assert.equal(answer.status, 204);
    };
    const [tile] = await tiles();
    assert.equal(tile?.['displayName'], 'Trakstar');
    assert.equal(
      tile['userAccessUrl'],
      `https://id.contoso.example/launch/${installation.tenantId}/${String(tile['appId'])}`,
    );
    for (const [off, on] of [
      [{ tags: ['HideApp'] }, { tags: [] }],
      [{ accountEnabled: false }, { accountEnabled: true }],
      [{ preferredSingleSignOnMode: null }, { preferredSingleSignOnMode: 'saml' }],
    ]) {
      await patch(off);
      assert.deepEqual(await tiles(), [], JSON.stringify(off));
      await patch(on);
      assert.equal((await tiles()).length, 1, JSON.stringify(on));
    }
    await patch({ appRoleAssignmentRequired: false });
    await unassign(assigned.body['id']);
    assert.deepEqual(await tiles(), [], 'a tile is for who is assigned, required or not');
    await patch({ appRoleAssignmentRequired: true });
  });

  test('Default Access is for applications without roles, a role for those that have it', async () => {
    const other = await add('Other', anyOther);
    const byDefault = await assign(britta, defaultAccess, other);
    assert.equal(byDefault.status, 400);
    assert.match(errorOf(byDefault).message, /choose one of User/);
    const unknown = await assign(britta, britta, other);
    assert.equal(unknown.status, 400);
    assert.match(errorOf(unknown).message, /was not found on application/);
    assert.equal((await assign(britta, userRole, other)).status, 201);
    const foreign = await assign(britta, userRole);
    assert.equal(foreign.status, 400, 'a role of another application');
  });

  test('both ends must exist, and the address must name the resource', async () => {
    const nobody = '01900000-0000-7000-8000-000000000000';
    assert.equal((await assign(nobody)).status, 404);
    assert.equal((await assign(britta, defaultAccess, nobody)).status, 404);
    const elsewhere = await installation.as(uma, 'POST', `/servicePrincipals/${nobody}/appRoleAssignedTo`, {
      principalId: britta,
      resourceId,
      appRoleId: defaultAccess,
    });
    assert.equal(elsewhere.status, 400);
    assert.deepEqual(
      errorOf(elsewhere).details?.map((detail) => detail.target),
      ['resourceId'],
    );
  });

  test("is made at any of Graph's three addresses", async () => {
    for (const path of [
      `/servicePrincipals/${resourceId}/appRoleAssignedTo`,
      `/servicePrincipals/${resourceId}/appRoleAssignments`,
      `/users/${britta}/appRoleAssignments`,
    ]) {
      const body = { principalId: britta, resourceId, appRoleId: defaultAccess };
      const assigned = await installation.as(uma, 'POST', path, body);
      assert.equal(assigned.status, 201, path);
      assert.equal(await mayUse(), true);
      assert.equal((await unassign(assigned.body['id'])).status, 204);
    }
    const other = { principalId: uma, resourceId, appRoleId: defaultAccess };
    const elsewhere = await installation.as(uma, 'POST', `/users/${britta}/appRoleAssignments`, other);
    assert.equal(elsewhere.status, 400);
  });

  test('an assignment is removed at its own application only', async () => {
    const assigned = await assign(britta);
    const other = await add('Another', anyOther);
    const wrong = await installation.as(
      uma,
      'DELETE',
      `/servicePrincipals/${other}/appRoleAssignedTo/${String(assigned.body['id'])}`,
    );
    assert.equal(wrong.status, 404);
    assert.equal(await mayUse(), true);
    assert.equal((await unassign(assigned.body['id'])).status, 204);
  });

  test('a deleted group lets nobody in any more', async () => {
    await assign(groupId);
    await member('POST');
    assert.equal(await mayUse(), true);
    assert.equal((await installation.as(uma, 'DELETE', `/groups/${groupId}`)).status, 204);
    assert.equal(await mayUse(), false);
    const left = valueOf(
      await installation.as(uma, 'GET', `/servicePrincipals/${resourceId}/appRoleAssignedTo`),
    );
    assert.deepEqual(left, []);
  });
});
