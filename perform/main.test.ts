import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runOperator } from './operator.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'perform-'));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

type Started = {
  child: ChildProcess;
  out: () => string;
  lines: () => Record<string, unknown>[];
  err: () => string;
  exit: Promise<number | null>;
};

function start(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH ?? '', ...environment } });
  children.push(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  return {
    child,
    out: () => out,
    lines: () =>
      out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    err: () => err,
    exit: new Promise((resolve) => child.on('exit', resolve)),
  };
}

async function until(started: Started, event: string): Promise<Record<string, unknown>> {
  for (let waited = 0; waited < 15_000; waited += 20) {
    const found = started.lines().find((line) => line.event === event);
    if (found) return found;
    if (started.child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no ${event}: ${started.out()}${started.err()}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

test('the first start tells once how to sign in, serves, and stops cleanly on a signal', async () => {
  const port = await freePort();
  const environment = {
    PERFORM_PORT: `${port}`,
    PERFORM_DATABASE: `sqlite:${folder}/deep/er/perform.db`,
  };
  const first = start(environment);
  const told = await until(first, 'first-start');
  assert.equal(told.userName, 'admin');
  assert.equal(told.namespace, 'contoso');
  assert.match(String(told.password), /^[A-Za-z0-9]{6}-[A-Za-z0-9]{6}-[A-Za-z0-9]{6}-aA7$/);
  const { url } = await until(first, 'listening');
  assert.equal(url, `http://localhost:${port}`);
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }]);
  const signIn = await fetch(`http://127.0.0.1:${port}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: String(url) },
    body: new URLSearchParams({ company: 'contoso', userName: 'admin', password: String(told.password) }),
  });
  assert.equal(signIn.headers.get('location'), '/');
  assert.match(signIn.headers.get('set-cookie') ?? '', /^perform-session=contoso\./);
  first.child.kill('SIGTERM');
  assert.equal(await first.exit, 0);

  const second = start(environment);
  await until(second, 'listening');
  assert.ok(!second.out().includes('first-start'));
  second.child.kill('SIGINT');
  assert.equal(await second.exit, 0);
});

test('a password from the environment is used and never printed', async () => {
  const started = start({
    PERFORM_PORT: `${await freePort()}`,
    PERFORM_DATABASE: `sqlite:${folder}/given.db`,
    PERFORM_ADMIN_PASSWORD: 'Correct-Horse-7',
  });
  const told = await until(started, 'first-start');
  assert.equal(told.password, null);
  await until(started, 'listening');
  assert.ok(!started.out().includes('Correct-Horse-7'));
  started.child.kill('SIGTERM');
  assert.equal(await started.exit, 0);
});

test('what cannot work stops the start with a sentence on standard error', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const address = blocker.address();
  const taken = typeof address === 'object' && address ? address.port : 0;
  writeFileSync(join(folder, 'file'), '');
  const cases: [Record<string, string>, RegExp][] = [
    [{ PERFORM_PORT: 'x' }, /^PERFORM_PORT must be a port/],
    [
      { PERFORM_PORT: `${taken}`, PERFORM_DATABASE: `sqlite:${folder}/taken.db` },
      /cannot listen on 127\.0\.0\.1:\d+: something else listens there\..*PERFORM_PORT/,
    ],
    [{ PERFORM_DATABASE: `sqlite:${folder}/file/perform.db` }, /cannot use .*PERFORM_DATABASE/],
    [
      {
        PERFORM_PORT: `${await freePort()}`,
        PERFORM_DATABASE: `sqlite:${folder}/weak.db`,
        PERFORM_ADMIN_PASSWORD: 'short',
      },
      /PERFORM_ADMIN_PASSWORD: A password has at least 8 characters/,
    ],
  ];
  for (const [environment, says] of cases) {
    const started = start(environment);
    assert.equal(await started.exit, 1);
    assert.match(started.err(), says);
    assert.ok(!started.err().includes('    at '), started.err());
  }
  blocker.close();
});

test('an operator switches single sign-on in a plan, and is told what was not understood', async () => {
  const environment = { PERFORM_DATABASE: `sqlite:${folder}/given.db` };
  const off = await runOperator(['plan', 'Contoso', '--sso', 'off'], environment);
  assert.deepEqual(off, { code: 0, says: 'The plan of Contoso now does not include single sign-on.' });
  const on = await runOperator(['plan', 'contoso', '--sso', 'on'], environment);
  assert.deepEqual(on, { code: 0, says: 'The plan of Contoso now includes single sign-on.' });
  assert.equal((await runOperator(['plan', 'nobody', '--sso', 'on'], environment)).code, 1);
  assert.equal((await runOperator(['plan', 'contoso'], environment)).code, 2);
  assert.equal((await runOperator(['plan', 'contoso', '--sso', 'maybe'], environment)).code, 2);
  assert.equal((await runOperator([], environment)).code, 2);
});
