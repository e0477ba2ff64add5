import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { open } from '@countersign/database';
import type { Tables } from '../tables.ts';
import { type AlphaAndBeta, alphaAndBeta } from '../testing/alpha-and-beta.ts';
import { errorOf } from '../testing/installation.ts';

/** Types leave nothing behind when a program runs: what `resources.ts` promises is compared as text with what is sent. */
describe('resources.ts', () => {
  let world: AlphaAndBeta;
  before(async () => {
    world = await alphaAndBeta(await open<Tables>('sqlite::memory:'));
  });
  const promised = readTypes(readFileSync(join(import.meta.dirname, 'resources.ts'), 'utf8'));
  const get = async (path: string): Promise<Record<string, unknown>> => {
    const { installation } = world;
    const answer = await installation.as(installation.administratorId, 'GET', path);
    assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body)}`);
    const { value } = answer.body;
    return (Array.isArray(value) ? value[0] : answer.body) as Record<string, unknown>;
  };

  const shown: [string, () => string][] = [
    ['Organization', () => '/organization'],
    ['Domain', () => '/domains'],
    ['User', () => '/me'],
    ['User', () => '/users'],
    ['Group', () => '/groups'],
    ['RoleDefinition', () => '/roleManagement/directory/roleDefinitions'],
    ['RoleAssignment', () => '/roleManagement/directory/roleAssignments'],
    ['DirectoryRole', () => '/me/transitiveMemberOf/microsoft.graph.directoryRole'],
    ['ApplicationTemplate', () => '/applicationTemplates'],
    ['Application', () => '/applications'],
    ['Application', () => `/applications/${world.ids.applicationId}`],
    ['ServicePrincipal', () => '/servicePrincipals'],
    ['ServicePrincipal', () => `/servicePrincipals/${world.ids.servicePrincipalId}`],
    ['AppRoleAssignment', () => `/servicePrincipals/${world.ids.servicePrincipalId}/appRoleAssignedTo`],
    ['SignIn', () => '/auditLogs/signIns'],
    ['DirectoryAudit', () => '/auditLogs/directoryAudits'],
  ];
  for (const [index, [type, path]] of shown.entries())
    test(`promises of ${type} what is sent (${index + 1})`, async () => {
      const { '@odata.context': _context, ...sent } = await get(path());
      assert.deepEqual(Object.keys(sent).sort(), promised.get(type), type);
    });

  test('promises of a certificate what is sent', async () => {
    const { keyCredentials } = await get(`/servicePrincipals/${world.ids.servicePrincipalId}`);
    const [credential] = keyCredentials as object[];
    assert.deepEqual(Object.keys(credential ?? {}).sort(), promised.get('KeyCredential'));
  });

  test('promises of a tile what is sent', async () => {
    const { installation, ids } = world;
    const answer = await installation.as(ids.userId, 'GET', '/me/appRoleAssignedResources');
    const [tile] = answer.body['value'] as object[];
    assert.deepEqual(
      Object.keys(tile ?? {}).sort(),
      ['id', 'appId', 'displayName', 'applicationTemplateId', 'loginUrl', 'userAccessUrl'].sort(),
    );
  });

  test('promises of a refusal what is sent', async () => {
    const answer = await world.installation.as(null, 'GET', '/me');
    assert.deepEqual(Object.keys(errorOf(answer)).sort(), ['code', 'innerError', 'message']);
  });
});

/** Name of each object type → the names of its properties, sorted. Optional ones and those of inner objects are left out. */
function readTypes(text: string): Map<string, string[]> {
  const bare = text.replaceAll(/\/\*\*[^]*?\*\/|\/\/.*/g, '');
  const types = new Map<string, string[]>();
  for (const match of bare.matchAll(/^export type (\w+)(?:<T>)? = \{$([^]*?)^\};$/gm)) {
    const names = [...(match[2] ?? '').matchAll(/^ {2}'?([\w@.-]+)'?: /gm)].map(([, name = '']) => name);
    types.set(match[1] ?? '', names.sort());
  }
  // Domain and DirectoryRole fit on one line.
  for (const match of bare.matchAll(/^export type (\w+) = \{ (.*) \};$/gm))
    types.set(match[1] ?? '', [...(match[2] ?? '').matchAll(/(\w+): /g)].map(([, name = '']) => name).sort());
  return types;
}
