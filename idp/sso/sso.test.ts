import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine, shared } from '@countersign/database/testing.ts';
import { authnContexts, encodePost, nameIdFormats, SamlRejection } from '@countersign/saml';
import {
  acceptedBy,
  acs,
  actionOf,
  addTrakstar,
  assign,
  entityId,
  fieldOf,
  install,
  publicUrl,
  requestOf,
  simon,
  textOf,
} from '../browser-testing.ts';
import type { Tables } from '../tables.ts';

eachEngine<Tables>('single sign-on', (openEmpty) => {
  const ready = shared(async () => {
    const idp = await install(await openEmpty());
    const trakstar = await addTrakstar(idp);
    const simonId = await idp.addUser(simon.userName, simon.password, {
      displayName: 'B.Simon',
      givenName: 'Britta',
      surname: 'Simon',
    });
    await assign(idp, simonId, trakstar);
    return { idp, trakstar, simonId };
  });

  test('B.Simon signs in from the application, and the application accepts the response', async () => {
    const { idp, trakstar, simonId } = await ready();
    const browser = idp.browser();
    const request = requestOf(idp, { relayState: 'back to goals' });
    const signIn = await browser.open(request.url, { crossSite: true });
    assert.equal(signIn.status, 200);
    assert.match(textOf(signIn), /Contoso\s+Sign in\s+to continue to\s+Trakstar/);

    const page = await browser.submit(signIn, simon);
    assert.equal(actionOf(page), acs);
    assert.equal(fieldOf(page, 'RelayState'), 'back to goals');
    const accepted = await acceptedBy(idp, trakstar, page, { id: request.id });
    assert.deepEqual(accepted.nameId, { value: simon.userName, format: nameIdFormats.emailAddress });
    assert.equal(accepted.issuer, `${publicUrl}/${idp.tenantId}/`);
    assert.deepEqual(accepted.audiences, [entityId]);
    assert.equal(accepted.authnContextClassRef, authnContexts.password);
    assert.equal(accepted.authnInstant, idp.clock.now);
    assert.equal(accepted.notOnOrAfter, idp.clock.now + 60 * 60_000);
    assert.equal(accepted.signed, 'assertion');
    assert.deepEqual(
      accepted.attributes.map(({ name, values }) => [name.split('/').at(-1), values]),
      [
        ['tenantid', [idp.tenantId]],
        ['objectidentifier', [simonId]],
        ['displayname', ['B.Simon']],
        ['identityprovider', [`${publicUrl}/${idp.tenantId}/`]],
        [
          'authnmethodsreferences',
          ['http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password'],
        ],
        ['givenname', ['Britta']],
        ['surname', ['Simon']],
        ['name', [simon.userName]],
      ],
    );

    const line = (await idp.signIns()).find((each) => each.samlRequestId === request.id);
    assert.equal(line?.status, 'success');
    assert.equal(line?.errorCode, 0);
    assert.equal(line?.assertionId, accepted.assertionId);
    assert.equal(line?.appDisplayName, 'Trakstar');
    assert.equal(line?.userId, simonId);
  });

  test('with a session the second application visit needs no password and keeps the time of signing in', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const signedInAt = idp.clock.now;
    idp.clock.now += 3_600_000;
    const request = requestOf(idp);
    const page = await browser.open(request.url, { crossSite: true });
    const accepted = await acceptedBy(idp, trakstar, page, { id: request.id });
    assert.equal(accepted.authnInstant, signedInAt);
  });

  test('a request by POST brings no cookies and is bound to the browser at the GET that follows', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const { xml, id } = requestOf(idp);
    const arrived = await browser.send(`/${idp.tenantId}/saml2`, {
      form: { SAMLRequest: encodePost(xml), RelayState: 'r' },
      crossSite: true,
    });
    assert.equal(arrived.status, 303);
    assert.deepEqual(arrived.setCookies, []);
    const page = await browser.open(arrived.location ?? '', { crossSite: true });
    const accepted = await acceptedBy(idp, trakstar, page, { id });
    assert.equal(accepted.nameId.value, simon.userName);
  });

  test('a request that arrived by POST and was taken up by one browser is closed to another', async () => {
    const { idp } = await ready();
    const { xml } = requestOf(idp);
    const arrived = await idp.browser().send(`/${idp.tenantId}/saml2`, {
      form: { SAMLRequest: encodePost(xml) },
      crossSite: true,
    });
    const first = await idp.browser().open(arrived.location ?? '');
    assert.match(textOf(first), /to continue to\s+Trakstar/);
    const second = await idp.browser().open(arrived.location ?? '');
    assert.equal(second.status, 400);
    assert.match(textOf(second), /This sign-in has run out/);
  });

  test('the tenant may be named by its verified domain, in any case', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const request = requestOf(idp, { destination: `${publicUrl}/contoso.example/saml2` });
    const page = await browser.open(request.url.replace('contoso.example/saml2', 'Contoso.Example/saml2'));
    await acceptedBy(idp, trakstar, page, { id: request.id });
  });

  test('the response goes to no address but the registered one, and the policy of the page says so', async () => {
    const { idp } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const page = await browser.open(requestOf(idp).url);
    const policy = String(page.headers['content-security-policy']);
    assert.match(policy, /form-action 'self' https: http:\/\/localhost:\*/);
    const nonce = /<script nonce="([^"]+)">document\.forms\[0\]\.submit\(\);<\/script>/.exec(page.text)?.[1];
    assert.ok(nonce && policy.includes(`'nonce-${nonce}'`));
    assert.match(page.text, /<noscript><button type="submit" class="primary">Continue<\/button><\/noscript>/);
    assert.match(textOf(page), /You are being taken to\s+perform\.trakstar\.com/);
    assert.equal(page.headers['cache-control'], 'no-store');
  });

  test('a request is answered once; the same handle again leads to a page of its own and to no log line', async () => {
    const { idp } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const page = await browser.open(requestOf(idp).url);
    const before = (await idp.signIns()).length;
    const again = await browser.send(page.url);
    assert.equal(again.status, 400);
    assert.match(textOf(again), /This sign-in has run out.*start again there/);
    assert.doesNotMatch(again.text, /SAMLResponse/);
    assert.equal((await idp.signIns()).length, before);
  });

  test('of two uses of one handle at the same moment one is answered', async () => {
    const { idp } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const arrived = await browser.send(requestOf(idp).url);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => browser.send(arrived.location ?? '').then(({ text }) => text)),
    );
    assert.equal(answers.filter((text) => text.includes('name="SAMLResponse"')).length, 1);
  });

  test('a handle taken to another browser, even a signed-in one, is worth nothing', async () => {
    const { idp } = await ready();
    const arrived = await idp.browser().send(requestOf(idp).url);
    const thief = idp.browser();
    await thief.signIn(simon);
    for (const path of [
      arrived.location ?? '',
      `/sign-in?request=${arrived.location?.split('request=')[1]}`,
    ]) {
      const answer = await thief.open(path);
      assert.equal(answer.status, 400);
      assert.match(textOf(answer), /This sign-in has run out/);
    }
  });

  test('a request waits ten minutes', async () => {
    const { idp } = await ready();
    const browser = idp.browser();
    const signIn = await browser.open(requestOf(idp).url);
    idp.clock.now += 10 * 60_000;
    const late = await browser.submit(signIn, simon);
    assert.equal(late.status, 400);
    assert.match(textOf(late), /This sign-in has run out/);
    assert.equal(browser.cookies.has('__Host-countersign-session'), false);
  });

  test('ForceAuthn asks again though there is a session, and states the new time', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    idp.clock.now += 60_000;
    const request = requestOf(idp, { forceAuthn: true });
    const signIn = await browser.open(request.url);
    assert.match(textOf(signIn), /Sign in\s+to continue to\s+Trakstar/);
    const page = await browser.submit(signIn, simon);
    const accepted = await acceptedBy(idp, trakstar, page, { id: request.id });
    assert.equal(accepted.authnInstant, idp.clock.now);
  });

  test('a first sign-in from the application changes the password on the way and ends in the application', async () => {
    const { idp, trakstar } = await ready();
    const who = { userName: 'first@contoso.example', password: 'Handed-Out-1' };
    await assign(
      idp,
      await idp.addUser(who.userName, who.password, { forceChangePasswordNextSignIn: 1 }),
      trakstar,
    );
    const browser = idp.browser();
    const request = requestOf(idp);
    const update = await browser.submit(await browser.open(request.url), who);
    assert.match(textOf(update), /Update your password/);
    // Until then nobody is signed in, and the request is not answered.
    assert.match(
      textOf(await browser.open(update.url.replace('/sign-in/password', `/${idp.tenantId}/saml2/continue`))),
      /Sign in\s+to continue/,
    );
    const page = await browser.submit(update, {
      userName: who.userName,
      currentPassword: who.password,
      newPassword: 'Mine-Alone-22',
      confirmPassword: 'Mine-Alone-22',
    });
    assert.equal((await acceptedBy(idp, trakstar, page, { id: request.id })).nameId.value, who.userName);
    const lines = (await idp.signIns()).filter((line) => line.samlRequestId === request.id);
    assert.deepEqual(
      lines.map(({ errorCode, status }) => [errorCode, status]),
      [
        [50055, 'interrupted'],
        [0, 'success'],
      ],
    );
  });

  test('login_hint fills the user name in', async () => {
    const { idp } = await ready();
    const signIn = await idp.browser().open(`${requestOf(idp).url}&login_hint=B.Simon%40contoso.example`);
    assert.match(signIn.text, /name="userName"[^>]*value="B\.Simon@contoso\.example"/);
  });

  test('formats of NameIDPolicy: pairwise stays the same, transient never does, unspecified is the user name', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const nameIdOf = async (format: string) => {
      const request = requestOf(idp, { nameIdPolicy: { format, allowCreate: true } });
      const page = await browser.open(request.url);
      return (await acceptedBy(idp, trakstar, page, { id: request.id })).nameId;
    };
    const pairwise = await nameIdOf(nameIdFormats.persistent);
    assert.equal(pairwise.format, nameIdFormats.persistent);
    assert.deepEqual(await nameIdOf(nameIdFormats.persistent), pairwise);
    assert.doesNotMatch(pairwise.value, /simon/i);
    const transient = await nameIdOf(nameIdFormats.transient);
    assert.notEqual((await nameIdOf(nameIdFormats.transient)).value, transient.value);
    assert.deepEqual(await nameIdOf(nameIdFormats.unspecified), {
      value: simon.userName,
      format: nameIdFormats.unspecified,
    });
  });

  test('IsPassive without a session is answered to the application with NoPassive, and logged', async () => {
    const { idp, trakstar } = await ready();
    const request = passive(requestOf(idp));
    const page = await idp
      .browser()
      .open(`/${idp.tenantId}/saml2`, { form: { SAMLRequest: encodePost(request.xml) } });
    await assert.rejects(
      () => acceptedBy(idp, trakstar, page, { id: request.id }),
      (error) =>
        error instanceof SamlRejection &&
        error.code === 'status-not-success' &&
        /status:NoPassive.*AADSTS50058/.test(error.actual ?? ''),
    );
    const line = (await idp.signIns()).find((each) => each.samlRequestId === request.id);
    assert.equal(line?.errorCode, 50058);
    assert.equal(line?.status, 'failure');
  });

  test('IsPassive does not tell an application the name of somebody who has no access to it', async () => {
    const { idp, trakstar } = await ready();
    const who = { userName: 'stranger@contoso.example', password: 'Quiet-Harbour-9' };
    await idp.addUser(who.userName, who.password);
    const browser = idp.browser();
    await browser.signIn(who);
    const request = passive(requestOf(idp));
    const page = await browser.open(`/${idp.tenantId}/saml2`, {
      form: { SAMLRequest: encodePost(request.xml) },
    });
    await assert.rejects(
      () => acceptedBy(idp, trakstar, page, { id: request.id }),
      (error) => error instanceof SamlRejection && error.code === 'status-not-success',
    );
    const response = Buffer.from(fieldOf(page, 'SAMLResponse'), 'base64').toString();
    assert.match(response, /AADSTS50105/);
    assert.doesNotMatch(response, /stranger/);
    const line = (await idp.signIns()).find((each) => each.samlRequestId === request.id);
    assert.match(line?.failureReason ?? '', /stranger@contoso\.example has no access/);
  });

  test('IsPassive with a session signs in without a word', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const request = passive(requestOf(idp));
    const page = await browser.open(`/${idp.tenantId}/saml2`, {
      form: { SAMLRequest: encodePost(request.xml) },
    });
    assert.equal((await acceptedBy(idp, trakstar, page, { id: request.id })).nameId.value, simon.userName);
  });
});

function passive(request: { id: string; xml: string }): { id: string; xml: string } {
  return { id: request.id, xml: request.xml.replace(' ID=', ' IsPassive="true" ID=') };
}
