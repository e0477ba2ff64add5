import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { transaction } from '@countersign/database';
import { eachEngine } from '@countersign/database/testing.ts';
import type { SignInRow, Tables } from '../tables.ts';
import { type Installation, install, valueOf } from '../testing/installation.ts';
import { type AuditEntry, modifiedProperties } from './audit-entry.ts';
import { recordAudit, recordSignIn } from './store.ts';

eachEngine<Tables>('The logs over the API', (openEmpty) => {
  let installation: Installation;
  let reader: string;
  const start = Date.parse('2026-11-23T10:00:00Z');
  before(async () => {
    installation = await install(await openEmpty());
    reader = await installation.person('Rita', 'Global Reader');
    const { tenantId, context } = installation;
    for (let minute = 0; minute < 5; minute++)
      await recordSignIn(context.db.kysely, {
        tenantId,
        id: context.newId(),
        createdDateTime: start + minute * 60_000,
        correlationId: context.newId(),
        userId: reader,
        userPrincipalName: `person${minute}@contoso.example`,
        userDisplayName: `Person ${minute}`,
        appId: null,
        appDisplayName: minute % 2 === 0 ? 'Trakstar' : null,
        servicePrincipalId: null,
        ipAddress: `192.0.2.${minute}`,
        userAgent: 'Chromium',
        clientAppUsed: 'Browser',
        authenticationMethods: '["password"]',
        errorCode: minute === 3 ? 50_105 : 0,
        failureReason: minute === 3 ? 'Not assigned' : null,
        additionalDetails: null,
        status: minute === 3 ? 'failure' : 'success',
        samlRequestId: '_request',
        assertionId: null,
      } satisfies SignInRow);
  });
  const names = async (query: string) =>
    valueOf(await installation.as(reader, 'GET', `/auditLogs/signIns?${query}`)).map(
      (row) => row['userDisplayName'],
    );

  test('sign-ins come newest first, in the shape of Graph', async () => {
    assert.deepEqual(await names('$top=2'), ['Person 4', 'Person 3']);
    const [failure] = valueOf(
      await installation.as(reader, 'GET', '/auditLogs/signIns?$filter=status/errorCode eq 50105'),
    );
    assert.ok(failure);
    assert.deepEqual(failure['status'], {
      errorCode: 50_105,
      failureReason: 'Not assigned',
      additionalDetails: null,
    });
    assert.deepEqual(failure['deviceDetail'], { browser: 'Chromium' });
    assert.deepEqual(failure['authenticationMethods'], ['password']);
    assert.equal(failure['outcome'], 'failure');
    assert.equal(failure['createdDateTime'], '2026-11-23T10:03:00.000Z');
    const one = await installation.as(reader, 'GET', `/auditLogs/signIns/${String(failure['id'])}`);
    assert.deepEqual(one.body, failure);
  });

  test('sign-ins are filtered by what Graph allows', async () => {
    assert.deepEqual(await names("$filter=appDisplayName eq 'trakstar'"), [
      'Person 4',
      'Person 2',
      'Person 0',
    ]);
    assert.deepEqual(await names("$filter=startswith(userPrincipalName,'person1')"), ['Person 1']);
    assert.deepEqual(await names("$filter=ipAddress eq '192.0.2.3' or status/errorCode ne 0"), ['Person 3']);
    assert.deepEqual(
      await names(
        '$filter=createdDateTime ge 2026-11-23T10:01:00Z and createdDateTime le 2026-11-23T10:02:00Z',
      ),
      ['Person 2', 'Person 1'],
    );
    assert.deepEqual(await names(`$filter=userId eq '${reader.toUpperCase()}'&$top=1`), ['Person 4']);
  });

  test('a change and its line in the audit log are there together or not at all', async () => {
    const { context, tenantId } = installation;
    const entry: AuditEntry = {
      id: context.newId(),
      activityDateTime: start,
      correlationId: context.newId(),
      activityDisplayName: 'Update user',
      category: 'UserManagement',
      initiatedBy: { app: { displayName: 'test' } },
      targetResources: [],
    };
    const rename = transaction(context.db, async (trx) => {
      await trx.updateTable('users').set({ displayName: 'Nobody' }).where('id', '=', reader).execute();
      await recordAudit(trx, tenantId, entry);
      throw new Error('after both');
    });
    await assert.rejects(rename, /after both/);
    const users = await context.db.kysely
      .selectFrom('users')
      .select('displayName')
      .where('id', '=', reader)
      .execute();
    assert.equal(users[0]?.displayName, 'Rita');
    const found = await installation.as(reader, 'GET', `/auditLogs/directoryAudits/${entry.id}`);
    assert.equal(found.status, 404);
  });

  test('an audit entry is read by itself and filtered by activity, category and target', async () => {
    const { as, administratorId } = installation;
    const made = await as(administratorId, 'POST', '/groups', {
      displayName: 'Sales',
      mailNickname: 'sales',
      mailEnabled: false,
      securityEnabled: true,
    });
    const filters = [
      `targetResources/any(t:t/id eq '${String(made.body['id'])}')`,
      "activityDisplayName eq 'Add group'",
      "category eq 'GroupManagement'",
    ];
    for (const filter of filters) {
      const found = valueOf(
        await as(reader, 'GET', `/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}`),
      );
      assert.equal(found.length, 1, filter);
      const one = await as(reader, 'GET', `/auditLogs/directoryAudits/${String(found[0]?.['id'])}`);
      assert.deepEqual(one.body, found[0]);
      assert.equal(one.body['result'], 'success');
      assert.equal(one.body['loggedByService'], 'Core Directory');
    }
  });

  test('the logs have no way to be written over the API', async () => {
    const { routes } = installation;
    const writing = routes.filter(({ url, method }) => url.includes('/auditLogs') && method !== 'GET');
    assert.deepEqual(writing, []);
  });
});

describe('Modified properties', () => {
  test('are those that differ, as JSON texts', () => {
    assert.deepEqual(modifiedProperties({ a: 1, b: [1], c: null, d: 'x' }, { a: 1, b: [1, 2], c: 'new' }), [
      { displayName: 'b', oldValue: '[1]', newValue: '[1,2]' },
      { displayName: 'c', oldValue: null, newValue: '"new"' },
      { displayName: 'd', oldValue: '"x"', newValue: null },
    ]);
  });

  test('name a secret without its values', () => {
    assert.deepEqual(modifiedProperties({ passwordHash: 'old' }, { passwordHash: 'new' }), [
      { displayName: 'passwordHash', oldValue: null, newValue: null },
    ]);
  });
});
