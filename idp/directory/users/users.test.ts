import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import type { Tables, UserRow } from '../../tables.ts';
import { errorOf, type Installation, install, valueOf } from '../../testing/installation.ts';
import { verifyPassword } from '../password-hash.ts';
import { findUserByName } from './store.ts';

let number = 0;
function newUser(change: Record<string, unknown> = {}): Record<string, unknown> {
  const name = `person${++number}`;
  return {
    accountEnabled: true,
    displayName: name,
    mailNickname: name,
    userPrincipalName: `${name}@contoso.example`,
    passwordProfile: { password: 'Tau-Ceti-2026' },
    ...change,
  };
}

eachEngine<Tables>('Users over the API', (openEmpty) => {
  let installation: Installation;
  let administrator: string;
  let userAdministrator: string;
  before(async () => {
    installation = await install(await openEmpty());
    administrator = installation.administratorId;
    userAdministrator = await installation.person('Uma', 'User Administrator');
  });
  // Every request a second later: the order of the audit log is then the order of the requests.
  const as: Installation['as'] = (...request) => {
    installation.clock.now += 1_000;
    return installation.as(...request);
  };
  const make = async (change: Record<string, unknown> = {}): Promise<string> => {
    const answer = await as(userAdministrator, 'POST', '/users', newUser(change));
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return String(answer.body['id']);
  };
  const rowOf = async (id: string): Promise<UserRow> => ({
    ...(await installation.context.db.kysely
      .selectFrom('users')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()),
  });
  const giveSession = (userId: string) =>
    installation.context.db.kysely
      .insertInto('sessions')
      .values({
        tenantId: installation.tenantId,
        secretHash: `hash of ${userId}`,
        userId,
        authenticationInstant: 0,
        authenticationMethods: '[]',
        createdDateTime: 0,
        lastSeenDateTime: 0,
        expiresDateTime: 1,
      })
      .execute();
  const sessionsOf = async (userId: string) => {
    const { kysely } = installation.context.db;
    return (await kysely.selectFrom('sessions').select('secretHash').where('userId', '=', userId).execute())
      .length;
  };
  const lastAudit = async (): Promise<Record<string, unknown>> => {
    const [audit] = valueOf(await as(administrator, 'GET', '/auditLogs/directoryAudits?$top=1'));
    assert.ok(audit);
    return audit;
  };

  test('a new user has the password given, must change it, and is found by id and by name in any case', async () => {
    const body = newUser({
      userPrincipalName: 'B.Simon@contoso.example',
      displayName: 'B.Simon',
      givenName: 'Britta',
    });
    const made = await as(userAdministrator, 'POST', '/users', body);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const id = String(made.body['id']);
    assert.equal(made.body['userPrincipalName'], 'B.Simon@contoso.example');
    assert.equal(made.body['mail'], null);
    assert.equal(made.body['userType'], 'Member');
    assert.equal(made.body['accountEnabled'], true);
    assert.doesNotMatch(JSON.stringify(made.body), /password(?!Change)|argon/i);
    const row = await rowOf(id);
    assert.equal(await verifyPassword('Tau-Ceti-2026', row.passwordHash), true);
    assert.equal(row.forceChangePasswordNextSignIn, 1);
    for (const name of [id, id.toUpperCase(), 'b.simon@CONTOSO.example'])
      assert.equal((await as(administrator, 'GET', `/users/${name}`)).body['id'], id, name);
    const found = await findUserByName(
      installation.context.db.kysely,
      installation.tenantId,
      'B.SIMON@contoso.example',
    );
    assert.equal(found?.id, id);
  });

  test('a settled password needs no change', async () => {
    const id = await make({
      passwordProfile: { password: 'Tau-Ceti-2026', forceChangePasswordNextSignIn: false },
    });
    assert.equal((await rowOf(id)).forceChangePasswordNextSignIn, 0);
  });

  test('a user principal name is taken in any case', async () => {
    await make({ userPrincipalName: 'taken@contoso.example' });
    const again = await as(
      userAdministrator,
      'POST',
      '/users',
      newUser({ userPrincipalName: 'TAKEN@contoso.example' }),
    );
    assert.equal(again.status, 400);
    assert.equal(
      errorOf(again).message,
      'Another object with the same value for property userPrincipalName already exists.',
    );
    const other = await make();
    const renamed = await as(userAdministrator, 'PATCH', `/users/${other}`, {
      userPrincipalName: 'Taken@contoso.example',
    });
    assert.equal(renamed.status, 400);
  });

  test('of two requests for one name at the same moment one is refused', async () => {
    const body = newUser();
    const answers = await Promise.all([1, 2].map(() => as(userAdministrator, 'POST', '/users', body)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 400]);
  });

  const refused: [string, Record<string, unknown>, string][] = [
    ['an unknown property', { nickname: 'x' }, 'nickname'],
    [
      'an unknown property of the password profile',
      { passwordProfile: { password: 'Tau-Ceti-2026', x: 1 } },
      'passwordProfile.x',
    ],
    ['no password profile', { passwordProfile: undefined }, 'passwordProfile'],
    ['a short password', { passwordProfile: { password: 'Ab1-' } }, 'passwordProfile.password'],
    [
      'a password of two kinds',
      { passwordProfile: { password: 'lowercase123' } },
      'passwordProfile.password',
    ],
    ['an empty display name', { displayName: ' ' }, 'displayName'],
    ['a display name with a line break', { displayName: 'a\nb' }, 'displayName'],
    ['a display name with NUL', { displayName: 'a\0b' }, 'displayName'],
    ['a text for a boolean', { accountEnabled: 'true' }, 'accountEnabled'],
    ['a name without domain', { userPrincipalName: 'simon' }, 'userPrincipalName'],
    ['a name in a foreign domain', { userPrincipalName: 'simon@fabrikam.example' }, 'userPrincipalName'],
    ['a name with a blank', { userPrincipalName: 'b simon@contoso.example' }, 'userPrincipalName'],
    ['a name with an accent', { userPrincipalName: 'sïmon@contoso.example' }, 'userPrincipalName'],
    ['a name that ends in a full stop', { userPrincipalName: 'simon.@contoso.example' }, 'userPrincipalName'],
    ['a name too long', { userPrincipalName: `${'x'.repeat(65)}@contoso.example` }, 'userPrincipalName'],
    ['a mail nickname with a blank', { mailNickname: 'b simon' }, 'mailNickname'],
    ['a mail address that is none', { mail: 'nobody' }, 'mail'],
  ];
  for (const [what, change, target] of refused)
    test(`${what} is refused, and the property named`, async () => {
      const answer = await as(userAdministrator, 'POST', '/users', newUser(change));
      assert.equal(answer.status, 400, JSON.stringify(answer.body));
      assert.equal(errorOf(answer).code, 'Request_BadRequest');
      assert.deepEqual(
        errorOf(answer).details?.map((detail) => detail.target),
        [target],
        JSON.stringify(answer.body),
      );
    });

  test('a change changes what it names and nothing else, and the audit log keeps old and new', async () => {
    const id = await make({ givenName: 'Britta', jobTitle: 'Engineer' });
    const before = await rowOf(id);
    const answer = await as(userAdministrator, 'PATCH', `/users/${id}`, {
      jobTitle: 'Architect',
      givenName: null,
    });
    assert.equal(answer.status, 204);
    assert.deepEqual(await rowOf(id), { ...before, jobTitle: 'Architect', givenName: null });
    const audit = await lastAudit();
    assert.equal(audit['activityDisplayName'], 'Update user');
    const [target] = audit['targetResources'] as { id: string; modifiedProperties: unknown[] }[];
    assert.equal(target?.id, id);
    assert.deepEqual(target?.modifiedProperties, [
      { displayName: 'givenName', oldValue: '"Britta"', newValue: null },
      { displayName: 'jobTitle', oldValue: '"Engineer"', newValue: '"Architect"' },
    ]);
    assert.deepEqual(audit['initiatedBy'], {
      user: {
        id: userAdministrator,
        displayName: 'Uma',
        userPrincipalName: 'Uma@contoso.example',
        ipAddress: '127.0.0.1',
      },
    });
  });

  test('a reset password holds, must be changed, opens the lock, ends the sessions and is not in the log', async () => {
    const id = await make();
    await giveSession(id);
    await installation.context.db.kysely
      .updateTable('users')
      .set({ failedSignInCount: 9, lockedUntilDateTime: 9e15, forceChangePasswordNextSignIn: 0 })
      .where('id', '=', id)
      .execute();
    const answer = await as(userAdministrator, 'PATCH', `/users/${id}`, {
      passwordProfile: { password: 'Epsilon-Eridani-7' },
    });
    assert.equal(answer.status, 204);
    const row = await rowOf(id);
    assert.equal(await verifyPassword('Epsilon-Eridani-7', row.passwordHash), true);
    assert.equal(row.forceChangePasswordNextSignIn, 1);
    assert.equal(row.lastPasswordChangeDateTime, installation.clock.now);
    assert.deepEqual([row.failedSignInCount, row.lockedUntilDateTime], [0, null]);
    assert.equal(await sessionsOf(id), 0);
    const audit = await lastAudit();
    assert.equal(audit['activityDisplayName'], 'Reset password');
    assert.doesNotMatch(JSON.stringify(audit), /Epsilon|argon/);
  });

  test('a disabled user has no sessions left and can be enabled again', async () => {
    const id = await make();
    await giveSession(id);
    assert.equal(
      (await as(userAdministrator, 'PATCH', `/users/${id}`, { accountEnabled: false })).status,
      204,
    );
    assert.equal(await sessionsOf(id), 0);
    assert.equal((await lastAudit())['activityDisplayName'], 'Disable account');
    assert.equal(
      (await as(userAdministrator, 'PATCH', `/users/${id}`, { accountEnabled: true })).status,
      204,
    );
    assert.equal((await lastAudit())['activityDisplayName'], 'Enable account');
    assert.equal((await rowOf(id)).accountEnabled, 1);
  });

  test('nobody deletes, disables or resets themselves', async () => {
    for (const [method, body, message] of [
      ['DELETE', undefined, /cannot delete yourself/],
      ['PATCH', { accountEnabled: false }, /cannot disable your own account/],
      ['PATCH', { passwordProfile: { password: 'Epsilon-Eridani-7' } }, /cannot reset your own password/],
    ] as const) {
      const answer = await as(userAdministrator, method, `/users/${userAdministrator}`, body);
      assert.equal(answer.status, 403);
      assert.match(errorOf(answer).message, message);
    }
    assert.equal((await rowOf(userAdministrator)).accountEnabled, 1);
  });

  test('a User Administrator touches no administrator, whatever the role', async () => {
    for (const role of ['Global Administrator', 'Global Reader', 'User Administrator'] as const) {
      const id = await installation.person(`Target${role.replaceAll(' ', '')}`, role);
      const before = await rowOf(id);
      for (const [method, body] of [
        ['DELETE', undefined],
        ['PATCH', { accountEnabled: false }],
        ['PATCH', { passwordProfile: { password: 'Epsilon-Eridani-7' } }],
        ['PATCH', { userPrincipalName: `other${number}@contoso.example` }],
      ] as const) {
        const answer = await as(userAdministrator, method, `/users/${id}`, body);
        assert.equal(answer.status, 403, `${method} ${JSON.stringify(body)}`);
        assert.match(errorOf(answer).message, /Only a Global Administrator/);
      }
      assert.deepEqual(await rowOf(id), before);
      assert.equal((await as(administrator, 'DELETE', `/users/${id}`)).status, 204);
    }
  });

  test('a deleted user leaves nothing behind but the logs', async () => {
    const id = await make();
    await giveSession(id);
    const group = await as(userAdministrator, 'POST', '/groups', {
      displayName: 'Leavers',
      mailNickname: 'leavers',
      mailEnabled: false,
      securityEnabled: true,
    });
    await as(userAdministrator, 'POST', `/groups/${String(group.body['id'])}/members/$ref`, {
      '@odata.id': `https://id.contoso.example/v1.0/users/${id}`,
    });
    assert.equal((await as(userAdministrator, 'DELETE', `/users/${id}`)).status, 204);
    assert.equal((await as(userAdministrator, 'GET', `/users/${id}`)).status, 404);
    assert.equal((await as(userAdministrator, 'DELETE', `/users/${id}`)).status, 404);
    assert.equal(await sessionsOf(id), 0);
    const members = valueOf(await as(administrator, 'GET', `/groups/${String(group.body['id'])}/members`));
    assert.deepEqual(members, []);
    const audit = await lastAudit();
    assert.equal(audit['activityDisplayName'], 'Delete user');
  });

  test('a list is searched, filtered, ordered, counted and followed page by page', async () => {
    for (const name of ['Zoe', 'adam', 'Bea', 'Carl', 'Dora'])
      await make({ displayName: `List ${name}`, department: 'List' });
    const first = await as(
      administrator,
      'GET',
      "/users?$filter=department eq 'list'&$top=2&$count=true&$select=displayName",
    );
    assert.equal(first.body['@odata.count'], 5);
    assert.deepEqual(first.body['value'], [{ displayName: 'List adam' }, { displayName: 'List Bea' }]);
    const names: unknown[] = [];
    let link: unknown = `/users?$filter=${encodeURIComponent("department eq 'List'")}&$top=2&$orderby=displayName desc`;
    while (typeof link === 'string') {
      const page = await as(administrator, 'GET', link.replace('https://id.contoso.example', ''));
      names.push(...valueOf(page).map((user) => user['displayName']));
      link = page.body['@odata.nextLink'];
    }
    assert.deepEqual(names, ['List Zoe', 'List Dora', 'List Carl', 'List Bea', 'List adam']);
    const found = valueOf(await as(administrator, 'GET', '/users?$search="displayName:st do"'));
    assert.deepEqual(
      found.map((user) => user['displayName']),
      ['List Dora'],
    );
  });

  const badQueries: [string, RegExp][] = [
    ['$top=0', /\$top must be a number from 1 to 999/],
    ['$top=1000', /\$top must be/],
    ['$filter=password eq 1', /Could not find a property named 'password'/],
    ['$filter=passwordHash eq null', /Could not find a property named 'passwordHash'/],
    ['$filter=accountEnabled gt true', /only be compared by eq and ne/],
    ["$filter=accountEnabled eq 'x'", /is a boolean/],
    ['$orderby=accountEnabled', /cannot be ordered by/],
    ['$select=passwordHash', /Could not find a property/],
    ['$search="department:x"', /cannot look at 'department'/],
    ['$expand=memberOf', /'\$expand' is not known here/],
    ['$skiptoken=abc', /does not belong to this query/],
    ['$count=1', /must be true or false/],
    ['$top=1&$top=2', /more than once/],
    ['$filter=%00', /null character/],
  ];
  for (const [query, message] of badQueries)
    test(`the query ${query} is refused with a reason`, async () => {
      const answer = await as(administrator, 'GET', `/users?${query}`);
      assert.equal(answer.status, 400, JSON.stringify(answer.body));
      assert.match(errorOf(answer).message, message);
    });

  test('everybody reads themselves', async () => {
    const id = await make();
    const me = await as(id, 'GET', '/me?$select=id,displayName');
    assert.deepEqual(Object.keys(me.body), ['@odata.context', 'id', 'displayName']);
    assert.equal(me.body['id'], id);
    assert.equal((await as(id, 'GET', `/users/${id}`)).status, 403);
  });
});
