import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine, shared } from '@countersign/database/testing.ts';
import { acs, addTrakstar, assign, install, requestOf, simon, textOf } from '../../browser-testing.ts';
import type { Tables } from '../../tables.ts';
import { assertRefused, post, postFrom, stateOf } from '../refusal-testing.ts';

eachEngine<Tables>('refusing to sign in', (openEmpty) => {
  const ready = shared(async () => {
    const idp = await install(await openEmpty());
    const trakstar = await addTrakstar(idp);
    const simonId = await idp.addUser(simon.userName, simon.password);
    await assign(idp, simonId, trakstar);
    await idp.addUser('eve@contoso.example', simon.password);
    return { idp, trakstar, simonId };
  });

  test('an unassigned user: 50105, and somebody else may sign in for the same request', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn({ ...simon, userName: 'eve@contoso.example' });
    const before = await stateOf(idp);
    const request = requestOf(idp);
    const answer = await browser.open(request.url);
    await assertRefused(
      idp,
      answer,
      {
        code: 50105,
        status: 403,
        says: /eve@contoso\.example has no access to Trakstar \(/,
        mender: /An administrator of Contoso\..*Users and groups/,
        line: { userPrincipalName: 'eve@contoso.example', appId: trakstar.appId, samlRequestId: request.id },
      },
      before,
    );
    const other =
      /<a href="(\/sign-in\?request=[^"]+)">Sign in with another account/.exec(answer.text)?.[1] ?? '';
    const page = await browser.submit(await browser.open(other), simon);
    assert.match(page.text, /name="SAMLResponse"/);
  });

  test('an administrator is not exempt from assignment', async () => {
    const { idp } = await ready();
    const browser = idp.browser();
    await browser.signIn({ userName: 'admin@contoso.example', password: 'Correct-Horse-7' });
    const answer = await browser.open(requestOf(idp).url);
    assert.match(textOf(answer), /AADSTS50105/);
  });

  test('an administrator is shown the cause and the way to the page that mends it, others are not', async () => {
    const { idp, trakstar } = await ready();
    const refuse = async (userName: string, password: string) => {
      const browser = idp.browser();
      await browser.signIn({ userName, password });
      return browser.open(requestOf(idp, { assertionConsumerServiceUrl: `${acs}2` }).url);
    };
    const shown = await refuse('admin@contoso.example', 'Correct-Horse-7');
    assert.match(textOf(shown), /request-reply-url-unknown.*expected https:.*namespace=contoso; received/);
    assert.ok(shown.text.includes(`href="/admin/enterprise-applications/${trakstar.id}/single-sign-on"`));
    const hidden = await refuse(simon.userName, simon.password);
    assert.match(textOf(hidden), /AADSTS50011/);
    assert.doesNotMatch(hidden.text, /request-reply-url-unknown|enterprise-applications\//);
  });

  test('an application that is disabled: 7000112, before anybody is asked to sign in', async () => {
    const { idp, trakstar } = await ready();
    await idp.api('PATCH', `/servicePrincipals/${trakstar.id}`, { accountEnabled: false });
    const before = await stateOf(idp);
    const answer = await idp.browser().open(requestOf(idp).url);
    await idp.api('PATCH', `/servicePrincipals/${trakstar.id}`, { accountEnabled: true });
    await assertRefused(
      idp,
      answer,
      { code: 7000112, status: 403, says: /Trakstar is disabled/, mender: /Enabled for users to sign-in\?/ },
      before,
    );
  });

  test('a user disabled after signing in: 50057', async () => {
    const { idp, trakstar } = await ready();
    const id = await idp.addUser('off@contoso.example', simon.password);
    await assign(idp, id, trakstar);
    const browser = idp.browser();
    await browser.signIn({ ...simon, userName: 'off@contoso.example' });
    await idp.context.db.kysely
      .updateTable('users')
      .set({ accountEnabled: 0 })
      .where('id', '=', id)
      .execute();
    const before = await stateOf(idp);
    const answer = await browser.open(requestOf(idp).url);
    await assertRefused(
      idp,
      answer,
      {
        code: 50057,
        status: 403,
        says: /Your user account is disabled/,
        mender: /An administrator of Contoso/,
      },
      before,
    );
  });

  test('an authentication context nobody can meet here: 75011', async () => {
    const { idp } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const before = await stateOf(idp);
    const answer = await postFrom(browser, idp, withContext(requestOf(idp).xml, 'X509'));
    await assertRefused(
      idp,
      answer,
      {
        code: 75011,
        status: 400,
        says: /not one of those the application accepts/,
        mender: /Whoever runs Trakstar/,
      },
      before,
    );
    const met = await postFrom(browser, idp, withContext(requestOf(idp).xml, 'PasswordProtectedTransport'));
    assert.match(met.text, /name="SAMLResponse"/);
  });

  test('an application without a reply URL: 900971', async () => {
    const { idp } = await ready();
    await addTrakstar(idp, { displayName: 'Bare', identifier: 'urn:bare', replyUrls: [] });
    const before = await stateOf(idp);
    const xml = requestOf(idp, { issuer: 'urn:bare' }).xml.replace(
      / AssertionConsumerServiceURL="[^"]*"/,
      '',
    );
    await assertRefused(
      idp,
      await post(idp, xml),
      {
        code: 900971,
        status: 400,
        says: /No reply URL is registered for Bare/,
        mender: /An administrator of Contoso/,
      },
      before,
    );
  });

  test('a reply URL or identifier that was taken away while the person signed in: 50011, 700016', async () => {
    const { idp } = await ready();
    const application = await addTrakstar(idp, { displayName: 'Moved', identifier: 'urn:moved' });
    const browser = idp.browser();
    await browser.signIn(simon);
    const arrived = await browser.send(requestOf(idp, { issuer: 'urn:moved' }).url);
    await idp.api('PATCH', `/applications/${application.applicationId}`, {
      web: { redirectUris: ['https://moved.example/acs'] },
    });
    assert.match(textOf(await browser.open(arrived.location ?? '')), /AADSTS50011/);
    await idp.api('PATCH', `/applications/${application.applicationId}`, {
      identifierUris: ['urn:moved:on'],
    });
    assert.match(textOf(await browser.open(arrived.location ?? '')), /AADSTS700016/);
  });

  test('refused while signing in: a password that is wrong stays on the page and in the log of the application', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    const request = requestOf(idp);
    const page = await browser.submit(await browser.open(request.url), {
      ...simon,
      password: 'Wrong-Horse-7',
    });
    assert.match(textOf(page), /to continue to\s+Trakstar.*AADSTS50126/);
    const line = (await idp.signIns()).find((each) => each.samlRequestId === request.id);
    assert.equal(line?.errorCode, 50126);
    assert.equal(line?.appId, trakstar.appId);
  });
});

function withContext(xml: string, name: string): string {
  const context = `<samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">urn:oasis:names:tc:SAML:2.0:ac:classes:${name}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`;
  return xml.replace('</samlp:AuthnRequest>', `${context}</samlp:AuthnRequest>`);
}
