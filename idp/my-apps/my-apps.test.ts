import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine, shared } from '@countersign/database/testing.ts';
import { readIdpMetadata } from '@countersign/saml';
import {
  acceptedBy,
  actionOf,
  addTrakstar,
  administrator,
  acs,
  assign,
  fieldOf,
  install,
  type Installation,
  publicUrl,
  requestOf,
  simon,
  type TestApplication,
  textOf,
} from '../browser-testing.ts';
import type { Tables } from '../tables.ts';

const signOnUrl = 'https://perform.trakstar.com/auth/saml/?namespace=contoso';
const cookie = '__Host-countersign-session';

eachEngine<Tables>('launching applications', (openEmpty) => {
  const ready = shared(async () => {
    const idp = await install(await openEmpty());
    const trakstar = await addTrakstar(idp);
    const toolkit = await addTrakstar(idp, {
      displayName: 'Toolkit',
      identifier: 'urn:toolkit',
      loginUrl: null,
    });
    await idp.api('PATCH', `/servicePrincipals/${toolkit.id}`, {
      samlSingleSignOnSettings: { relayState: 'https://perform.trakstar.com/goals' },
    });
    const simonId = await idp.addUser(simon.userName, simon.password);
    const { id: adminId } = (await idp.api('GET', '/me')) as { id: string };
    for (const application of [trakstar, toolkit])
      for (const userId of [simonId, adminId]) await assign(idp, userId, application);
    await idp.addUser('eve@contoso.example', simon.password);
    return { idp, trakstar, toolkit, adminId };
  });
  const launch = (idp: Installation, application: TestApplication) =>
    `/launch/${idp.tenantId}/${application.appId}`;

  test('the tile of an application with a Sign on URL goes there', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const answer = await browser.send(launch(idp, trakstar));
    assert.equal(answer.status, 303);
    assert.equal(answer.location, signOnUrl);
  });

  test('the address of a tile opened without a session asks for the password first and then goes there', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    const page = await browser.submit(await browser.open(launch(idp, trakstar)), simon);
    // A redirect to another site would be stopped by the policy of the sign-in form.
    assert.equal(page.status, 200);
    assert.match(
      page.text,
      /<meta http-equiv="refresh" content="0; url=https:\/\/perform\.trakstar\.com\/auth\/saml\/\?namespace=contoso">/,
    );
  });

  test('an unassigned user is told so at once, with a line in the log', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn({ ...simon, userName: 'eve@contoso.example' });
    const answer = await browser.open(launch(idp, trakstar));
    assert.match(textOf(answer), /AADSTS50105: eve@contoso\.example has no access to Trakstar/);
    assert.match(textOf(answer), /Go to My Apps/);
    assert.equal((await idp.signIns()).at(-1)?.errorCode, 50105);
  });

  test('without a Sign on URL the application is sent an assertion that answers no request, with the relay state', async () => {
    const { idp, toolkit } = await ready();
    const browser = idp.browser();
    const page = await browser.submit(await browser.open(launch(idp, toolkit)), simon);
    assert.equal(actionOf(page), acs);
    assert.equal(fieldOf(page, 'RelayState'), 'https://perform.trakstar.com/goals');
    await assert.rejects(acceptedBy(idp, toolkit, page, { id: '_x' }));
    assert.doesNotMatch(Buffer.from(fieldOf(page, 'SAMLResponse'), 'base64').toString(), /InResponseTo/);
    assert.equal((await idp.signIns()).at(-1)?.appDisplayName, 'Toolkit');
  });

  test('an application that does not exist is refused on a page', async () => {
    const { idp } = await ready();
    assert.match(textOf(await idp.browser().open(`/launch/${idp.tenantId}/nothing`)), /AADSTS700016/);
    assert.match(textOf(await idp.browser().open('/launch/nowhere/nothing')), /AADSTS90002/);
  });

  test('testing as the current user goes to the Sign on URL, for administrators only', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn(administrator);
    assert.equal((await browser.send(`/test-sign-in/${trakstar.id}?as=current`)).location, signOnUrl);
    const person = idp.browser();
    await person.signIn(simon);
    const refused = await person.send(`/test-sign-in/${trakstar.id}?as=current`);
    assert.equal(refused.status, 403);
    assert.match(textOf(refused), /takes an administrator role/);
  });

  test('testing as someone else asks for the account for one request and leaves the session as it was', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn(administrator);
    const session = browser.cookies.get(cookie);
    assert.equal((await browser.send(`/test-sign-in/${trakstar.id}?as=other`)).location, signOnUrl);

    const request = requestOf(idp);
    const asks = await browser.open(request.url, { crossSite: true });
    assert.match(textOf(asks), /You are asked for an account for this one sign-in/);
    const page = await browser.submit(asks, simon);
    const accepted = await acceptedBy(idp, trakstar, page, { id: request.id });
    assert.equal(accepted.nameId.value, simon.userName);
    assert.equal(browser.cookies.get(cookie), session);

    const next = requestOf(idp);
    const again = await acceptedBy(idp, trakstar, await browser.open(next.url), { id: next.id });
    assert.equal(again.nameId.value, administrator.userName);
  });

  test('the mark counts for its application, its browser and ten minutes', async () => {
    const { idp, trakstar, toolkit } = await ready();
    const browser = idp.browser();
    await browser.signIn(administrator);
    await browser.send(`/test-sign-in/${trakstar.id}?as=other`);
    const otherApplication = await browser.open(requestOf(idp, { issuer: 'urn:toolkit' }).url);
    assert.match(otherApplication.text, /name="SAMLResponse"/);
    const otherBrowser = idp.browser();
    await otherBrowser.signIn(administrator);
    assert.match((await otherBrowser.open(requestOf(idp).url)).text, /name="SAMLResponse"/);
    idp.clock.now += 10 * 60_000;
    assert.match((await browser.open(requestOf(idp).url)).text, /name="SAMLResponse"/);
    assert.ok(toolkit);
  });

  test('testing an application without a Sign on URL as someone else asks for the account too', async () => {
    const { idp, toolkit } = await ready();
    const browser = idp.browser();
    await browser.signIn(administrator);
    const session = browser.cookies.get(cookie);
    const asks = await browser.open(`/test-sign-in/${toolkit.id}?as=other`);
    assert.match(textOf(asks), /You are asked for an account for this one sign-in/);
    const page = await browser.submit(asks, simon);
    assert.match(page.text, /name="SAMLResponse"/);
    assert.equal(browser.cookies.get(cookie), session);
  });

  test('another site cannot leave the mark', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn(administrator);
    assert.equal(
      (await browser.send(`/test-sign-in/${trakstar.id}?as=other`, { crossSite: true })).status,
      403,
    );
    assert.match((await browser.open(requestOf(idp).url)).text, /name="SAMLResponse"/);
  });

  test('federation metadata names the issuer, the endpoints and the certificate of one application', async () => {
    const { idp, trakstar } = await ready();
    for (const path of [
      `/${idp.tenantId}/federationmetadata/2007-06/federationmetadata.xml?appid=${trakstar.appId}`,
      `/Contoso.example/FederationMetadata/2007-06/FederationMetadata.xml?AppId=${trakstar.appId.toUpperCase()}`,
    ]) {
      const answer = await idp.browser().send(path);
      assert.equal(answer.status, 200, answer.text);
      const metadata = readIdpMetadata(Buffer.from(answer.text));
      assert.equal(metadata.entityId, `${publicUrl}/${idp.tenantId}/`);
      assert.deepEqual(
        metadata.singleSignOnServices.map(({ location }) => location),
        Array(2).fill(`${publicUrl}/${idp.tenantId}/saml2`),
      );
      const { keyCredentials } = (await idp.api(
        'GET',
        `/servicePrincipals/${trakstar.id}?$select=keyCredentials`,
      )) as { keyCredentials: { key: string }[] };
      assert.deepEqual(
        metadata.certificates.map((certificate) => certificate.raw.toString('base64')),
        keyCredentials.map(({ key }) => key),
      );
    }
  });

  test('federation metadata without the application is refused and says which parameter is missing', async () => {
    const { idp } = await ready();
    const answer = await idp
      .browser()
      .send(`/${idp.tenantId}/federationmetadata/2007-06/federationmetadata.xml`);
    assert.equal(answer.status, 400);
    assert.match(textOf(answer), /The parameter appid is missing/);
    assert.equal(
      (await idp.browser().send(`/${idp.tenantId}/other/2007-06/federationmetadata.xml`)).status,
      404,
    );
  });
});
