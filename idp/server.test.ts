import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { after, test } from 'node:test';
import { eachEngine, shared } from '@countersign/database/testing.ts';
import pino from 'pino';
import {
  addTrakstar,
  administrator,
  assign,
  fieldOf,
  install,
  requestOf,
  simon,
  TestBrowser,
  textOf,
} from './browser-testing.ts';
import { buildServer } from './server.ts';
import type { Tables } from './tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-portal-'));
after(() => rmSync(folder, { recursive: true, force: true }));

eachEngine<Tables>('the server', (openEmpty) => {
  const ready = shared(async () => {
    const idp = await install(await openEmpty());
    await idp.addUser(simon.userName, simon.password);
    return idp;
  });

  test('it says that it is well', async () => {
    const idp = await ready();
    const answer = await idp.browser().send('/healthz');
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.text), { status: 'ok' });
  });

  test('the start leads administrators to the admin center, others to My Apps, and strangers to the sign-in page', async () => {
    const idp = await ready();
    assert.equal((await idp.browser().send('/')).location, '/sign-in');
    for (const [who, where] of [
      [administrator, '/admin'],
      [simon, '/my-apps'],
    ] as const) {
      const browser = idp.browser();
      await browser.signIn(who);
      assert.equal((await browser.send('/')).location, where);
    }
    const deep = await idp.browser().send('/admin/users?filter=a');
    assert.equal(deep.location, `/sign-in?return=${encodeURIComponent('/admin/users?filter=a')}`);
  });

  test('the portal is served with the nonce of its policy, and its files for ever', async () => {
    const idp = await ready();
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__">');
    writeFileSync(join(folder, 'assets', 'main-abc.js'), 'portal()');
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
    const app = buildServer(idp.context, folder);
    await app.ready();
    const browser = new TestBrowser(app);
    await browser.signIn(administrator);
    const nonces = new Set<string>();
    for (const path of ['/admin', '/admin/users/1', '/my-apps']) {
      const answer = await browser.send(path);
      const nonce = /nonce="([^"]+)"/.exec(answer.text)?.[1] ?? '';
      assert.ok(
        String(answer.headers['content-security-policy']).includes(`style-src 'self' 'nonce-${nonce}'`),
      );
      assert.equal(answer.headers['cache-control'], 'no-store');
      nonces.add(nonce);
    }
    assert.equal(nonces.size, 3);
    const script = await browser.send('/assets/main-abc.js');
    assert.equal(script.text, 'portal()');
    assert.match(String(script.headers['content-type']), /^text\/javascript|^application\/javascript/);
    assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal((await browser.send('/favicon.svg')).headers['cache-control'], 'public, max-age=300');
    for (const path of ['/assets/../index.html', '/assets/%2e%2e/%2e%2e/server.ts', '/index.html'])
      assert.equal((await browser.send(path)).status, 404, path);
    await app.close();
  });

  test('where the portal was not built a page says so', async () => {
    const idp = await ready();
    const app = buildServer(idp.context, join(folder, 'nothing'));
    await app.ready();
    const browser = new TestBrowser(app);
    await browser.signIn(administrator);
    const answer = await browser.send('/admin');
    assert.equal(answer.status, 503);
    assert.match(textOf(answer), /The portal has not been built yet.*npm run build/);
    await app.close();
  });

  test('an address that does not exist is answered with a page, and the API with JSON', async () => {
    const idp = await ready();
    const page = await idp.browser().send('/nothing/here/at/all');
    assert.equal(page.status, 404);
    assert.match(textOf(page), /There is nothing at this address/);
    const browser = idp.browser();
    await browser.signIn(administrator);
    const api = await browser.send('/v1.0/nothing');
    assert.equal(api.status, 404);
    assert.equal(JSON.parse(api.text).error.code, 'Request_ResourceNotFound');
  });

  test('every page is framed by nobody, sniffed by nobody and kept to https', async () => {
    const idp = await ready();
    const { headers } = await idp.browser().send('/sign-in');
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['strict-transport-security']), /max-age/);
    assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
  });

  test('a HEAD request uses nothing up', async () => {
    const idp = await ready();
    const answer = await idp.app.inject({ method: 'HEAD', url: `/${idp.tenantId}/saml2/continue?request=x` });
    assert.equal(answer.statusCode, 404);
  });

  test('a fault is answered with a page that names the request, and its cause stands in the log only', async () => {
    const idp = await ready();
    const lines: string[] = [];
    const app = buildServer({ ...idp.context, log: logTo(lines), now: () => brokenClock() });
    await app.ready();
    const answer = await new TestBrowser(app).send(requestOf(idp).url);
    assert.equal(answer.status, 500);
    assert.doesNotMatch(answer.text, /the clock is broken/);
    const requestId = /request id ([0-9a-f-]{36})/.exec(textOf(answer))?.[1] ?? '?';
    const line = lines.find((each) => each.includes('the clock is broken'));
    assert.ok(line?.includes(requestId));
    await app.close();
  });

  test('the log of a whole sign-in holds no password, cookie, message or handle', async () => {
    const idp = await install(await openEmpty());
    const trakstar = await addTrakstar(idp);
    await assign(idp, await idp.addUser(simon.userName, simon.password), trakstar);
    const lines: string[] = [];
    const app = buildServer({ ...idp.context, log: logTo(lines) });
    await app.ready();
    const browser = new TestBrowser(app);
    const request = requestOf(idp);
    const signIn = await browser.open(request.url);
    await browser.submit(signIn, { ...simon, password: 'Wrong-Horse-7' });
    const page = await browser.submit(signIn, simon);
    const secrets = [
      simon.password,
      'Wrong-Horse-7',
      fieldOf(page, 'SAMLResponse').slice(0, 60),
      new URL(request.url).searchParams.get('SAMLRequest')?.slice(0, 30) ?? '?',
      signIn.url.split('request=')[1] ?? '?',
      ...[...browser.cookies.values()].map((value) => value.split('.').at(-1) ?? value),
    ];
    const log = lines.join('\n');
    assert.match(log, /"path":"\/sign-in"/);
    assert.match(log, /"status":303/);
    for (const secret of secrets) {
      assert.ok(secret.length > 8, secret);
      assert.equal(log.includes(secret), false, secret);
    }
    await app.close();
  });

  test('the address of the visitor is taken from a proxy only where one was configured', async () => {
    const idp = await ready();
    // A proxy adds the address it saw to what the visitor claimed.
    const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' };
    for (const [trustProxy, expected] of [
      [false, '127.0.0.1'],
      [true, '203.0.113.7'],
    ] as const) {
      const app = buildServer({ ...idp.context, config: { ...idp.context.config, trustProxy } });
      await app.ready();
      await new TestBrowser(app).send('/sign-in', {
        form: { userName: 'proxy@contoso.example', password: 'x' },
        headers,
      });
      assert.equal((await idp.signIns()).at(-1)?.ipAddress, expected);
      await app.close();
    }
  });
});

function brokenClock(): number {
  throw new Error('the clock is broken');
}

function logTo(lines: string[]): pino.Logger {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return pino({ level: 'trace' }, stream);
}
