import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { open } from '@countersign/database';
import Fastify from 'fastify';
import pino from 'pino';
import { HashingBusy } from '../directory/password-hash.ts';
import type { Tables } from '../tables.ts';
import { type Installation, install } from '../testing/installation.ts';
import { type MountArea, mountApi } from './api.ts';

describe('The API', () => {
  let installation: Installation;
  before(async () => {
    installation = await install(await open<Tables>('sqlite::memory:'));
  });
  const ask = (options: {
    method?: 'GET' | 'POST' | 'PUT';
    url: string;
    headers?: Record<string, string>;
    payload?: string;
  }) =>
    installation.app.inject({
      method: options.method ?? 'GET',
      url: options.url,
      headers: {
        'x-test-principal': `${installation.tenantId} ${installation.administratorId}`,
        ...options.headers,
      },
      ...(options.payload === undefined ? {} : { payload: options.payload }),
    });
  type Body = { error: { code: string; message: string; innerError: Record<string, string> } };

  test('answers a refusal in the shape of Graph, with ids that are in the headers too', async () => {
    const clientRequestId = '0B6C4A5E-1111-4222-8333-944455556666';
    const answer = await ask({
      url: '/v1.0/users/01900000-0000-7000-8000-000000000000',
      headers: { 'client-request-id': clientRequestId },
    });
    assert.equal(answer.statusCode, 404);
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(answer.headers['cache-control'], 'no-store');
    const { error } = answer.json<Body>();
    assert.equal(error.code, 'Request_ResourceNotFound');
    assert.deepEqual(error.innerError, {
      date: new Date(installation.clock.now).toISOString(),
      'request-id': answer.headers['request-id'],
      'client-request-id': clientRequestId.toLowerCase(),
    });
    assert.equal(answer.headers['client-request-id'], clientRequestId.toLowerCase());
  });

  test('does not repeat a client-request-id that is none', async () => {
    const answer = await ask({ url: '/v1.0/me', headers: { 'client-request-id': '<script>' } });
    assert.equal(answer.headers['client-request-id'], answer.headers['request-id']);
  });

  const bodies: [string, string, string | undefined, number][] = [
    ['a form', 'application/x-www-form-urlencoded', 'displayName=x', 415],
    ['plain text, which other sites may send', 'text/plain', '{"displayName":"x"}', 415],
    ['XML', 'application/xml', '<x/>', 415],
    ['broken JSON', 'application/json', '{"displayName":', 400],
    ['a list instead of an object', 'application/json', '[]', 400],
    ['a text instead of an object', 'application/json', '"x"', 400],
    ['an empty body', 'application/json', '', 400],
    ['a prototype', 'application/json', '{"__proto__":{"displayName":"x"}}', 400],
    ['a nested prototype', 'application/json', '{"passwordProfile":{"__proto__":{}}}', 400],
    ['more than a megabyte', 'application/json', JSON.stringify({ displayName: 'x'.repeat(1_100_000) }), 413],
  ];
  for (const [what, type, payload, status] of bodies)
    test(`refuses ${what} with ${status}`, async () => {
      const answer = await ask({
        method: 'POST',
        url: '/v1.0/users',
        headers: { 'content-type': type },
        ...(payload === undefined ? {} : { payload }),
      });
      assert.equal(answer.statusCode, status, answer.body);
      assert.ok(answer.json<Body>().error.message.length > 10);
    });

  test('takes JSON with a charset', async () => {
    const answer = await ask({
      method: 'POST',
      url: '/v1.0/groups',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      payload: '{"displayName":"Größe","mailNickname":"g","mailEnabled":false,"securityEnabled":true}',
    });
    assert.equal(answer.statusCode, 201, answer.body);
    assert.equal(answer.json<{ displayName: string }>().displayName, 'Größe');
  });

  for (const path of [
    '/users/%00',
    '/groups/a%00b',
    '/applications/%00',
    '/auditLogs/signIns/%00',
    '/users/%00@contoso.example',
  ])
    test(`finds nothing at ${path}, and does not fail`, async () => {
      assert.equal((await ask({ url: `/v1.0${path}` })).statusCode, 404);
    });

  test('has no resource for a method it does not know', async () => {
    const answer = await ask({
      method: 'PUT',
      url: '/v1.0/users',
      headers: { 'content-type': 'application/json' },
      payload: '{}',
    });
    assert.equal(answer.statusCode, 404);
    assert.match(answer.json<Body>().error.message, /PUT \/v1\.0\/users/);
  });

  test('says when to come again where it has too much to do, and nothing about what broke', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => lines.push(line) });
    const app = Fastify();
    const broken: MountArea = (area) => {
      area.get('/busy', { config: { access: 'me.read' } }, () => {
        throw new HashingBusy();
      });
      area.get('/broken', { config: { access: 'me.read' } }, () => {
        throw new Error('the secret cause');
      });
    };
    const somebody = { tenantId: 't', userId: 'u', userPrincipalName: 'n', displayName: 'd', roles: [] };
    mountApi(app, { ...installation.context, log }, async () => somebody, [broken]);
    const busy = await app.inject({ url: '/v1.0/busy' });
    assert.equal(busy.statusCode, 503);
    assert.equal(busy.headers['retry-after'], '5');
    assert.equal(busy.json<Body>().error.code, 'ServiceUnavailable');
    const wrong = await app.inject({ url: '/v1.0/broken' });
    assert.equal(wrong.statusCode, 500);
    assert.doesNotMatch(wrong.body, /secret/);
    assert.match(wrong.json<Body>().error.message, /request id/);
    assert.ok(
      lines.some(
        (line) => line.includes('the secret cause') && line.includes(String(wrong.headers['request-id'])),
      ),
    );
  });
});
