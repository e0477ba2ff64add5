import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import Fastify from 'fastify';
import { hashPassword } from '../people/password-hash.ts';
import type { Tables } from '../tables.ts';
import { openPerform, signInAsAdministrator } from '../testing/perform.ts';
import type { Access } from './access.ts';
import { mountGuard } from './routes.ts';

/** Every route and whom it admits. One that is missing here, or here and not there, fails the test. */
const table: Record<string, Access> = {
  'GET /perform.css': 'public',
  'GET /perform.js': 'public',
  'GET /perform.svg': 'public',
  'GET /healthz': 'public',
  'GET /sign-in': 'public',
  'POST /sign-in': 'public',
  'POST /sign-out': 'public',
  'GET /auth/saml/': 'public',
  'GET /auth/saml': 'public',
  'POST /auth/saml/callback': 'public',
  'GET /auth/saml/callback/continue': 'public',
  'GET /': 'employee',
  'GET /settings': 'administrator',
  'GET /settings/authentication': 'administrator',
  'GET /settings/authentication/saml': 'administrator',
  'POST /settings/authentication/saml': 'administrator',
  'GET /employees': 'administrator',
  'GET /employees/new': 'administrator',
  'POST /employees/new': 'administrator',
  'GET /employees/:id': 'administrator',
  'POST /employees/:id/activate': 'administrator',
  'POST /employees/:id/deactivate': 'administrator',
  'POST /employees/:id/password': 'administrator',
  'POST /employees/:id/user-name': 'administrator',
};

eachEngine<Tables>('access', (openEmpty) => {
  test('is declared for every route, and each admits whom the table says', async () => {
    const perform = await openPerform(await openEmpty());
    const routes = perform.app
      .printRoutes({ commonPrefix: false, includeMeta: false })
      .split('\n')
      .flatMap((line) => {
        const [, path, methods] = /^[│├└─\s]*(\S*) \(([A-Z, ]+)\)/.exec(line) ?? [];
        return methods ? [{ path, methods: methods.split(', ') }] : [];
      });
    assert.ok(routes.length > 0);
    const known = Object.keys(table).map((name) => name.split(' ')[0]);
    const methods = routes.flatMap((route) => route.methods).filter((method) => method !== 'HEAD');
    assert.deepEqual(methods.toSorted(), known.toSorted());

    const id = await perform.person({
      passwordHash: await hashPassword('Quiet-Meadow-4', Buffer.alloc(16, 9)),
    });
    const employee = perform.browser();
    await employee.post('/sign-in', {
      company: 'contoso',
      userName: 'B.Simon@contoso.example',
      password: 'Quiet-Meadow-4',
    });
    for (const [name, admits] of Object.entries(table)) {
      const [method, path = ''] = name.split(' ');
      const url = path.replace(':id', id);
      const send = (browser: typeof employee) => (method === 'GET' ? browser.get(url) : browser.post(url));
      const anybody = await send(perform.browser());
      if (admits === 'public') {
        assert.ok(!anybody.location?.startsWith('/sign-in?return'), name);
        continue;
      }
      assert.match(anybody.location ?? '', /^\/sign-in/, name);
      const before = await perform.everything();
      const page = await send(employee);
      if (admits === 'employee') assert.equal(page.status, 200, name);
      else {
        assert.equal(page.status, 403, name);
        assert.match(page.text, /for administrators of your company/);
      }
      assert.deepEqual(await perform.everything(), before, name);
    }
    const administrator = await signInAsAdministrator(perform);
    for (const [name, admits] of Object.entries(table))
      if (name.startsWith('GET') && admits !== 'public')
        assert.equal(
          (await administrator.get((name.split(' ')[1] ?? '').replace(':id', id))).status,
          200,
          name,
        );
  });

  test('shows employees no menu they may not use', async () => {
    const perform = await openPerform(await openEmpty());
    await perform.person({ passwordHash: await hashPassword('Quiet-Meadow-4', Buffer.alloc(16, 9)) });
    const browser = perform.browser();
    const form = { company: 'contoso', userName: 'B.Simon@contoso.example', password: 'Quiet-Meadow-4' };
    await browser.post('/sign-in', form);
    const home = await browser.get('/');
    assert.ok(!home.text.includes('Employees') && !home.text.includes('Settings'));
  });

  test('answers an address without a page with a sentence and a reference', async () => {
    const perform = await openPerform(await openEmpty());
    const page = await perform.browser().get('/nowhere');
    assert.equal(page.status, 404);
    assert.match(page.text, /no page at this address.*Who must act You.*Reference [0-9a-f-]{36}/);
  });

  test('tells nothing of the cause when something breaks, and logs it under the reference', async () => {
    const perform = await openPerform(await openEmpty());
    const browser = await signInAsAdministrator(perform);
    await perform.db.kysely.schema.alterTable('audits').renameTo('gone').execute();
    const page = await browser.get('/settings');
    assert.equal(page.status, 500);
    assert.match(page.text, /Something went wrong/);
    assert.ok(!page.text.includes('audits'));
    const line = perform.lines.find(({ event }) => event === 'request-failed');
    assert.ok(JSON.stringify(line).includes('audits') && page.text.includes(String(line?.reference)));
  });
});

test('a route that does not say who may use it stops the start', async () => {
  const app = Fastify();
  mountGuard(app as never, {} as never, async () => undefined);
  assert.throws(() => app.get('/forgotten', () => 'x'), /does not say who may use it/);
});
