import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import type { Tables } from '../tables.ts';
import { type Answer, errorOf, type Installation, install, valueOf } from '../testing/installation.ts';
import { findByIssuer } from './store.ts';

const anyOther = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';
const trakstar = '8ef90b77-15ff-40d6-9990-2c9c5878b6ef';
type Made = { applicationId: string; id: string; appId: string };

eachEngine<Tables>('Applications over the API', (openEmpty) => {
  let installation: Installation;
  let casey: string;
  before(async () => {
    installation = await install(await openEmpty());
    casey = await installation.person('Casey', 'Cloud Application Administrator');
  });
  const as: Installation['as'] = (...request) => {
    installation.clock.now += 1_000;
    return installation.as(...request);
  };
  const add = async (displayName: string, template = anyOther): Promise<Made> => {
    const answer = await as(casey, 'POST', `/applicationTemplates/${template}/instantiate`, { displayName });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const { application, servicePrincipal } = answer.body as Record<string, Record<string, string>>;
    return {
      applicationId: application?.['id'] ?? '',
      id: servicePrincipal?.['id'] ?? '',
      appId: application?.['appId'] ?? '',
    };
  };
  const patchApplication = (made: Made, body: unknown): Promise<Answer> =>
    as(casey, 'PATCH', `/applications/${made.applicationId}`, body);
  const patch = (made: Made, body: unknown): Promise<Answer> =>
    as(casey, 'PATCH', `/servicePrincipals/${made.id}`, body);
  const application = async (made: Made) =>
    (await as(casey, 'GET', `/applications/${made.applicationId}`)).body;
  const servicePrincipal = async (made: Made) =>
    (await as(casey, 'GET', `/servicePrincipals/${made.id}`)).body;

  test('the gallery is found by name, by part of it and by category', async () => {
    const names = async (query: string) =>
      valueOf(await as(casey, 'GET', `/applicationTemplates?${query}`)).map(
        (template) => template['displayName'],
      );
    assert.deepEqual(await names("$filter=displayName eq 'Trakstar'"), ['Trakstar']);
    assert.deepEqual(await names("$filter=contains(displayName,'raks')"), ['Trakstar']);
    assert.deepEqual(await names('$search="displayName:trak"'), ['Trakstar']);
    assert.deepEqual(await names("$filter=categories/any(c:contains(c,'human'))"), ['Bonusly', 'Trakstar']);
    const one = await as(casey, 'GET', `/applicationTemplates/${trakstar.toUpperCase()}`);
    assert.equal(one.body['displayName'], 'Trakstar');
    const page = await as(casey, 'GET', '/applicationTemplates?$top=2&$count=true&$select=id');
    assert.equal(valueOf(page).length, 2);
    assert.ok(Number(page.body['@odata.count']) >= 7);
    const next = String(page.body['@odata.nextLink']).replace('https://id.contoso.example', '');
    assert.equal(valueOf(await as(casey, 'GET', next)).length, 2);
  });

  test('a template without roles and with fixed values fills them in', async () => {
    const made = await add('Asana', '4a1bc56d-4d11-43ce-b905-b4b97da33901');
    const shown = await application(made);
    assert.deepEqual(shown['identifierUris'], ['https://app.asana.com/']);
    assert.deepEqual(shown['web'], {
      redirectUris: ['https://app.asana.com/-/saml/consume'],
      redirectUriSettings: [{ uri: 'https://app.asana.com/-/saml/consume', index: 0 }],
    });
    assert.equal(shown['defaultRedirectUri'], 'https://app.asana.com/-/saml/consume');
    assert.deepEqual((await servicePrincipal(made))['appRoles'], []);
  });

  test('an Identifier belongs to one application of the organisation, octet for octet', async () => {
    const one = await add('One');
    const two = await add('Two');
    assert.equal((await patchApplication(one, { identifierUris: ['https://one.example'] })).status, 204);
    const taken = await patchApplication(two, {
      identifierUris: ['https://two.example', 'https://one.example'],
    });
    assert.equal(taken.status, 400);
    assert.deepEqual(errorOf(taken).details, [
      {
        code: 'ObjectConflict',
        message: 'Another object with the same value for property identifierUris already exists.',
        target: 'identifierUris',
      },
    ]);
    assert.deepEqual((await application(two))['identifierUris'], [], 'nothing of the refused change stays');
    assert.equal((await patchApplication(two, { identifierUris: ['https://one.example/'] })).status, 204);
    const { kysely } = installation.context.db;
    const find = async (issuer: string) =>
      (await findByIssuer(kysely, installation.tenantId, issuer))?.application.displayName;
    assert.equal(await find('https://one.example'), 'One');
    assert.equal(await find('https://one.example/'), 'Two');
    assert.equal(await find('HTTPS://one.example'), undefined);
    assert.equal(
      (await patchApplication(one, { identifierUris: ['https://one.example', 'urn:one'] })).status,
      204,
    );
    assert.equal(
      await find('urn:one'),
      'One',
      'an application keeps its own Identifier when it gets another',
    );
  });

  test('of two that claim an Identifier at one moment, one gets it', async () => {
    const [one, two] = [await add('Race one'), await add('Race two')];
    const answers = await Promise.all(
      [one, two].map((made) => patchApplication(made, { identifierUris: ['https://race.example'] })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 400]);
  });

  test('Reply URLs keep their order, their indexes and one default', async () => {
    const made = await add('Reply URLs');
    const [a, b, c] = ['https://a.example/acs', 'https://a.example/acs?x=1', 'https://c.example/acs'];
    await patchApplication(made, { web: { redirectUris: [a, b] } });
    assert.equal((await application(made))['defaultRedirectUri'], a);
    await patchApplication(made, { defaultRedirectUri: b });
    await patchApplication(made, { web: { redirectUris: [c, b] } });
    let shown = await application(made);
    assert.equal(shown['defaultRedirectUri'], b, 'the default stays as long as it is in the list');
    await patchApplication(made, {
      web: {
        redirectUriSettings: [
          { uri: c, index: 7 },
          { uri: a, index: 2 },
        ],
      },
    });
    shown = await application(made);
    assert.deepEqual(shown['web'], {
      redirectUris: [a, c],
      redirectUriSettings: [
        { uri: a, index: 2 },
        { uri: c, index: 7 },
      ],
    });
    assert.equal(shown['defaultRedirectUri'], a);
    assert.deepEqual((await servicePrincipal(made))['replyUrls'], [a, c]);
    await patchApplication(made, { web: { redirectUris: [] } });
    assert.equal((await application(made))['defaultRedirectUri'], null);
  });

  const refused: [string, unknown, string][] = [
    ['a Reply URL over http', { web: { redirectUris: ['http://app.example/acs'] } }, 'web.redirectUris.0'],
    ['a placeholder', { web: { redirectUris: ['https://app.example/<NAME>'] } }, 'web.redirectUris.0'],
    [
      'a Reply URL twice',
      { web: { redirectUris: ['https://a.example', 'https://a.example'] } },
      'web.redirectUris',
    ],
    [
      'a default that is none of them',
      { defaultRedirectUri: 'https://other.example/acs' },
      'defaultRedirectUri',
    ],
    ['an empty Identifier', { identifierUris: [''] }, 'identifierUris.0'],
    ['an Identifier twice', { identifierUris: ['a', 'a'] }, 'identifierUris'],
    ['an unknown property', { signInAudience: 'AzureADMyOrg' }, 'signInAudience'],
    ['an unknown inner property', { web: { homePageUrl: 'https://a.example' } }, 'web.homePageUrl'],
    [
      'a negative index',
      { web: { redirectUriSettings: [{ uri: 'https://a.example', index: -1 }] } },
      'web.redirectUriSettings.0.index',
    ],
  ];
  test('an application refuses what cannot be right, and names it', async () => {
    const made = await add('Refusals');
    const before = await application(made);
    for (const [what, body, target] of refused) {
      const answer = await patchApplication(made, body);
      assert.equal(answer.status, 400, what);
      assert.deepEqual(
        errorOf(answer).details?.map((detail) => detail.target),
        [target],
        what,
      );
    }
    assert.deepEqual(await application(made), before);
  });

  test('roles are added, disabled, and removed only when disabled, with their assignments', async () => {
    const made = await add('Roles');
    const role = {
      id: '11111111-1111-4111-8111-111111111111',
      displayName: 'Editor',
      description: 'Edits',
      value: 'editor',
      isEnabled: true,
      allowedMemberTypes: ['User'],
    };
    const [user] = (await application(made))['appRoles'] as Record<string, unknown>[];
    assert.equal((await patchApplication(made, { appRoles: [user, role] })).status, 204);
    assert.deepEqual((await servicePrincipal(made))['appRoles'], [user, role]);
    const assigned = await as(casey, 'POST', `/servicePrincipals/${made.id}/appRoleAssignedTo`, {
      principalId: casey,
      resourceId: made.id,
      appRoleId: role.id,
    });
    assert.equal(assigned.status, 201);
    const early = await patchApplication(made, { appRoles: [user] });
    assert.equal(early.status, 400);
    assert.match(errorOf(early).message, /'Editor' must be disabled/);
    assert.equal(
      (await patchApplication(made, { appRoles: [user, { ...role, isEnabled: false }] })).status,
      204,
    );
    assert.equal((await patchApplication(made, { appRoles: [user] })).status, 204);
    assert.deepEqual(valueOf(await as(casey, 'GET', `/servicePrincipals/${made.id}/appRoleAssignedTo`)), []);
    const twice = await patchApplication(made, { appRoles: [user, role, { ...role, id: casey }] });
    assert.equal(twice.status, 400, 'two roles with one value');
  });

  test('a service principal takes its settings, gives them back and can be cleared', async () => {
    const made = await add('Settings');
    const settings = {
      loginUrl: 'https://app.example/start?x=1#top',
      logoutUrl: 'https://app.example/logout',
      notes: 'Two\nlines',
      notificationEmailAddresses: ['ops@contoso.example'],
      samlSingleSignOnSettings: { relayState: 'https://app.example/deep' },
      tags: ['HideApp'],
      accountEnabled: false,
      appRoleAssignmentRequired: false,
      displayName: 'Renamed',
    };
    assert.equal((await patch(made, settings)).status, 204);
    const shown = await servicePrincipal(made);
    for (const [name, value] of Object.entries(settings)) assert.deepEqual(shown[name], value, name);
    assert.equal((await application(made))['displayName'], 'Renamed');
    const cleared = { loginUrl: '', logoutUrl: null, notes: null, samlSingleSignOnSettings: null };
    assert.equal((await patch(made, cleared)).status, 204);
    const after = await servicePrincipal(made);
    for (const name of Object.keys(cleared)) assert.equal(after[name], null, name);
    assert.deepEqual(after['tags'], ['HideApp']);
    const filtered = valueOf(await as(casey, 'GET', "/servicePrincipals?$filter=tags/any(t:t eq 'HideApp')"));
    assert.deepEqual(
      filtered.map((one) => one['id']),
      [made.id],
    );
  });

  const refusedSettings: [unknown, string][] = [
    [{ loginUrl: 'javascript:alert(1)' }, 'loginUrl'],
    [{ logoutUrl: 'http://app.example' }, 'logoutUrl'],
    [{ notes: 'x'.repeat(1025) }, 'notes'],
    [{ notificationEmailAddresses: ['a', 'b@c.de'] }, 'notificationEmailAddresses.0'],
    [
      { notificationEmailAddresses: [1, 2, 3, 4, 5, 6].map((n) => `a${n}@b.example`) },
      'notificationEmailAddresses',
    ],
    [{ preferredSingleSignOnMode: 'password' }, 'preferredSingleSignOnMode'],
    [{ preferredTokenSigningKeyThumbprint: 'A'.repeat(40) }, 'preferredTokenSigningKeyThumbprint'],
    [{ replyUrls: [] }, 'replyUrls'],
    [{ keyCredentials: [] }, 'keyCredentials'],
  ];
  test('a service principal refuses what cannot be right, and names it', async () => {
    const made = await add('More refusals');
    for (const [body, target] of refusedSettings) {
      const answer = await patch(made, body);
      assert.equal(answer.status, 400, target);
      assert.deepEqual(
        errorOf(answer).details?.map((detail) => detail.target),
        [target],
      );
    }
  });

  test('choosing SAML makes one certificate, however often and at however many screens it is chosen', async () => {
    const made = await add('First certificate');
    const answers = await Promise.all(
      ['saml', 'SAML', 'saml'].map((mode) => patch(made, { preferredSingleSignOnMode: mode })),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [204, 204, 204],
    );
    await patch(made, { preferredSingleSignOnMode: 'notSupported' });
    await patch(made, { preferredSingleSignOnMode: 'saml' });
    const shown = await servicePrincipal(made);
    const credentials = shown['keyCredentials'] as Record<string, string>[];
    assert.equal(credentials.length, 1);
    assert.equal(credentials[0]?.['thumbprint'], shown['preferredTokenSigningKeyThumbprint']);
    assert.deepEqual(shown['notificationEmailAddresses'], ['Casey@contoso.example']);
    const stored = await installation.context.db.kysely
      .selectFrom('signingCertificates')
      .select('privateKey')
      .where('servicePrincipalId', '=', made.id)
      .execute();
    assert.match(stored[0]?.privateKey ?? '', /^v1\./);
  });

  test('a further certificate waits until it is made active, and an expired one cannot be', async () => {
    const made = await add('Certificates');
    await patch(made, { preferredSingleSignOnMode: 'saml' });
    const first = (await servicePrincipal(made))['preferredTokenSigningKeyThumbprint'];
    const end = new Date(installation.clock.now + 3_600_000).toISOString();
    const path = `/servicePrincipals/${made.id}/addTokenSigningCertificate`;
    const second = await as(casey, 'POST', path, { displayName: 'CN=Contoso', endDateTime: end });
    assert.equal(second.status, 200, JSON.stringify(second.body));
    assert.equal(second.body['displayName'], 'CN=Contoso');
    assert.match(String(second.body['key']), /^MII/);
    assert.equal(
      Buffer.from(String(second.body['customKeyIdentifier']), 'base64').toString('hex').toUpperCase(),
      second.body['thumbprint'],
    );
    assert.equal((await servicePrincipal(made))['preferredTokenSigningKeyThumbprint'], first);
    const thumbprint = String(second.body['thumbprint']);
    assert.equal(
      (await patch(made, { preferredTokenSigningKeyThumbprint: thumbprint.toLowerCase() })).status,
      204,
    );
    assert.equal((await servicePrincipal(made))['preferredTokenSigningKeyThumbprint'], thumbprint);
    await patch(made, { preferredTokenSigningKeyThumbprint: first });
    installation.clock.now += 3_600_000;
    const expired = await patch(made, { preferredTokenSigningKeyThumbprint: thumbprint });
    assert.match(errorOf(expired).message, /has expired/);
  });

  test('a certificate ends in the future, within three years, under a plain common name', async () => {
    const made = await add('Bad certificates');
    const path = `/servicePrincipals/${made.id}/addTokenSigningCertificate`;
    const { now } = installation.clock;
    for (const [body, target] of [
      [{ endDateTime: new Date(now - 1).toISOString() }, 'endDateTime'],
      [{ endDateTime: new Date(now + 3 * 366 * 86_400_000).toISOString() }, 'endDateTime'],
      [{ endDateTime: 'tomorrow' }, 'endDateTime'],
      [{ displayName: 'Contoso' }, 'displayName'],
      [{ displayName: 'CN=Contoso, O=Somebody else' }, 'displayName'],
    ] as const) {
      const answer = await as(casey, 'POST', path, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.deepEqual(
        errorOf(answer).details?.map((detail) => detail.target),
        [target],
      );
    }
  });

  test('deleting either half deletes both, with certificates and assignments, and frees the Identifier', async () => {
    for (const half of ['applications', 'servicePrincipals'] as const) {
      const made = await add('Trakstar', trakstar);
      await patch(made, { preferredSingleSignOnMode: 'saml' });
      await as(casey, 'POST', `/servicePrincipals/${made.id}/appRoleAssignedTo`, {
        principalId: casey,
        resourceId: made.id,
        appRoleId: '00000000-0000-0000-0000-000000000000',
      });
      const id = half === 'applications' ? made.applicationId : made.id;
      assert.equal((await as(casey, 'DELETE', `/${half}/${id}`)).status, 204);
      assert.equal((await as(casey, 'DELETE', `/${half}/${id}`)).status, 404);
      assert.equal((await as(casey, 'GET', `/applications/${made.applicationId}`)).status, 404);
      assert.equal((await as(casey, 'GET', `/servicePrincipals/${made.id}`)).status, 404);
      const { kysely } = installation.context.db;
      const left = [
        ...(await kysely
          .selectFrom('signingCertificates')
          .select('id')
          .where('servicePrincipalId', '=', made.id)
          .execute()),
        ...(await kysely
          .selectFrom('appRoleAssignments')
          .select('id')
          .where('resourceId', '=', made.id)
          .execute()),
      ];
      assert.deepEqual(left, []);
    }
  });
});
