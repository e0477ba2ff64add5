import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'countersign-main-'));
after(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { code: number | null; out: Record<string, unknown>[]; err: string; raw: string };

/** Runs main.ts until it ends by itself, or until it listens and `whileListening` has run; then it is told to stop. */
function run(environment: Record<string, string>, whileListening?: () => Promise<void>): Promise<Ended> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      COUNTERSIGN_DATA: folder,
      COUNTERSIGN_PORT: String(port),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let raw = '';
  let err = '';
  let heard = false;
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdout.on('data', async (chunk) => {
    raw += chunk;
    if (heard || !raw.includes('"event":"listening"')) return;
    heard = true;
    try {
      await whileListening?.();
    } finally {
      child.kill('SIGTERM');
    }
  });
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      const lines = raw.split('\n').filter((line) => line !== '');
      resolve({ code, out: lines.map((line) => JSON.parse(line) as Record<string, unknown>), err, raw });
    });
  });
}

let port = 0;
before(async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  port = (probe.address() as AddressInfo).port;
  await new Promise((resolve) => probe.close(resolve));
});

test('the first start makes the organisation and prints its password once, the next one does not', async () => {
  let health = 0;
  const first = await run({}, async () => {
    health = (await fetch(`http://127.0.0.1:${port}/healthz`)).status;
  });
  assert.equal(first.code, 0, first.err);
  assert.equal(health, 200);
  const events = first.out.filter((line) => 'event' in line);
  assert.deepEqual(
    events.map(({ event }) => event),
    ['first-start', 'listening'],
  );
  assert.equal(events[0]?.['userPrincipalName'], 'admin@contoso.example');
  const password = String(events[0]?.['password']);
  assert.ok(password.length >= 12);
  assert.equal(events[1]?.['url'], `http://localhost:${port}`);

  let status = 0;
  const second = await run({}, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: `http://localhost:${port}` },
      body: new URLSearchParams({ userName: 'admin@contoso.example', password }),
    });
    status = answer.status;
    assert.match(
      answer.headers.get('set-cookie') ?? '',
      /^countersign-session=[^;]+; Path=\/; SameSite=Lax; HttpOnly$/,
    );
  });
  assert.equal(second.code, 0, second.err);
  assert.equal(status, 303);
  assert.doesNotMatch(second.raw, /first-start/);
  assert.equal(second.raw.includes(password), false);
});

test('a database whose master key is gone is not opened with a new one', async () => {
  const { code, err } = await run({
    COUNTERSIGN_DATABASE: `sqlite:${folder}/countersign.db`,
    COUNTERSIGN_DATA: join(folder, 'elsewhere'),
  });
  assert.equal(code, 1);
  assert.match(
    err,
    /^The database is in use already, but its master key is not at .*Restore the file, or set COUNTERSIGN_MASTER_KEY/,
  );
});

test('a wrong value stops the start with a sentence and an example', async () => {
  const { code, err, raw } = await run({ COUNTERSIGN_PORT: 'http', COUNTERSIGN_TRUST_PROXY: 'maybe' });
  assert.equal(code, 1);
  assert.equal(raw, '');
  assert.match(
    err,
    /^COUNTERSIGN_PORT must be a number from 0 to 65535; for example COUNTERSIGN_PORT=4000\n/,
  );
  assert.match(err, /COUNTERSIGN_TRUST_PROXY must be 0 or 1; for example COUNTERSIGN_TRUST_PROXY=1\n$/);
});

test('a weak first password stops the start', async () => {
  const { code, err } = await run({
    COUNTERSIGN_DATA: join(folder, 'weak'),
    COUNTERSIGN_ADMIN_PASSWORD: 'short',
  });
  assert.equal(code, 1);
  assert.match(err, /^COUNTERSIGN_ADMIN_PASSWORD: A password must have at least 8 characters\./);
});

test('a port that is taken stops the start, and no password is lost', async () => {
  const taken = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const data = join(folder, 'taken');
  const { code, err, raw } = await run({ COUNTERSIGN_DATA: data });
  await new Promise((resolve) => taken.close(resolve));
  assert.equal(code, 1);
  assert.match(
    err,
    new RegExp(`^Countersign cannot listen on 127\\.0\\.0\\.1:${port}: something else listens there\\.`),
  );
  assert.doesNotMatch(raw, /first-start/);
  assert.match((await run({ COUNTERSIGN_DATA: data })).raw, /first-start/);
});

test('a folder that cannot be used stops the start', async () => {
  writeFileSync(join(folder, 'file'), '');
  const { code, err } = await run({ COUNTERSIGN_DATA: join(folder, 'file', 'data') });
  assert.equal(code, 1);
  assert.match(err, /^The folder .*data cannot be used .*COUNTERSIGN_DATA=\/var\/lib\/countersign/);
});

test('a database that does not answer stops the start without printing its password', async () => {
  const { code, err } = await run({
    COUNTERSIGN_DATABASE: 'postgres://someone:hidden-word@127.0.0.1:1/nothing',
  });
  assert.equal(code, 1);
  assert.match(
    err,
    /^Countersign cannot use the database of COUNTERSIGN_DATABASE: PostgreSQL does not answer/,
  );
  assert.doesNotMatch(err, /hidden-word/);
});
