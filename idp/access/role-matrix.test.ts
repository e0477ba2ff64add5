import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import Fastify from 'fastify';
import type { Tables } from '../tables.ts';
import { errorOf, type Installation, install } from '../testing/installation.ts';
import { declareAccess } from './api.ts';
import { permissions } from './permissions.ts';
import { isAdministrator, type RoleName, roleDefinitions, roleNames } from './roles.ts';

/** Who may do what, written down a second time: a change of the permissions table must be meant twice. */
const letters: Record<string, RoleName> = {
  G: 'Global Administrator',
  A: 'Application Administrator',
  C: 'Cloud Application Administrator',
  U: 'User Administrator',
  R: 'Global Reader',
};
const expected: Record<string, string> = {
  'me.read': 'everyone',
  'me.readRoles': 'everyone',
  'me.readAssignedResources': 'everyone',
  'organization.read': 'everyone',
  'domains.read': 'GACUR',
  'users.read': 'GACUR',
  'users.create': 'GU',
  'users.update': 'GU',
  'users.delete': 'GU',
  'groups.read': 'GACUR',
  'groups.create': 'GU',
  'groups.update': 'GU',
  'groups.delete': 'GU',
  'groups.updateMembers': 'GU',
  'roles.read': 'GACUR',
  'roles.assign': 'G',
  'applicationTemplates.read': 'GACUR',
  'applicationTemplates.instantiate': 'GAC',
  'applications.read': 'GACUR',
  'applications.update': 'GAC',
  'applications.delete': 'GAC',
  'servicePrincipals.read': 'GACUR',
  'servicePrincipals.update': 'GAC',
  'servicePrincipals.delete': 'GAC',
  'servicePrincipals.addTokenSigningCertificate': 'GAC',
  'appRoleAssignments.read': 'GACUR',
  'appRoleAssignments.create': 'GACU',
  'appRoleAssignments.delete': 'GACU',
  'signIns.read': 'GACR',
  'directoryAudits.read': 'GACR',
};

eachEngine<Tables>('The role matrix', (openEmpty) => {
  let installation: Installation;
  const people = new Map<string, string | null>();
  before(async () => {
    installation = await install(await openEmpty());
    for (const role of roleNames) people.set(role, await installation.person(role.replaceAll(' ', ''), role));
    people.set('member', await installation.person('Member'));
    people.set('anonymous', null);
  });

  test('knows the operation of every route, and a route for every operation', () => {
    const declared = new Set(installation.routes.map(({ access }) => String(access)));
    assert.ok(installation.routes.length >= 35, `only ${installation.routes.length} routes were seen`);
    assert.deepEqual([...declared].sort(), Object.keys(expected).sort());
    assert.deepEqual(Object.keys(permissions).sort(), Object.keys(expected).sort());
  });

  for (const who of [...roleNames, 'member', 'anonymous'])
    test(`lets ${who} do over HTTP exactly what it says`, async () => {
      for (const { method, url, access } of installation.routes) {
        const path = url
          .replaceAll(/:[A-Za-z]+/g, '01900000-0000-7000-8000-00000000dead')
          .replace(/^\/v1\.0/, '');
        const body = method === 'POST' || method === 'PATCH' ? {} : undefined;
        const answer = await installation.as(people.get(who) ?? null, method, path, body);
        const meant = meaning(String(access), who);
        // Whoever may do it gets as far as the request's own faults: an empty body, an id that does not exist.
        const got = answer.status === 401 || answer.status === 403 ? answer.status : 'allowed';
        assert.equal(got, meant, `${who}: ${method} ${url} (${String(access)}) answered ${answer.status}`);
        assert.ok(answer.status < 500, `${method} ${url} answered ${answer.status}`);
        if (answer.status === 403) assert.equal(errorOf(answer).code, 'Authorization_RequestDenied');
        if (answer.status === 401) assert.equal(errorOf(answer).code, 'InvalidAuthenticationToken');
      }
    });

  test('asks who it is before it tells what there is', async () => {
    const nowhere = await installation.as(null, 'GET', '/there/is/nothing/here');
    assert.equal(nowhere.status, 401);
    const known = await installation.as(installation.administratorId, 'GET', '/there/is/nothing/here');
    assert.equal(known.status, 404);
    assert.equal(errorOf(known).code, 'Request_ResourceNotFound');
  });

  test('names the roles that could, where it refuses', async () => {
    const member = people.get('member') ?? null;
    const answer = await installation.as(member, 'POST', '/users', {});
    assert.match(errorOf(answer).message, /Global Administrator, User Administrator/);
  });

  test('stops counting a role the moment it is taken away', async () => {
    const { as, administratorId, person } = installation;
    const uma = await person('Uma', 'User Administrator');
    assert.equal((await as(uma, 'GET', '/users')).status, 200);
    const assignments = await as(
      administratorId,
      'GET',
      `/roleManagement/directory/roleAssignments?$filter=principalId eq '${uma}'`,
    );
    const [assignment] = assignments.body['value'] as { id: string }[];
    const removed = await as(
      administratorId,
      'DELETE',
      `/roleManagement/directory/roleAssignments/${assignment?.id}`,
    );
    assert.equal(removed.status, 204);
    assert.equal((await as(uma, 'GET', '/users')).status, 403);
  });
});

describe('A route that does not say who may use it', () => {
  for (const config of [undefined, {}, { access: 'users.everything' }])
    test(`keeps the service from starting (${JSON.stringify(config)})`, async () => {
      const app = Fastify();
      declareAccess(app);
      assert.throws(
        () => app.get('/v1.0/secrets', config ? { config: config as object } : {}, () => 'x'),
        /GET \/v1\.0\/secrets does not declare who may use it/,
      );
    });
});

describe('Roles', () => {
  test("carry Entra's template ids", () => {
    assert.deepEqual(Object.fromEntries(roleDefinitions.map((role) => [role.displayName, role.id])), {
      'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
      'Application Administrator': '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
      'Cloud Application Administrator': '158c047a-c907-4556-b7ef-446551a6b5f7',
      'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
      'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    });
  });

  test('make an administrator of whoever has one', () => {
    assert.equal(isAdministrator([]), false);
    for (const role of roleNames) assert.equal(isAdministrator([role]), true);
  });
});

function meaning(operation: string, who: string): 'allowed' | 401 | 403 {
  const allowed = expected[operation];
  if (who === 'anonymous') return 401;
  if (allowed === 'everyone') return 'allowed';
  return [...(allowed ?? '')].some((letter) => letters[letter] === who) ? 'allowed' : 403;
}
