import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine, shared } from '@countersign/database/testing.ts';
import { encodePost } from '@countersign/saml';
import {
  addTrakstar,
  assign,
  fieldOf,
  install,
  publicUrl,
  requestOf,
  simon,
  textOf,
} from '../../browser-testing.ts';
import type { Tables } from '../../tables.ts';

eachEngine<Tables>('continuing a request', (openEmpty) => {
  const ready = shared(async () => {
    const idp = await install(await openEmpty());
    const trakstar = await addTrakstar(idp);
    const simonId = await idp.addUser(simon.userName, simon.password);
    await assign(idp, simonId, trakstar);
    return { idp, simonId };
  });

  test('a browser that has a request of its own is shown nothing of another one', async () => {
    const { idp } = await ready();
    const arrived = await idp.browser().send(requestOf(idp).url);
    const other = idp.browser();
    await other.open(requestOf(idp).url);
    for (const path of [
      arrived.location ?? '',
      `/sign-in?request=${arrived.location?.split('request=')[1]}`,
    ]) {
      const answer = await other.open(path);
      assert.equal(answer.status, 400, path);
      assert.match(textOf(answer), /This sign-in has run out/);
    }
  });

  test('of two browsers that come for one posted request at the same moment one gets it', async () => {
    const { idp } = await ready();
    const arrived = await idp.browser().send(`/${idp.tenantId}/saml2`, {
      form: { SAMLRequest: encodePost(requestOf(idp).xml) },
      crossSite: true,
    });
    const browsers = [idp.browser(), idp.browser(), idp.browser()];
    const pages = await Promise.all(browsers.map((browser) => browser.send(arrived.location ?? '')));
    assert.deepEqual(pages.map(({ status }) => status).toSorted(), [303, 400, 400]);
  });

  test('a request that waited too long is not answered to a browser that has a session either', async () => {
    const { idp } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const arrived = await browser.send(requestOf(idp).url);
    idp.clock.now += 10 * 60_000;
    const late = await browser.send(arrived.location ?? '');
    assert.equal(late.status, 400);
    assert.match(textOf(late), /This sign-in has run out/);
  });

  test('a password reset after signing in for a request asks for the new one before the request is answered', async () => {
    const { idp, simonId } = await ready();
    const browser = idp.browser();
    const signIn = await browser.open(requestOf(idp, { forceAuthn: true }).url);
    const signedIn = await browser.send(/action="([^"]*)"/.exec(signIn.text)?.[1] ?? '', { form: simon });
    assert.equal(signedIn.status, 303);
    idp.clock.now += 1_000;
    const password = 'Reset-Harbour-3';
    await idp.api('PATCH', `/users/${simonId}`, {
      passwordProfile: { password, forceChangePasswordNextSignIn: false },
    });
    const asked = await browser.open(signedIn.location ?? '');
    assert.match(textOf(asked), /Sign in\s+to continue to\s+Trakstar/);
    assert.ok(fieldOf(await browser.submit(asked, { ...simon, password }), 'SAMLResponse'));
  });

  test('whoever is signed in at another organisation signs in here, also where nobody needs an assignment', async () => {
    const { idp } = await ready();
    const open = { identifier: 'https://open.example', replyUrls: ['https://open.example/acs'] };
    const application = await addTrakstar(idp, { ...open, displayName: 'Open' });
    await idp.api('PATCH', `/servicePrincipals/${application.id}`, { appRoleAssignmentRequired: false });
    const fabrikam = idp.context.newId();
    const { kysely } = idp.context.db;
    const issuer = `${publicUrl}/${fabrikam}/`;
    await kysely
      .insertInto('tenants')
      .values({ id: fabrikam, displayName: 'Fabrikam', issuer, createdDateTime: 0 })
      .execute();
    await kysely
      .insertInto('verifiedDomains')
      .values({ name: 'fabrikam.example', tenantId: fabrikam, isDefault: 1 })
      .execute();
    const eve = { userName: 'eve@fabrikam.example', password: 'Quiet-Harbour-9' };
    await idp.addUser(eve.userName, eve.password, { tenantId: fabrikam });
    const browser = idp.browser();
    await browser.signIn(eve);
    assert.equal((await browser.send('/v1.0/me')).status, 200);
    const { url } = requestOf(idp, {
      issuer: open.identifier,
      assertionConsumerServiceUrl: open.replyUrls[0] ?? '',
    });
    const page = await browser.open(url);
    assert.doesNotMatch(page.text, /SAMLResponse/);
    assert.match(textOf(page), /Contoso\s+Sign in\s+to continue to\s+Open/);
  });
});
