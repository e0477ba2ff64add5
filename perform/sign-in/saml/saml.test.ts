import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import { answer, testTime } from '../../../sp-kit/testing/identity-provider.ts';
import type { Tables } from '../../tables.ts';
import { openPerform, signInAsAdministrator, type TestPerform } from '../../testing/perform.ts';
import { arrive, callback, connect, idpOrigin, leave, minute } from '../../testing/single-sign-on.ts';

eachEngine<Tables>('single sign-on at Perform', (openEmpty) => {
  const open = async (): Promise<TestPerform> => {
    const perform = await openPerform(await openEmpty());
    await connect(perform);
    return perform;
  };

  test('signs an employee in who was created and activated, without a cookie in the cross-site form', async () => {
    const perform = await open();
    const personId = await perform.person();
    const browser = perform.browser();
    const { SAMLResponse } = await answer(await leave(browser));
    const home = await arrive(browser, SAMLResponse);
    assert.match(home.text, /Welcome, Britta Simon/);
    assert.match(home.text, /Signed in with single sign-on \(SAML\)/);
    assert.match(home.text, /NameID B\.Simon@contoso\.example/);
    assert.match(home.text, /Company Contoso/);
    const line = perform.lines.find(({ event, code }) => event === 'sign-in' && code === 'signed-in');
    assert.equal(line?.personId, personId);
    const links = await perform.db.kysely.selectFrom('samlAccountLinks').selectAll().execute();
    assert.deepEqual(
      links.map(({ accountId }) => accountId),
      [personId],
    );
  });

  test('goes back to the local page the person came from, and never to another site', async () => {
    const perform = await open();
    await perform.person({ role: 'administrator' });
    for (const [given, target] of [
      ['/employees', '/employees'],
      ['/settings?x=1', '/settings?x=1'],
      ['//evil.example/', '/'],
      ['/\\evil.example', '/'],
      ['https://evil.example/', '/'],
      ['/sign-in', '/'],
    ] as const) {
      const browser = perform.browser();
      const url = await leave(browser, `namespace=contoso&return=${encodeURIComponent(given)}`);
      const { SAMLResponse } = await answer(url);
      const handed = await browser.postFrom(idpOrigin, callback, {
        SAMLResponse,
        RelayState: 'https://evil.example/',
      });
      assert.equal(handed.status, 303);
      assert.equal((await browser.get(handed.location ?? '')).location, target);
    }
  });

  test('makes a new session in place of the one the browser had, and marks the browser once', async () => {
    const perform = await open();
    await perform.person();
    const browser = perform.browser();
    await arrive(browser, (await answer(await leave(browser))).SAMLResponse);
    const [session, mark] = ['__Host-perform-session', '__Host-perform-browser'].map((n) =>
      browser.cookies.get(n),
    );
    await arrive(browser, (await answer(await leave(browser))).SAMLResponse);
    assert.notEqual(browser.cookies.get('__Host-perform-session'), session);
    assert.equal(browser.cookies.get('__Host-perform-browser'), mark);
    assert.equal((await perform.db.kysely.selectFrom('sessions').selectAll().execute()).length, 1);
  });

  test('lets two tabs of one browser sign in side by side', async () => {
    const perform = await open();
    await perform.person();
    const browser = perform.browser();
    const [one, two] = [await leave(browser), await leave(browser)];
    for (const url of [two, one])
      assert.match((await arrive(browser, (await answer(url)).SAMLResponse)).text, /Welcome/);
  });

  test('ends the session no later than the identity provider says', async () => {
    const perform = await open();
    await perform.person();
    const browser = perform.browser();
    const authentication = {
      instant: testTime,
      contextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
      sessionNotOnOrAfter: testTime + 30 * minute,
    };
    await arrive(browser, (await answer(await leave(browser), { authentication })).SAMLResponse);
    perform.clock.now += 30 * minute - 1;
    assert.equal((await browser.get('/')).status, 200);
    perform.clock.now += 1;
    assert.equal((await browser.get('/')).location, '/sign-in');
  });

  test('keeps to the linked employee when another one later takes the user name', async () => {
    const perform = await open();
    const first = await perform.person();
    const browser = perform.browser();
    await arrive(browser, (await answer(await leave(browser))).SAMLResponse);
    await perform.db.kysely
      .updateTable('people')
      .set({ userName: 'old', userNameKey: 'old' })
      .where('id', '=', first)
      .execute();
    await perform.person({ givenName: 'Somebody', surname: 'Else' });
    const home = await arrive(browser, (await answer(await leave(browser))).SAMLResponse);
    assert.match(home.text, /Welcome, Britta Simon/);
  });

  test('shows administrators the decoded reason, with both strings, and employees nothing of it', async () => {
    const perform = await open();
    await perform.person();
    const browser = perform.browser();
    await arrive(
      browser,
      (await answer(await leave(browser), { audience: 'https://other.example' })).SAMLResponse,
    );
    const page = await (await signInAsAdministrator(perform)).get('/settings/authentication');
    assert.match(page.text, /The assertion is for another audience\. audience-mismatch/);
    assert.match(page.text, /Expected https:\/\/perform\.trakstar\.com Actual https:\/\/other\.example/);
    assert.match(page.text, /Who must act The identity provider's administrator/);
  });

  test('writes no assertion, handle, cookie or password into the log', async () => {
    const perform = await open();
    await perform.person();
    const browser = perform.browser();
    const { SAMLResponse } = await answer(await leave(browser));
    const handed = await browser.postFrom(idpOrigin, callback, { SAMLResponse });
    await browser.follow(handed);
    await arrive(browser, SAMLResponse);
    const written = JSON.stringify(perform.lines) + JSON.stringify(await perform.everything());
    const handle = new URL(handed.location ?? '', idpOrigin).searchParams.get('handle') ?? '';
    assert.equal(handle.length, 43);
    for (const secret of [SAMLResponse, handle, ...browser.cookies.values()])
      assert.ok(!written.includes(secret.split('.').at(-1) ?? ''));
  });
});
