import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine, shared } from '@countersign/database/testing.ts';
import {
  administrator,
  install,
  type Installation,
  publicUrl,
  simon,
  type TestBrowser,
  textOf,
} from '../browser-testing.ts';
import type { Tables } from '../tables.ts';

const cookie = '__Host-countersign-session';

eachEngine<Tables>('signing in', (openEmpty) => {
  const ready = shared(async () => {
    const idp = await install(await openEmpty());
    await idp.addUser(simon.userName, simon.password);
    return idp;
  });
  const isSignedIn = async (browser: TestBrowser) => (await browser.send('/v1.0/me')).status === 200;
  const sessions = async ({ context }: Installation) =>
    (await context.db.kysely.selectFrom('sessions').select('secretHash').execute()).length;

  test('the right password makes a session and one line in the log', async () => {
    const idp = await ready();
    const browser = idp.browser();
    const answer = await browser.send('/sign-in', { form: simon });
    assert.equal(answer.status, 303);
    assert.equal(answer.location, '/');
    assert.equal(await isSignedIn(browser), true);
    const line = (await idp.signIns()).at(-1);
    assert.equal(line?.status, 'success');
    assert.equal(line?.userPrincipalName, simon.userName);
    assert.equal(line?.userAgent, 'Test browser');
    assert.equal(line?.appDisplayName, 'Countersign');
    assert.equal(line?.appId, null);
  });

  test('the user name counts in any case', async () => {
    const idp = await ready();
    const browser = idp.browser();
    await browser.signIn({ ...simon, userName: 'b.simon@CONTOSO.example' });
    assert.equal(await isSignedIn(browser), true);
  });

  test('cookies are bound to this host, closed to scripts and Lax', async () => {
    const idp = await ready();
    const answer = await idp.browser().send('/sign-in', { form: simon });
    assert.equal(answer.setCookies.length, 1);
    assert.match(
      answer.setCookies[0] ?? '',
      /^__Host-countersign-session=[0-9a-f-]{36}\.[\w-]{43}; Path=\/; SameSite=Lax; HttpOnly; Secure$/,
    );
    const secret = answer.setCookies[0]?.split(/[.;]/)[1] ?? '';
    const stored = await idp.context.db.kysely.selectFrom('sessions').selectAll().execute();
    assert.doesNotMatch(JSON.stringify(stored), new RegExp(secret));
  });

  test('a wrong password and an unknown user name are answered with the same words', async () => {
    const idp = await ready();
    const before = await sessions(idp);
    const said: string[] = [];
    for (const userName of [simon.userName, 'Nobody@contoso.example', 'nobody@elsewhere.example', 'nobody']) {
      const browser = idp.browser();
      const page = await browser.signIn({ userName, password: 'Wrong-Horse-7' });
      assert.equal(page.status, 401);
      assert.match(page.text, /<div class="problem" role="alert" id="problem">/);
      assert.match(page.text, /id="password"[^>]*aria-describedby="problem"/);
      assert.equal(browser.cookies.has(cookie), false);
      said.push(textOf(page).replace(/[0-9a-f-]{36}/, 'ID'));
    }
    assert.match(said[0] ?? '', /Your user name or password is incorrect\..*AADSTS50126 Request Id ID/);
    assert.equal(new Set(said).size, 1);
    assert.equal(await sessions(idp), before);
    const lines = (await idp.signIns()).filter((line) => line.errorCode === 50126);
    assert.deepEqual(
      lines.map((line) => [line.userPrincipalName, line.userId === null]),
      [
        [simon.userName, false],
        ['Nobody@contoso.example', true],
      ],
    );
  });

  test('an unknown user name takes the work of a password', async () => {
    const idp = await ready();
    const took = async (userName: string) => {
      const start = process.hrtime.bigint();
      await idp.browser().send('/sign-in', { form: { userName, password: 'Wrong-Horse-7' } });
      return Number(process.hrtime.bigint() - start) / 1e6;
    };
    // The quickest of several, taken in turn: a busy machine slows single rounds, never quickens one.
    let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < 4; round++) {
      known = Math.min(known, await took(simon.userName));
      unknown = Math.min(unknown, await took('nobody@contoso.example'));
    }
    assert.ok(unknown > known / 3, `${unknown} ms against ${known} ms`);
    await idp.browser().signIn(simon);
  });

  test('a disabled user is told so after the right password only', async () => {
    const idp = await ready();
    await idp.addUser('off@contoso.example', 'Quiet-Harbour-9', { accountEnabled: 0 });
    const wrong = await idp.browser().signIn({ userName: 'off@contoso.example', password: 'Wrong-Horse-7' });
    assert.match(textOf(wrong), /AADSTS50126/);
    const browser = idp.browser();
    const right = await browser.signIn({ userName: 'off@contoso.example', password: 'Quiet-Harbour-9' });
    assert.equal(right.status, 403);
    assert.match(textOf(right), /Your user account is disabled\..*AADSTS50057/);
    assert.equal(browser.cookies.has(cookie), false);
    assert.equal((await idp.signIns()).at(-1)?.errorCode, 50057);
  });

  test('ten wrong passwords lock the account, for longer each time, and the right one is not told apart', async () => {
    const idp = await ready();
    const who = { userName: 'locked@contoso.example', password: 'Quiet-Harbour-9' };
    await idp.addUser(who.userName, who.password);
    const fail = async () => (await idp.browser().signIn({ ...who, password: 'Wrong-Horse-7' })).status;
    for (let attempt = 1; attempt <= 10; attempt++) assert.equal(await fail(), 401);
    const locked = await idp.browser().signIn(who);
    assert.equal(locked.status, 429);
    assert.match(textOf(locked), /temporarily locked.*AADSTS50053/);
    idp.clock.now += 60_000;
    assert.equal(await fail(), 401);
    idp.clock.now += 60_000;
    assert.equal((await idp.browser().signIn(who)).status, 429);
    idp.clock.now += 60_000;
    const browser = idp.browser();
    await browser.signIn(who);
    assert.equal(await isSignedIn(browser), true);
    for (let attempt = 1; attempt <= 9; attempt++) assert.equal(await fail(), 401);
    const afterNine = idp.browser();
    await afterNine.signIn(who);
    assert.equal(await isSignedIn(afterNine), true);
  });

  test('a user name that nobody has is locked in the same way', async () => {
    const idp = await ready();
    const guess = (userName: string) => idp.browser().signIn({ userName, password: 'Wrong-Horse-7' });
    for (const domain of ['contoso.example', 'elsewhere.example']) {
      for (let attempt = 1; attempt <= 10; attempt++)
        assert.equal((await guess(`Ghost@${domain}`)).status, 401);
      const locked = await guess(`ghost@${domain}`);
      assert.equal(locked.status, 429);
      assert.match(textOf(locked), /temporarily locked.*AADSTS50053/);
    }
    idp.clock.now += 60_000;
    assert.equal((await guess('ghost@contoso.example')).status, 401);
  });

  test('guesses that arrive together are counted one by one', async () => {
    const idp = await ready();
    await idp.addUser('swarm@contoso.example', 'Quiet-Harbour-9');
    const statuses = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        idp.browser().send('/sign-in', {
          form: { userName: 'swarm@contoso.example', password: `Wrong-Horse-${index}` },
        }),
      ),
    );
    assert.equal(statuses.filter(({ status }) => status === 401).length, 10);
    assert.equal(statuses.filter(({ status }) => status === 429).length, 20);
  });

  test('a password handed out by an administrator is changed before it counts', async () => {
    const idp = await ready();
    const who = { userName: 'new@contoso.example', password: 'Handed-Out-1' };
    await idp.addUser(who.userName, who.password, { forceChangePasswordNextSignIn: 1 });
    const browser = idp.browser();
    const page = await browser.submit(await browser.open('/sign-in?return=%2Fmy-apps'), who);
    assert.match(textOf(page), /Update your password/);
    assert.match(page.text, /name="userName"[^>]*readonly[^>]*value="new@contoso\.example"/);
    assert.equal(browser.cookies.has(cookie), false);
    const line = (await idp.signIns()).at(-1);
    assert.equal(line?.errorCode, 50055);
    assert.equal(line?.status, 'interrupted');

    const next = 'Mine-Alone-22';
    const attempt = (fields: Record<string, string>) =>
      browser.submit(page, {
        userName: who.userName,
        currentPassword: who.password,
        newPassword: next,
        confirmPassword: next,
        ...fields,
      });
    const refused: [Record<string, string>, RegExp][] = [
      [{ confirmPassword: 'Other-Words-3' }, /The new password and its confirmation differ/],
      [{ newPassword: who.password, confirmPassword: who.password }, /differs from the current one/],
      [{ newPassword: 'short', confirmPassword: 'short' }, /at least 8 characters/],
      [{ currentPassword: '' }, /Enter your current password/],
      [{ currentPassword: 'Wrong-Horse-7' }, /AADSTS50126/],
    ];
    for (const [fields, says] of refused) {
      const answer = await attempt(fields);
      assert.match(textOf(answer), says);
      assert.equal(browser.cookies.has(cookie), false);
    }
    const done = await browser.send('/sign-in/password?return=%2Fmy-apps', {
      form: {
        userName: who.userName,
        currentPassword: who.password,
        newPassword: next,
        confirmPassword: next,
      },
    });
    assert.equal(done.location, '/my-apps');
    assert.equal(await isSignedIn(browser), true);
    const other = idp.browser();
    assert.equal((await other.signIn(who)).status, 401);
    await other.signIn({ ...who, password: next });
    assert.equal(await isSignedIn(other), true);
    const audits = await idp.context.db.kysely.selectFrom('directoryAudits').selectAll().execute();
    assert.equal(audits.filter((audit) => audit.activityDisplayName === 'Change user password').length, 1);
    assert.doesNotMatch(JSON.stringify(audits), /Mine-Alone|Handed-Out/);
  });

  test('changing the password ends the sessions made with the old one', async () => {
    const idp = await ready();
    const who = { userName: 'change@contoso.example', password: 'Quiet-Harbour-9' };
    await idp.addUser(who.userName, who.password);
    const before = idp.browser();
    await before.signIn(who);
    idp.clock.now += 1000;
    const browser = idp.browser();
    await browser.send('/sign-in/password', {
      form: {
        userName: who.userName,
        currentPassword: who.password,
        newPassword: 'Mine-Alone-22',
        confirmPassword: 'Mine-Alone-22',
      },
    });
    assert.equal(await isSignedIn(browser), true);
    assert.equal(await isSignedIn(before), false);
  });

  test('signing in gives the session a new secret, and the one before is worth nothing', async () => {
    const idp = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const before = browser.copy();
    await browser.send('/sign-in', { form: simon });
    assert.notEqual(browser.cookies.get(cookie), before.cookies.get(cookie));
    assert.equal(await isSignedIn(browser), true);
    assert.equal(await isSignedIn(before), false);
  });

  test('a session cookie planted before signing in does not become the session', async () => {
    const idp = await ready();
    const planted = `${idp.tenantId}.${'A'.repeat(43)}`;
    const victim = idp.browser();
    victim.cookies.set(cookie, planted);
    await victim.signIn(simon);
    assert.notEqual(victim.cookies.get(cookie), planted);
    const attacker = idp.browser();
    attacker.cookies.set(cookie, planted);
    assert.equal(await isSignedIn(attacker), false);
  });

  test('signing in as somebody else replaces the session', async () => {
    const idp = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    await browser.send('/sign-in', { form: administrator });
    const me = JSON.parse((await browser.send('/v1.0/me')).text) as { userPrincipalName: string };
    assert.equal(me.userPrincipalName, administrator.userName);
  });

  test('a session ends after twelve hours without use, and after twenty-four in any case', async () => {
    const idp = await ready();
    const hour = 3_600_000;
    const idle = idp.browser();
    await idle.signIn(simon);
    idp.clock.now += 12 * hour;
    assert.equal(await isSignedIn(idle), false);

    const busy = idp.browser();
    await busy.signIn(simon);
    for (let hours = 0; hours < 23; hours += 1) {
      idp.clock.now += hour;
      assert.equal(await isSignedIn(busy), true);
    }
    idp.clock.now += hour;
    assert.equal(await isSignedIn(busy), false);
  });

  test('a user disabled while signed in reaches neither the API nor the portal', async () => {
    const idp = await ready();
    const id = await idp.addUser('later-off@contoso.example', 'Quiet-Harbour-9');
    const browser = idp.browser();
    await browser.signIn({ userName: 'later-off@contoso.example', password: 'Quiet-Harbour-9' });
    await idp.context.db.kysely
      .updateTable('users')
      .set({ accountEnabled: 0 })
      .where('id', '=', id)
      .execute();
    assert.equal(await isSignedIn(browser), false);
    assert.match((await browser.send('/my-apps')).location ?? '', /^\/sign-in\?/);
  });

  test('a sign-in form on another site signs nobody in', async () => {
    const idp = await ready();
    const browser = idp.browser();
    const answer = await browser.send('/sign-in', { form: simon, crossSite: true });
    assert.equal(answer.status, 403);
    assert.equal(browser.cookies.has(cookie), false);
  });

  test('a form on another site changes no password', async () => {
    const idp = await ready();
    const who = { userName: 'settled@contoso.example', password: 'Quiet-Harbour-9' };
    await idp.addUser(who.userName, who.password);
    const form = {
      userName: who.userName,
      currentPassword: who.password,
      newPassword: 'Theirs-Now-22',
      confirmPassword: 'Theirs-Now-22',
    };
    const answer = await idp.browser().send('/sign-in/password', { form, crossSite: true });
    assert.equal(answer.status, 403);
    const browser = idp.browser();
    await browser.signIn(who);
    assert.equal(await isSignedIn(browser), true);
  });

  test('only a path of this service is returned to', async () => {
    const idp = await ready();
    for (const [given, then] of [
      ['/my-apps?filter=a', '/my-apps?filter=a'],
      ['https://evil.example/', '/'],
      ['//evil.example/', '/'],
      ['/\\evil.example/', '/'],
      ['/\t/evil.example', '/'],
      ['javascript:alert(1)', '/'],
    ] as const) {
      const browser = idp.browser();
      const answer = await browser.send(`/sign-in?${new URLSearchParams({ return: given })}`, {
        form: simon,
      });
      assert.equal(answer.location, then, given);
      const known = await browser.send(`/sign-in?${new URLSearchParams({ return: given })}`);
      assert.equal(known.location, then, given);
    }
  });

  test('a field given twice is refused', async () => {
    const idp = await ready();
    const answer = await idp.app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'userName=a&userName=b&password=c',
    });
    assert.equal(answer.statusCode, 400);
  });

  test('what was typed comes back escaped', async () => {
    const idp = await ready();
    const page = await idp.browser().signIn({ userName: '"><script>alert(1)</script>', password: 'x' });
    assert.doesNotMatch(page.text, /<script>alert/);
    assert.match(page.text, /value="&quot;&gt;&lt;script&gt;/);
  });

  test('signing out takes a button, ends the session and says so', async () => {
    const idp = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const copy = browser.copy();
    const asks = await browser.open('/sign-out');
    assert.match(textOf(asks), /You are signed in as\s+B\.Simon@contoso\.example/);
    assert.equal(await isSignedIn(browser), true);
    assert.equal((await copy.send('/sign-out', { form: {}, crossSite: true })).status, 403);
    const done = await browser.submit(asks, {});
    assert.match(textOf(done), /You signed out of your account/);
    assert.equal(browser.cookies.has(cookie), false);
    assert.equal(await isSignedIn(copy), false);
  });

  test('a session counts for the API only when one of our own pages sent the request', async () => {
    const idp = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    assert.equal((await browser.send('/v1.0/me', { crossSite: true })).status, 401);
  });
});
