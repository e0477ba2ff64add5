import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import { purgeSignIns } from '../logs/store.ts';
import { hashPassword, verifyPassword } from '../people/password-hash.ts';
import { findPersonByUserName, setPasswordHash } from '../people/store.ts';
import type { Tables } from '../tables.ts';
import { administrator, openPerform, publicUrl, signInAsAdministrator } from '../testing/perform.ts';
import { purgeSessions } from './store.ts';

const minute = 60_000;
const hour = 60 * minute;

eachEngine<Tables>('password sign-in at Perform', (openEmpty) => {
  const open = async () => openPerform(await openEmpty());

  test('asks for the company first, in any case and with blanks around it', async () => {
    const browser = (await open()).browser();
    assert.match((await browser.get('/sign-in')).text, /Company name/);
    const named = await browser.post('/sign-in', { company: ' CONTOSO ' });
    assert.equal(named.location, '/sign-in?company=contoso');
    const page = await browser.follow(named);
    assert.match(page.text, /Sign in to Contoso.*User name.*Password/);
    assert.ok(!page.text.includes('single sign-on'));
    const unknown = await browser.post('/sign-in', { company: 'Nobody <b>' });
    assert.equal(unknown.status, 404);
    assert.match(unknown.html, /role="alert"[\s\S]*no company with this name/);
    assert.match(unknown.html, /value="Nobody &lt;b&gt;"/);
  });

  test('opens a session that only its own cookie carries, hashed in the database', async () => {
    const perform = await open();
    const browser = await signInAsAdministrator(perform);
    const home = await browser.get('/');
    assert.match(home.text, /Welcome, Contoso Administrator.*Signed in with password/);
    const value = browser.cookies.get('__Host-perform-session') ?? '';
    assert.match(value, /^contoso\.[A-Za-z0-9_-]{43}$/);
    const sessions = JSON.stringify(await perform.db.kysely.selectFrom('sessions').selectAll().execute());
    assert.ok(!sessions.includes(value.split('.')[1] ?? ''));
    for (const other of [value.replace('contoso', 'fabrikam'), `${value.slice(0, -1)}~`, 'contoso.', '']) {
      browser.cookies.set('__Host-perform-session', other);
      assert.equal((await browser.get('/')).location, '/sign-in');
    }
  });

  test('sets a cookie that scripts cannot read and that stays on this host', async () => {
    const perform = await open();
    const response = await perform.app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(administrator).toString(),
    });
    assert.match(
      String(response.headers['set-cookie']),
      /^__Host-perform-session=[^;]+; Path=\/; SameSite=Lax; HttpOnly; Secure$/,
    );
  });

  test('goes to the page that asked for it', async () => {
    const perform = await open();
    const browser = perform.browser();
    assert.equal((await browser.get('/settings?x=1')).location, '/sign-in?return=%2Fsettings%3Fx%3D1');
    const page = await browser.follow(
      await browser.post('/sign-in', { company: 'contoso', return: '/settings?x=1' }),
    );
    assert.match(page.html, /name="return" value="\/settings\?x=1"/);
    const done = await browser.post('/sign-in', { ...administrator, return: '/settings?x=1' });
    assert.equal(done.location, '/settings?x=1');
    const elsewhere = await browser.post('/sign-in', { ...administrator, return: '//evil.example' });
    assert.equal(elsewhere.location, '/');
  });

  test('says the same of a wrong password and an unknown user name, and logs which it was', async () => {
    const perform = await open();
    const told: string[] = [];
    for (const [form, code] of [
      [{ ...administrator, password: 'Wrong-Horse-7' }, 'password-wrong'],
      [{ ...administrator, userName: 'nobody' }, 'user-name-unknown'],
      [{ ...administrator, password: '' }, 'password-wrong'],
    ] as const) {
      const browser = perform.browser();
      const page = await browser.post('/sign-in', form);
      assert.equal(page.status, 403);
      assert.match(page.html, /role="alert"/);
      const line = perform.lines.at(-1);
      assert.equal(line?.code, code);
      assert.ok(page.text.includes(`Reference ${line?.id}`));
      assert.equal(browser.cookies.size, 0);
      told.push(/The user name or the password[^<]*/.exec(page.html)?.[0] ?? '');
    }
    assert.equal(new Set(told).size, 1);
    assert.ok(told[0] !== '');
    const rows = await perform.db.kysely.selectFrom('signIns').select('code').orderBy('id').execute();
    assert.deepEqual(rows.map(({ code }) => code).sort(), [
      'password-wrong',
      'password-wrong',
      'user-name-unknown',
    ]);
  });

  test('tells somebody who is not activated, or is terminated, only after the right password', async () => {
    const perform = await open();
    const passwordHash = await hashPassword('Quiet-Meadow-4', Buffer.alloc(16, 7));
    for (const [status, code, says] of [
      ['created', 'person-not-activated', /created in Perform but not activated/],
      ['terminated', 'person-terminated', /access to Perform has been ended/],
    ] as const) {
      const userName = `${status}@contoso.example`;
      await perform.person({ userName, status, passwordHash });
      const browser = perform.browser();
      const right = await browser.post('/sign-in', {
        company: 'contoso',
        userName,
        password: 'Quiet-Meadow-4',
      });
      assert.match(right.text, says);
      assert.equal(perform.lines.at(-1)?.code, code);
      const wrong = await browser.post('/sign-in', { company: 'contoso', userName, password: 'x' });
      assert.match(wrong.text, /user name or the password is not right/);
      assert.equal(browser.cookies.size, 0);
    }
    assert.equal((await perform.db.kysely.selectFrom('sessions').selectAll().execute()).length, 0);
  });

  test('keeps people of the same user name at two companies apart', async () => {
    const perform = await open();
    const userName = 'B.Simon@contoso.example';
    await perform.db.kysely
      .insertInto('namespaces')
      .values({ namespace: 'adatum', displayName: 'Adatum', ssoInPlan: 0, createdDateTime: 0 })
      .execute();
    for (const namespace of ['adatum', 'contoso']) {
      const passwordHash = await hashPassword(`Horse-of-${namespace}-7`, perform.context.newSalt());
      await perform.person({ namespace, userName, passwordHash });
    }
    for (const company of ['adatum', 'contoso'])
      for (const theirs of ['adatum', 'contoso']) {
        const form = { company, userName, password: `Horse-of-${theirs}-7` };
        const answer = await perform.browser().post('/sign-in', form);
        assert.equal(answer.status, company === theirs ? 303 : 403, `${theirs} at ${company}`);
      }
  });

  test('lets nobody in by password who has none', async () => {
    const perform = await open();
    await perform.person({ userName: 'sso@contoso.example' });
    for (const password of ['', 'null', 'Correct-Horse-7']) {
      const page = await perform
        .browser()
        .post('/sign-in', { company: 'contoso', userName: 'sso@contoso.example', password });
      assert.match(page.text, /not right/);
    }
  });

  test('locks a user name for a minute after ten wrong passwords in a row', async () => {
    const perform = await open();
    const browser = perform.browser();
    for (let attempt = 0; attempt < 10; attempt++)
      await browser.post('/sign-in', { ...administrator, password: 'Wrong-Horse-7' });
    await browser.post('/sign-in', administrator);
    assert.equal(perform.lines.at(-1)?.code, 'user-name-locked');
    perform.clock.now += minute + 1;
    assert.equal((await browser.post('/sign-in', administrator)).location, '/');
  });

  test('compares no more than ten of the guesses that arrive together', async () => {
    const perform = await open();
    await Promise.all(
      Array.from({ length: 30 }, (_, guess) =>
        perform.browser().post('/sign-in', { ...administrator, password: `Wrong-Horse-${guess}` }),
      ),
    );
    const codes = perform.lines.map(({ code }) => code);
    assert.equal(codes.filter((code) => code === 'password-wrong').length, 10);
    assert.equal(codes.filter((code) => code === 'user-name-locked').length, 20);
  });

  test('signs nobody in with a password that is replaced while it is compared', async () => {
    const perform = await open();
    const person = () => findPersonByUserName(perform.db, 'contoso', administrator.userName);
    const before = await person();
    const others = Array.from({ length: 40 }, () => verifyPassword('x', null));
    const browser = perform.browser();
    const answer = browser.post('/sign-in', administrator);
    while ((await person())?.failedSignInCount === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const replaced = before?.passwordHash?.replace(/.{4}$/, 'AAAA') ?? '';
    await setPasswordHash(perform.db, 'contoso', before?.id ?? '', replaced, '');
    await Promise.all(others);
    assert.match((await answer).text, /user name or the password is not right/);
    assert.equal(browser.cookies.size, 0);
    assert.deepEqual(await perform.db.kysely.selectFrom('sessions').selectAll().execute(), []);
  });

  test('ends a session after a working day, at once on signing out, and for good', async () => {
    const perform = await open();
    const browser = await signInAsAdministrator(perform);
    perform.clock.now += 8 * hour - 1;
    assert.equal((await browser.get('/')).status, 200);
    const kept = browser.cookies.get('__Host-perform-session') ?? '';
    const out = await browser.post('/sign-out');
    assert.equal(out.location, '/sign-in?signed-out=contoso');
    assert.match((await browser.follow(out)).text, /You are signed out\..*Company name/);
    assert.ok(!browser.cookies.has('__Host-perform-session'));
    browser.cookies.set('__Host-perform-session', kept);
    assert.equal((await browser.get('/')).location, '/sign-in');
    const again = await signInAsAdministrator(perform);
    perform.clock.now += 8 * hour;
    assert.equal((await again.get('/')).location, '/sign-in');
  });

  test('writes an attempt at an unknown company into the service log alone', async () => {
    const perform = await open();
    const before = await perform.everything();
    const page = await perform.browser().post('/sign-in', { ...administrator, company: 'nobody' });
    assert.equal(page.status, 404);
    assert.equal(perform.lines.at(-1)?.code, 'company-unknown');
    assert.deepEqual(await perform.everything(), before);
  });

  test('forgets what has expired: sessions at once, sign-ins after a while', async () => {
    const perform = await open();
    await signInAsAdministrator(perform);
    assert.equal(await purgeSessions(perform.db, perform.clock.now), 0);
    assert.equal(await purgeSessions(perform.db, perform.clock.now + 9 * hour), 1);
    assert.equal(await purgeSignIns(perform.db, perform.clock.now), 0);
    assert.equal(await purgeSignIns(perform.db, perform.clock.now + 1), 1);
  });

  test('takes no form from another site', async () => {
    const perform = await open();
    const browser = await signInAsAdministrator(perform);
    for (const url of ['/sign-in', '/sign-out', '/employees/new', '/settings/authentication/saml']) {
      const page = await browser.postFrom('https://evil.example', url, { ...administrator }, true);
      assert.equal(page.status, 403, url);
      assert.match(page.text, /did not come from one of our own pages/);
    }
    assert.equal((await browser.get('/')).status, 200);
  });
});
