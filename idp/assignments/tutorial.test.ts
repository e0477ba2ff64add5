import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import { errorOf, install, publicUrl, valueOf } from '../testing/installation.ts';
import { loadSigningKey } from '../applications/certificates/signing-key.ts';
import { findByIssuer } from '../applications/store.ts';
import type { Tables } from '../tables.ts';
import { isAssigned } from './store.ts';

eachEngine<Tables>('The tutorial over the API', (openEmpty) => {
  test('adds Trakstar, configures it, and lets B.Simon in', async () => {
    const db = await openEmpty();
    const { as, person, tenantId, context, clock } = await install(db);
    const applicationAdministrator = await person('Casey', 'Cloud Application Administrator');
    const userAdministrator = await person('Uma', 'User Administrator');

    const found = valueOf(
      await as(applicationAdministrator, 'GET', "/applicationTemplates?$filter=displayName eq 'Trakstar'"),
    );
    assert.equal(found.length, 1);
    const added = await as(
      applicationAdministrator,
      'POST',
      `/applicationTemplates/${String(found[0]?.['id'])}/instantiate`,
      { displayName: 'Trakstar' },
    );
    assert.equal(added.status, 201);
    const application = added.body['application'] as Record<string, unknown>;
    const servicePrincipal = added.body['servicePrincipal'] as Record<string, unknown>;
    assert.deepEqual(application['identifierUris'], ['https://perform.trakstar.com']);
    assert.equal(servicePrincipal['appRoleAssignmentRequired'], true);
    assert.equal(servicePrincipal['preferredSingleSignOnMode'], null);
    assert.deepEqual(servicePrincipal['keyCredentials'], []);

    const second = await as(
      applicationAdministrator,
      'POST',
      `/applicationTemplates/${String(found[0]?.['id'])}/instantiate`,
      { displayName: 'Trakstar again' },
    );
    assert.equal(second.status, 400);
    assert.equal(
      errorOf(second).message,
      'Another object with the same value for property identifierUris already exists.',
    );
    assert.equal(errorOf(second).details?.[0]?.target, 'identifierUris');

    const path = `/servicePrincipals/${String(servicePrincipal['id'])}`;
    assert.equal(
      (await as(applicationAdministrator, 'PATCH', path, { preferredSingleSignOnMode: 'saml' })).status,
      204,
    );
    const replyUrl = 'https://perform.trakstar.com/auth/saml/callback?namespace=contoso';
    const saved = await as(applicationAdministrator, 'PATCH', `/applications/${String(application['id'])}`, {
      identifierUris: ['https://perform.trakstar.com'],
      web: { redirectUris: [replyUrl] },
    });
    assert.equal(saved.status, 204);
    const loginUrl = 'https://perform.trakstar.com/auth/saml/?namespace=contoso';
    assert.equal((await as(applicationAdministrator, 'PATCH', path, { loginUrl })).status, 204);

    const shown = (await as(applicationAdministrator, 'GET', path)).body;
    assert.deepEqual(shown['replyUrls'], [replyUrl]);
    assert.equal(shown['loginUrl'], loginUrl);
    assert.equal(
      shown['federationMetadataUrl'],
      `${publicUrl}/${tenantId}/federationmetadata/2007-06/federationmetadata.xml?appid=${String(application['appId'])}`,
    );
    const [certificate] = shown['keyCredentials'] as Record<string, unknown>[];
    assert.ok(certificate);
    assert.equal(certificate['displayName'], 'CN=Countersign Federated SSO Certificate');
    assert.equal(certificate['startDateTime'], '2026-11-23T12:00:00.000Z');
    assert.equal(certificate['endDateTime'], '2029-11-23T12:00:00.000Z');
    assert.equal(certificate['thumbprint'], shown['preferredTokenSigningKeyThumbprint']);
    assert.equal(certificate['key'], null);
    const withKey = (await as(applicationAdministrator, 'GET', `${path}?$select=keyCredentials`)).body;
    assert.match(String((withKey['keyCredentials'] as Record<string, unknown>[])[0]?.['key']), /^MII/);

    const user = {
      accountEnabled: true,
      displayName: 'B.Simon',
      mailNickname: 'B.Simon',
      userPrincipalName: 'B.Simon@contoso.example',
      passwordProfile: { password: 'Tau-Ceti-2026', forceChangePasswordNextSignIn: true },
    };
    assert.equal((await as(applicationAdministrator, 'POST', '/users', user)).status, 403);
    const made = await as(userAdministrator, 'POST', '/users', user);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const userId = String(made.body['id']);

    const assignment = {
      principalId: userId,
      resourceId: servicePrincipal['id'],
      appRoleId: '00000000-0000-0000-0000-000000000000',
    };
    const servicePrincipalId = String(servicePrincipal['id']);
    assert.equal(await isAssigned(db.kysely, tenantId, servicePrincipalId, userId), false);
    const assigned = await as(applicationAdministrator, 'POST', `${path}/appRoleAssignedTo`, assignment);
    assert.equal(assigned.status, 201, JSON.stringify(assigned.body));
    assert.equal(assigned.body['principalDisplayName'], 'B.Simon');
    assert.equal(await isAssigned(db.kysely, tenantId, servicePrincipalId, userId), true);

    const tiles = valueOf(await as(userId, 'GET', '/me/appRoleAssignedResources'));
    assert.deepEqual(
      tiles.map((tile) => tile['displayName']),
      ['Trakstar'],
    );

    const registered = await findByIssuer(db.kysely, tenantId, 'https://perform.trakstar.com');
    assert.ok(registered);
    const signing = await loadSigningKey(context, tenantId, registered.servicePrincipal);
    assert.equal(signing?.thumbprint, shown['preferredTokenSigningKeyThumbprint']);
    assert.equal(signing?.certificate.checkPrivateKey(signing.key), true);

    clock.now += 1;
    const audits = valueOf(await as(applicationAdministrator, 'GET', '/auditLogs/directoryAudits'));
    const activities = audits.map((audit) => audit['activityDisplayName']);
    for (const activity of [
      'Add application',
      'Add service principal',
      'Update service principal',
      'Add service principal credentials',
      'Update application',
      'Add user',
      'Add app role assignment grant to user',
    ])
      assert.ok(activities.includes(activity), `${activity} is not in the audit log`);
  });
});
