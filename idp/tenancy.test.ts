import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import type { Tables } from './tables.ts';
import { type AlphaAndBeta, alphaAndBeta, beta } from './testing/alpha-and-beta.ts';
import { send } from './testing/installation.ts';
import type { Store } from './testing/tenancy-case.ts';
import { aboutNoTenant, cases } from './testing/tenancy-cases.ts';

const renamed = { displayName: 'Beta renamed' };

test('Every function of every store is called by the tests of tenancy', async () => {
  const files = globSync('**/store.ts', { cwd: import.meta.dirname, exclude: ['node_modules'] }).sort();
  assert.ok(files.length >= 10, `only ${files.length} stores were seen`);
  for (const file of files) {
    const module = (await import(join(import.meta.dirname, file))) as Record<string, unknown>;
    const functions = Object.keys(module).filter((name) => typeof module[name] === 'function');
    const known = [...Object.keys(cases[file] ?? {}), ...(aboutNoTenant[file] ?? [])];
    assert.deepEqual(functions.sort(), known.sort(), file);
  }
});

eachEngine<Tables>('Between two organisations with the same ids', (openEmpty) => {
  let world: AlphaAndBeta;
  let store: Store;
  let untouched = '';
  before(async () => {
    const db = await openEmpty();
    world = await alphaAndBeta(db);
    store = { k: db.kysely, db, ids: world.ids, now: world.installation.clock.now };
    untouched = await world.snapshot(world.alpha);
  });

  for (const [file, functions] of Object.entries(cases))
    test(`${file} reaches one of them only`, async () => {
      for (const [name, [does, call]] of Object.entries(functions)) {
        await world.resetBeta();
        const before = await world.snapshot(beta);
        const result = JSON.stringify(await call(store)) ?? '';
        assert.ok(
          !/Alpha/.test(result) && !result.includes(world.alpha),
          `${name} showed the other: ${result}`,
        );
        if (does === 'reads') assert.match(result, new RegExp(`Beta|beta|${beta}`), `${name} saw nothing`);
        else assert.notEqual(await world.snapshot(beta), before, `${name} changed nothing`);
        assert.equal(await world.snapshot(world.alpha), untouched, `${name} touched the other organisation`);
      }
    });

  test('every route of the API shows and changes the organisation of whoever asks', async () => {
    const { app, routes } = world.installation;
    const { ids } = world;
    const named: Record<string, string> = {
      '/users/': ids.userId,
      '/groups/': ids.groupId,
      '/applications/': ids.applicationId,
      '/servicePrincipals/': ids.servicePrincipalId,
      '/auditLogs/signIns/': ids.signInId,
      '/auditLogs/directoryAudits/': ids.auditId,
      '/roleManagement/directory/roleAssignments/': ids.roleAssignmentId,
      '/roleManagement/directory/roleDefinitions/': '62e90394-69f5-4237-9190-012177145e10',
      '/applicationTemplates/': '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
    };
    const pathOf = (url: string) =>
      Object.entries(named)
        .reduce((path, [prefix, id]) => path.replace(`/v1.0${prefix}:id`, `${prefix}${id}`), url)
        .replace(':assignmentId', ids.assignmentId)
        .replace(':userId', ids.userId)
        .replace(/^\/v1\.0/, '');
    let changed = 0;
    for (const { method, url } of routes) {
      await world.resetBeta();
      const before = await world.snapshot(beta);
      const as = url.includes('/users/:id') && method !== 'GET' ? await otherAdministrator() : ids.userId;
      const path = pathOf(url);
      assert.doesNotMatch(path, /:/, `no id is known for ${url}`);
      const answer = await send(app, beta, as, method, path, bodyFor(method, url));
      assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
      const text = JSON.stringify(answer.body);
      assert.ok(
        !/Alpha/.test(text) && !text.includes(world.alpha),
        `${method} ${url} showed the other: ${text}`,
      );
      assert.equal(await world.snapshot(world.alpha), untouched, `${method} ${url} touched the other`);
      if (method !== 'GET') {
        assert.notEqual(await world.snapshot(beta), before, `${method} ${url} changed nothing`);
        changed++;
      }
    }
    assert.ok(changed >= 15, `only ${changed} routes changed something`);
  });

  async function otherAdministrator(): Promise<string> {
    const row = await store.k
      .selectFrom('users')
      .select('id')
      .where('tenantId', '=', beta)
      .where('id', '!=', world.ids.userId)
      .executeTakeFirstOrThrow();
    return row.id;
  }

  function bodyFor(method: string, url: string): unknown {
    if (method === 'GET' || method === 'DELETE') return undefined;
    const { userId, servicePrincipalId } = world.ids;
    if (url.endsWith('/instantiate')) return { displayName: 'Beta new' };
    if (url.endsWith('/addTokenSigningCertificate')) return {};
    if (url.endsWith('/members/$ref')) return { '@odata.id': `https://x.example/users/${administratorId()}` };
    if (url.endsWith('/roleAssignments'))
      return {
        principalId: userId,
        roleDefinitionId: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
        directoryScopeId: '/',
      };
    if (url.endsWith('/appRoleAssignedTo') || url.endsWith('/appRoleAssignments'))
      return {
        principalId: userId,
        resourceId: servicePrincipalId,
        appRoleId: '00000000-0000-0000-0000-000000000000',
      };
    if (method === 'PATCH') return renamed;
    if (url.endsWith('/groups'))
      return { displayName: 'Beta two', mailNickname: 'b', mailEnabled: false, securityEnabled: true };
    return {
      accountEnabled: true,
      displayName: 'Beta two',
      mailNickname: 'two',
      userPrincipalName: 'two@beta.example',
      passwordProfile: { password: 'Tau-Ceti-2026' },
    };
  }

  function administratorId(): string {
    return world.installation.administratorId;
  }
});
