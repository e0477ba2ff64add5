import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { startExample } from './testing/example.ts';
import { answer, identifier, loginUrl } from './testing/identity-provider.ts';
import { selfSigned } from './testing/self-signed.ts';

const day = 24 * 60 * 60 * 1000;

test('the example of the README is the program in the folder', () => {
  const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
  assert.ok(read('./README.md').includes(`\`\`\`ts\n${read('./testing/example.ts')}\`\`\``));
});

test('the example signs a person in, and refuses the same answer a second time', async (t) => {
  const signedBy = selfSigned('Example', Date.now() - day, Date.now() + day);
  const port = await freePort();
  const server = await startExample(port, { certificate: signedBy.pem, loginUrl, identifier });
  t.after(() => server.close());
  const base = `http://localhost:${port}`;
  const left = await fetch(`${base}/login?namespace=contoso`, { redirect: 'manual' });
  const cookie = (left.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { SAMLResponse } = await answer(left.headers.get('location') ?? '', { signedBy, now: Date.now() });
  const post = () =>
    fetch(`${base}/callback?namespace=contoso`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ SAMLResponse }),
    });
  const handed = await post();
  assert.equal(handed.status, 303);
  const there = `${base}${handed.headers.get('location')}`;
  assert.equal((await fetch(there)).status, 403);
  const page = await fetch(there, { headers: { cookie } });
  assert.equal(await page.text(), 'Welcome, person-B.Simon@contoso.example');
  assert.equal((await post()).status, 403);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
