import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fastify from 'fastify';
import {
  cookieName,
  html,
  parseCookies,
  raw,
  registerForms,
  requireSameOrigin,
  securityHeaders,
  sendHtml,
  serializeCookie,
} from './index.ts';

describe('html', () => {
  test('escapes text and attribute values', () => {
    const attack = `"><script>alert('1')</script>&`;
    assert.equal(
      html`<a title="${attack}">${attack}</a>`.toString(),
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</a>',
    );
  });
  test('keeps what is HTML already, joins lists and leaves nothing for absent values', () => {
    assert.equal(
      html`${['<', html`<b>${1}</b>`]}${null}${undefined}${false}${raw('<i>')}`.toString(),
      '&lt;<b>1</b><i>',
    );
  });
});

describe('cookies', () => {
  test('are HttpOnly, Lax and, over https, bound to the host', () => {
    const name = cookieName('session', 'https://id.example');
    assert.equal(
      serializeCookie(name, 'a.b', { secure: true }),
      '__Host-session=a.b; Path=/; SameSite=Lax; HttpOnly; Secure',
    );
    assert.equal(cookieName('session', 'http://localhost:4000'), 'session');
  });
  test('with a value that could end the header are refused', () => {
    assert.throws(() => serializeCookie('a', 'x; Domain=evil', { secure: true }), /unsafe value/);
    assert.throws(() => serializeCookie('a', 'x\r\nSet-Cookie: b=c', { secure: true }), /unsafe value/);
  });
  test('given twice count once, the first', () => {
    assert.deepEqual(
      [...parseCookies('a=1; b=2; a=3; broken')],
      [
        ['a', '1'],
        ['b', '2'],
      ],
    );
    assert.equal(parseCookies(undefined).size, 0);
  });
});

async function server() {
  const app = fastify();
  securityHeaders(app, { secure: true });
  registerForms(app);
  app.get('/page', (request, reply) =>
    sendHtml(reply.allowScripts(), html`<script nonce="${request.cspNonce}"></script>`),
  );
  app.get('/post', (_request, reply) => sendHtml(reply.allowForeignForms(), html`<form></form>`));
  app.post('/form', (request) => {
    requireSameOrigin(request, 'https://id.example');
    return Object.fromEntries(request.body as Map<string, string>);
  });
  await app.ready();
  return app;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a server', () => {
  test('sends a policy that lets nothing in by default', async () => {
    const { headers } = await (await server()).inject('/post');
    assert.match(
      String(headers['content-security-policy']),
      /default-src 'none'.*form-action 'self' https: http:\/\/localhost:\* http:\/\/127\.0\.0\.1:\*;.*script-src 'self'$/,
    );
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-frame-options'], 'DENY');
  });
  test('gives every response a nonce of its own', async () => {
    const app = await server();
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await app.inject('/page');
        const nonce = /nonce="([^"]+)"/.exec(response.body)?.[1] ?? '';
        assert.ok(
          String(response.headers['content-security-policy']).includes(`script-src 'self' 'nonce-${nonce}'`),
        );
        return nonce;
      }),
    );
    assert.notEqual(nonces[0], nonces[1]);
  });
  test('reads a form and refuses a field given twice', async () => {
    const app = await server();
    const headers = { ...form, origin: 'https://id.example' };
    const good = await app.inject({ method: 'POST', url: '/form', headers, payload: 'a=1&b=%C3%A9+x' });
    assert.deepEqual(good.json(), { a: '1', b: 'é x' });
    const twice = await app.inject({ method: 'POST', url: '/form', headers, payload: 'a=1&a=2' });
    assert.equal(twice.statusCode, 400);
    const nul = await app.inject({ method: 'POST', url: '/form', headers, payload: 'a=x%00y' });
    assert.equal(nul.statusCode, 400);
  });
  test('reads nothing but forms', async () => {
    const app = await server();
    for (const type of ['application/json', 'text/plain']) {
      const headers = { 'content-type': type, origin: 'https://id.example' };
      const answer = await app.inject({ method: 'POST', url: '/form', headers, payload: '{"get":1}' });
      assert.equal(answer.statusCode, 415, type);
    }
  });
  for (const [what, headers, status] of [
    ['from our own page', { origin: 'https://id.example', 'sec-fetch-site': 'same-origin' }, 200],
    ['without Origin, which the browser calls same-origin', { 'sec-fetch-site': 'same-origin' }, 200],
    ['from a foreign page', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['from a sibling host', { origin: 'https://other.id.example', 'sec-fetch-site': 'same-site' }, 403],
    ['from a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
    [
      'whose Origin is ours but which the browser calls cross-site',
      { origin: 'https://id.example', 'sec-fetch-site': 'cross-site' },
      403,
    ],
    ['with neither header', {}, 403],
  ] as const)
    test(`answers a POST ${what} with ${status}`, async () => {
      const response = await (await server()).inject({
        method: 'POST',
        url: '/form',
        headers: { ...form, ...headers },
        payload: 'a=1',
      });
      assert.equal(response.statusCode, status);
    });
});
