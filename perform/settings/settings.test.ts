import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import {
  expiredYesterday,
  identifier,
  loginUrl,
  signingNext,
  signingNow,
  untimelyBegin,
  untimelyEnd,
} from '../../sp-kit/testing/identity-provider.ts';
import { recordAudit } from '../logs/record.ts';
import type { Tables } from '../tables.ts';
import { openPerform, signInAsAdministrator } from '../testing/perform.ts';

const saml = '/settings/authentication/saml';
const good = { certificate: signingNow.pem, loginUrl, identifier, logoutUrl: loginUrl };

eachEngine<Tables>('settings', (openEmpty) => {
  const open = async () => {
    const perform = await openPerform(await openEmpty());
    return { perform, browser: await signInAsAdministrator(perform) };
  };

  test('lead over Authentication & SSO and SAML 2.0 to Configure', async () => {
    const { browser } = await open();
    const settings = await browser.get('/settings');
    assert.match(settings.html, /<a href="\/settings\/authentication">Authentication &amp; SSO<\/a>/);
    assert.match(settings.text, /Company name for signing in \(namespace\) contoso/);
    const authentication = await browser.get('/settings/authentication');
    assert.match(authentication.html, /<h3>SAML 2\.0<\/h3>/);
    assert.match(authentication.html, /href="\/settings\/authentication\/saml">Configure/);
  });

  test('show the values to copy read-only and complete, also without scripts', async () => {
    const { browser } = await open();
    const { html } = await browser.get(saml);
    for (const [id, value] of [
      ['acs', 'https://perform.trakstar.com/auth/saml/callback?namespace=contoso'],
      ['entityId', 'https://perform.trakstar.com'],
      ['signOn', 'https://perform.trakstar.com/auth/saml/?namespace=contoso'],
    ] as const)
      assert.ok(html.includes(`<input id="${id}" type="text" readonly value="${value}">`), id);
    assert.match(html, /data-copy="acs" hidden/);
  });

  test('of SAML are saved, summed up and written to the audit log, and single sign-on is offered', async () => {
    const { perform, browser } = await open();
    const page = await browser.follow(await browser.post(saml, good));
    assert.match(page.html, /role="status">The settings were saved/);
    const { certificate } = signingNow;
    assert.match(page.text, /Subject CN=Signing now Valid until 2027-11-11 Valid/);
    assert.ok(page.text.includes(`Thumbprint (SHA-1) ${certificate.fingerprint.replaceAll(':', '')}`));
    assert.ok(page.text.includes(`Thumbprint (SHA-256) ${certificate.fingerprint256.replaceAll(':', '')}`));
    const audit = await perform.db.kysely.selectFrom('audits').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([audit.activity, audit.actorName, audit.target], ['Set up SAML', 'admin', 'SAML 2.0']);
    assert.deepEqual(JSON.parse(audit.details), {
      before: null,
      after: {
        loginUrl,
        identifier,
        logoutUrl: loginUrl,
        thumbprints: [certificate.fingerprint.replaceAll(':', '')],
      },
    });
    const signIn = await perform.browser().get('/sign-in?company=contoso&return=%2Fsettings');
    assert.match(
      signIn.html,
      /<a class="button wide" href="\/auth\/saml\/\?namespace=contoso&amp;return=%2Fsettings">Sign in with single sign-on<\/a>/,
    );
  });

  test('of SAML are shown although a saved certificate has no readable dates and no name', async () => {
    const { perform, browser } = await open();
    await browser.post(saml, good);
    const { store } = perform.context.saml;
    const connection = await store.findConnection('contoso');
    assert.ok(connection);
    const certificates = [untimelyBegin.pem, untimelyEnd.pem];
    await store.saveConnection('contoso', { ...connection, certificates });
    const { text } = await browser.get(saml);
    assert.match(text, /Subject None Valid until 2027-11-11 No readable dates/);
    assert.match(text, /Subject None Valid until No readable dates/);
    assert.match((await browser.follow(await browser.post(saml, good))).text, /The settings were saved/);
  });

  test('of SAML are changed under the same connection, with before and after in the audit log', async () => {
    const { perform, browser } = await open();
    await browser.post(saml, good);
    const first = await perform.context.saml.store.findConnection('contoso');
    perform.clock.now += 1000;
    await browser.post(saml, { ...good, certificate: signingNow.pem + signingNext.pem });
    const second = await perform.context.saml.store.findConnection('contoso');
    assert.equal(second?.id, first?.id);
    assert.equal(second?.certificates.length, 2);
    assert.equal((second?.lastModifiedDateTime ?? 0) - (first?.lastModifiedDateTime ?? 0), 1000);
    const audits = await perform.db.kysely.selectFrom('audits').selectAll().orderBy('id').execute();
    const details = JSON.parse(audits.at(-1)?.details ?? '{}');
    assert.equal(details.before.thumbprints.length, 1);
    assert.equal(details.after.thumbprints.length, 2);
    assert.match((await browser.get('/settings')).text, /Change SAML settings SAML 2\.0/);
  });

  test('of SAML are refused with a sentence beside the field, what was typed is kept, nothing is changed', async () => {
    const { perform, browser } = await open();
    await browser.post(saml, good);
    const before = await perform.everything();
    for (const [field, value, says] of [
      ['certificate', expiredYesterday.pem, /expired on 2027-01-14/],
      ['certificate', 'hello', /This is not a certificate/],
      ['loginUrl', 'http://id.contoso.example/saml2', /must begin with https:/],
      ['identifier', '', /Paste the Identifier/],
      ['logoutUrl', 'nowhere', /must be a whole address/],
    ] as const) {
      const page = await browser.post(saml, { ...good, [field]: value });
      assert.equal(page.status, 422);
      assert.match(page.html, /role="alert"[^>]*>Nothing was saved/);
      const error = new RegExp(`id="${field}-error">([^<]*)`).exec(page.html)?.[1] ?? '';
      assert.match(error, says);
      assert.match(
        page.html,
        new RegExp(`id="${field}"[^>]*aria-describedby="[^"]*${field}-error"[^>]*aria-invalid`),
      );
      assert.ok(field === 'certificate' || page.html.includes(`value="${value}"`));
      assert.deepEqual(await perform.everything(), before);
    }
  });

  test('of SAML never show a private key again that was pasted by mistake, and log none of it', async () => {
    const { perform, browser } = await open();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const page = await browser.post(saml, { ...good, certificate: pem });
    assert.match(page.text, /This is a private key\. It was not saved/);
    const middle = pem.split('\n')[5] ?? 'missing';
    assert.ok(!page.html.includes(middle) && !JSON.stringify(perform.lines).includes(middle));
  });

  test('have no tab Authentication & SSO and none of its pages where the plan has no single sign-on', async () => {
    const { perform, browser } = await open();
    await browser.post(saml, good);
    await perform.db.kysely.updateTable('namespaces').set({ ssoInPlan: 0 }).execute();
    const before = await perform.everything();
    assert.ok(!(await browser.get('/settings')).text.includes('Authentication & SSO'));
    for (const page of [
      await browser.get('/settings/authentication'),
      await browser.get(saml),
      await browser.post(saml, { ...good, logoutUrl: '' }),
    ]) {
      assert.equal(page.status, 403);
      assert.match(page.text, /not part of your company's plan/);
    }
    assert.deepEqual(await perform.everything(), before);
    const signIn = await perform.browser().get('/sign-in?company=contoso');
    assert.ok(!signIn.text.includes('single sign-on'));
    await perform.db.kysely.updateTable('namespaces').set({ ssoInPlan: 1 }).execute();
    assert.match((await browser.get(saml)).text, /Signing now/);
  });

  test('show the log lines, changes and connection of no other company', async () => {
    const { perform, browser } = await open();
    const { db, context } = perform;
    await db.kysely
      .insertInto('namespaces')
      .values({ namespace: 'fabrikam', displayName: 'Fabrikam', ssoInPlan: 1, createdDateTime: 1 })
      .execute();
    await browser.post(saml, good);
    const own = await context.saml.store.findConnection('contoso');
    await context.saml.store.saveConnection('fabrikam', {
      ...(own as NonNullable<typeof own>),
      identifier: 'https://id.fabrikam.example/',
    });
    await perform
      .browser()
      .post('/sign-in', { company: 'fabrikam', userName: 'spy-fabrikam', password: 'x' });
    await recordAudit(
      context,
      'fabrikam',
      { personId: null, userName: 'Operator' },
      { activity: 'Change', target: 'fabrikam-secret', details: {} },
    );
    for (const page of ['/settings', '/settings/authentication', saml])
      assert.ok(!(await browser.get(page)).html.includes('fabrikam'), page);
    assert.equal((await context.saml.store.findConnection('contoso'))?.identifier, identifier);
  });
});
