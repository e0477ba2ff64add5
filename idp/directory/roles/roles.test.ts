import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import type { Tables } from '../../tables.ts';
import { errorOf, type Installation, install, valueOf } from '../../testing/installation.ts';

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const globalReader = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const path = '/roleManagement/directory/roleAssignments';

eachEngine<Tables>('Administrator roles over the API', (openEmpty) => {
  let installation: Installation;
  before(async () => {
    installation = await install(await openEmpty());
  });
  const give = (roleDefinitionId: string, principalId: string) =>
    installation.as(installation.administratorId, 'POST', path, {
      roleDefinitionId,
      principalId,
      directoryScopeId: '/',
    });

  test('the five roles are there under their names and ids', async () => {
    const roles = valueOf(
      await installation.as(installation.administratorId, 'GET', '/roleManagement/directory/roleDefinitions'),
    );
    assert.equal(roles.length, 5);
    assert.deepEqual(
      roles.map((role) => role['displayName']),
      [
        'Global Administrator',
        'Application Administrator',
        'Cloud Application Administrator',
        'User Administrator',
        'Global Reader',
      ],
    );
  });

  test('a role is given once, shown to its holder, and taken away', async () => {
    const { as, administratorId, person } = installation;
    const rita = await person('Rita');
    const given = await give(globalReader, rita);
    assert.equal(given.status, 201, JSON.stringify(given.body));
    assert.equal((await give(globalReader, rita)).status, 400);
    const mine = valueOf(await as(rita, 'GET', '/me/transitiveMemberOf/microsoft.graph.directoryRole'));
    assert.deepEqual(
      mine.map((role) => role['roleTemplateId']),
      [globalReader],
    );
    const removed = await as(administratorId, 'DELETE', `${path}/${String(given.body['id'])}`);
    assert.equal(removed.status, 204);
    assert.deepEqual(
      valueOf(await as(rita, 'GET', '/me/transitiveMemberOf/microsoft.graph.directoryRole')),
      [],
    );
    assert.equal((await as(administratorId, 'DELETE', `${path}/${String(given.body['id'])}`)).status, 404);
  });

  test('an unknown role and an unknown person are not found', async () => {
    const nobody = '01900000-0000-7000-8000-000000000000';
    assert.equal((await give(globalReader, nobody)).status, 404);
    assert.equal((await give(nobody, installation.administratorId)).status, 404);
  });

  test('the last Global Administrator who can sign in keeps the role, and cannot be deleted', async () => {
    const { as, administratorId, person } = installation;
    const assignmentOf = async (id: string) => {
      const [assignment] = valueOf(
        await as(
          administratorId,
          'GET',
          `${path}?$filter=principalId eq '${id}' and roleDefinitionId eq '${globalAdministrator}'`,
        ),
      );
      return `${path}/${String(assignment?.['id'])}`;
    };
    const alone = await as(administratorId, 'DELETE', await assignmentOf(administratorId));
    assert.equal(alone.status, 403);
    assert.match(errorOf(alone).message, /last Global Administrator/);

    const gail = await person('Gail', 'Global Administrator');
    assert.equal(
      (await as(administratorId, 'PATCH', `/users/${gail}`, { accountEnabled: false })).status,
      204,
    );
    const withDisabled = await as(administratorId, 'DELETE', await assignmentOf(administratorId));
    assert.equal(withDisabled.status, 403, 'somebody who cannot sign in does not count');

    assert.equal(
      (await as(administratorId, 'PATCH', `/users/${gail}`, { accountEnabled: true })).status,
      204,
    );
    const withAnother = await as(gail, 'DELETE', await assignmentOf(administratorId));
    assert.equal(withAnother.status, 204);
    assert.equal((await as(administratorId, 'GET', '/users')).status, 403);
    const herself = await as(gail, 'DELETE', `/users/${gail}`);
    assert.equal(herself.status, 403);
  });

  test('two Global Administrators who take the role from each other at one moment do not both succeed', async () => {
    const world = await install(await openEmpty());
    const gail = await world.person('Gail', 'Global Administrator');
    const assignments = valueOf(await world.as(gail, 'GET', path));
    const answers = await Promise.all(
      assignments.map((assignment) => {
        const holder = String(assignment['principalId']);
        const other = holder === gail ? world.administratorId : gail;
        return world.as(other, 'DELETE', `${path}/${String(assignment['id'])}`);
      }),
    );
    const left = await world.context.db.kysely.selectFrom('roleAssignments').selectAll().execute();
    assert.equal(left.length, 1, answers.map(({ status }) => status).join(', '));
  });

  test('two Global Administrators who delete or disable each other at one moment do not both succeed', async () => {
    for (const [method, body] of [
      ['DELETE', undefined],
      ['PATCH', { accountEnabled: false }],
    ] as const) {
      const world = await install(await openEmpty());
      const gail = await world.person('Gail', 'Global Administrator');
      const answers = await Promise.all([
        world.as(gail, method, `/users/${world.administratorId}`, body),
        world.as(world.administratorId, method, `/users/${gail}`, body),
      ]);
      const left = await world.context.db.kysely
        .selectFrom('users')
        .select('id')
        .where('accountEnabled', '=', 1)
        .execute();
      assert.equal(left.length, 1, `${method}: ${answers.map(({ status }) => status).join(', ')}`);
    }
  });
});
