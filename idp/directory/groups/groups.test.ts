import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import type { Tables } from '../../tables.ts';
import { errorOf, type Installation, install, valueOf } from '../../testing/installation.ts';

const newGroup = { displayName: 'Sales', mailNickname: 'sales', mailEnabled: false, securityEnabled: true };

eachEngine<Tables>('Groups over the API', (openEmpty) => {
  let installation: Installation;
  let uma: string;
  let britta: string;
  before(async () => {
    installation = await install(await openEmpty());
    uma = await installation.person('Uma', 'User Administrator');
    britta = await installation.person('Britta');
  });
  const make = async (change: Record<string, unknown> = {}): Promise<string> => {
    const answer = await installation.as(uma, 'POST', '/groups', { ...newGroup, ...change });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return String(answer.body['id']);
  };
  const refer = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });

  test('a group is made, read, renamed and deleted, each with a line in the audit log', async () => {
    const { as, clock } = installation;
    const id = await make({ description: 'Who sells' });
    const read = await as(uma, 'GET', `/groups/${id}`);
    assert.equal(read.body['description'], 'Who sells');
    assert.deepEqual(read.body['groupTypes'], []);
    clock.now += 1_000;
    assert.equal(
      (await as(uma, 'PATCH', `/groups/${id}`, { displayName: 'Sellers', description: null })).status,
      204,
    );
    const renamed = await as(uma, 'GET', `/groups/${id}`);
    assert.deepEqual([renamed.body['displayName'], renamed.body['description']], ['Sellers', null]);
    clock.now += 1_000;
    assert.equal((await as(uma, 'DELETE', `/groups/${id}`)).status, 204);
    assert.equal((await as(uma, 'GET', `/groups/${id}`)).status, 404);
    const audits = valueOf(
      await as(
        installation.administratorId,
        'GET',
        `/auditLogs/directoryAudits?$filter=targetResources/any(t:t/id eq '${id}')`,
      ),
    );
    assert.deepEqual(
      audits.map((audit) => audit['activityDisplayName']),
      ['Delete group', 'Update group', 'Add group'],
    );
  });

  test('a member is added once, listed with their group and taken out again', async () => {
    const { as } = installation;
    const id = await make();
    assert.equal((await as(uma, 'POST', `/groups/${id}/members/$ref`, refer(britta))).status, 204);
    const again = await as(uma, 'POST', `/groups/${id}/members/$ref`, refer(britta.toUpperCase()));
    assert.equal(again.status, 400);
    assert.match(errorOf(again).message, /already exist/);
    assert.deepEqual(valueOf(await as(uma, 'GET', `/groups/${id}/members`)), [
      {
        '@odata.type': '#microsoft.graph.user',
        id: britta,
        displayName: 'Britta',
        userPrincipalName: 'Britta@contoso.example',
        mail: null,
      },
    ]);
    const groups = valueOf(await as(uma, 'GET', `/users/${britta}/memberOf`));
    assert.deepEqual(
      groups.map((group) => group['id']),
      [id],
    );
    assert.equal((await as(uma, 'DELETE', `/groups/${id}/members/${britta}/$ref`)).status, 204);
    assert.equal((await as(uma, 'DELETE', `/groups/${id}/members/${britta}/$ref`)).status, 404);
    assert.deepEqual(valueOf(await as(uma, 'GET', `/groups/${id}/members`)), []);
  });

  test('only users who exist become members', async () => {
    const id = await make();
    const other = await make();
    for (const stranger of [other, '01900000-0000-7000-8000-000000000000']) {
      const answer = await installation.as(uma, 'POST', `/groups/${id}/members/$ref`, refer(stranger));
      assert.equal(answer.status, 404);
      assert.match(errorOf(answer).message, /^User /);
    }
    const nonsense = await installation.as(uma, 'POST', `/groups/${id}/members/$ref`, {
      '@odata.id': 'Britta',
    });
    assert.equal(nonsense.status, 400);
  });

  const refused: [string, Record<string, unknown>, string][] = [
    ['a mail-enabled group', { mailEnabled: true }, 'mailEnabled'],
    ['a group that grants nothing', { securityEnabled: false }, 'securityEnabled'],
    ['a name that begins with a blank', { displayName: ' Sales' }, 'displayName'],
    ['an unknown property', { owners: [] }, 'owners'],
  ];
  for (const [what, change, target] of refused)
    test(`${what} is refused`, async () => {
      const answer = await installation.as(uma, 'POST', '/groups', { ...newGroup, ...change });
      assert.equal(answer.status, 400);
      assert.deepEqual(
        errorOf(answer).details?.map((detail) => detail.target),
        [target],
      );
    });
});
