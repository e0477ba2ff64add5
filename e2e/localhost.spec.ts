/**
 * The other way it is run: `npm start -- --demo` over http on localhost, where both services are one site and share one
 * cookie jar. Short: what differs from the deployed form, and what the command itself says and does.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { freshContext, startBrowser } from './browser.ts';
import { httpClient } from './http-client.ts';
import { brittaSimon } from './people.ts';
import { signIn } from './screens/countersign-sign-in.ts';
import { bareEnvironment, freePort } from './service-process.ts';
import { type Places, signInToCountersign, signInToPerform } from './without-screens.ts';

const root = join(import.meta.dirname, '..');
let folder: string;
let places: Places;
let ports: number[];
let starter: ChildProcess;
let printed: string;
let page: Page;
const troubles: string[] = [];

function npmStart(...flags: string[]): {
  child: ChildProcess;
  written: () => string;
  ended: Promise<number | null>;
} {
  const [idp = 0, perform = 0] = ports;
  const child = spawn(process.execPath, ['cli/start.js', ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...bareEnvironment(),
      COUNTERSIGN_PORT: `${idp}`,
      PERFORM_PORT: `${perform}`,
      COUNTERSIGN_DATA: folder,
      COUNTERSIGN_DATABASE: `sqlite:${join(folder, 'countersign.db')}`,
      PERFORM_DATABASE: `sqlite:${join(folder, 'perform.db')}`,
    },
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part: Buffer) => {
      written += part.toString('utf8');
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, written: () => written, ended };
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-localhost-'));
  ports = [await freePort(), await freePort()];
  places = { countersign: `http://localhost:${ports[0]}`, perform: `http://localhost:${ports[1]}` };
  const { child, written, ended } = npmStart('--demo');
  starter = child;
  process.once('exit', () => child.kill('SIGTERM'));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => written().includes('Trakstar tile') && resolve());
    void ended.then((code) => reject(new Error(`npm start ended with ${code}:\n${written()}`)));
  });
  printed = written();
  const browser = await startBrowser({});
  page = await (await freshContext(browser, troubles)).newPage();
});

after(async () => {
  await page?.context().browser()?.close();
  const gone = new Promise((resolve) => starter.once('exit', resolve));
  if (starter.exitCode === null && starter.kill('SIGINT')) await gone;
  await rm(folder, { recursive: true, force: true });
});

const home = async () => {
  await page.waitForURL(`${places.perform}/`);
  await page.getByText(`Welcome, ${brittaSimon.displayName}`).waitFor();
};

/** The user name and password printed behind a heading. */
function credentials(after: RegExp): { userName: string; password: string } {
  const from = printed.slice(printed.search(after));
  const [, userName = ''] = /(?:sign in as|User name) +(\S+)/.exec(from) ?? [];
  const [, password = ''] = /[Pp]assword +(\S+)/.exec(from) ?? [];
  return { userName, password };
}

test('the first start prints how the first administrator of each side signs in', async () => {
  const admin = await signInToCountersign(httpClient({}), credentials(/Admin center/), places);
  assert.equal(new URL(admin.url).pathname, '/admin');
  const who = { company: 'contoso', ...credentials(/Perform {2}/) };
  const perform = await signInToPerform(httpClient({}), who, places);
  assert.match(perform.text, /Signed in with password/);
});

test('B.Simon of the demo signs in to Perform through Countersign at once', async () => {
  await page.goto(`${places.perform}/auth/saml/?namespace=contoso`);
  await signIn(page, credentials(/B\.Simon can sign in/));
  await home();
});

test('the sessions of both services live side by side in one cookie jar', async () => {
  const cookies = await page.context().cookies(places.perform);
  const names = cookies.map(({ name }) => name).sort();
  assert.ok(names.includes('countersign-session'), names.join(', '));
  assert.ok(names.includes('perform-session'), names.join(', '));
  assert.equal(cookies.find(({ name }) => name === 'countersign-session')?.httpOnly, true);
  await page.goto(`${places.countersign}/my-apps`);
  await page.getByText('Trakstar').first().waitFor();
});

test('signing out of Perform leaves the session at Countersign, which leads straight back in', async () => {
  await page.goto(`${places.perform}/`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  await page.goto(`${places.perform}/auth/saml/?namespace=contoso`);
  await home();
});

test('signing out of Countersign leaves the session at Perform, and the next sign-in asks again', async () => {
  await page.goto(`${places.countersign}/sign-out`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You signed out of your account').waitFor();
  await page.goto(`${places.perform}/`);
  await home();
  await page.goto(`${places.perform}/auth/saml/?namespace=contoso`);
  await page.getByLabel('User name').waitFor();
  assert.deepEqual(troubles, []);
});

test('a second start on the same ports says which port is taken and what to do', async () => {
  const { written, ended } = npmStart();
  assert.equal(await ended, 1);
  assert.match(written(), new RegExp(`${ports[0]}|${ports[1]}`));
  assert.match(written(), /port/i);
});

test('Ctrl-C stops both', async () => {
  const ended = new Promise<number | null>((resolve) => starter.once('exit', resolve));
  starter.kill('SIGINT');
  assert.equal(await ended, 0);
  for (const place of Object.values(places)) await assert.rejects(httpClient({}).ask(`${place}/healthz`));
});

test('a second start prints no password, and its demo finds the first one in place', async () => {
  const { child, written, ended } = npmStart('--demo');
  const said = new Promise<void>((resolve) => {
    child.stdout?.on('data', () => /The demo/.test(written()) && resolve());
  });
  await Promise.race([said, ended]);
  child.kill('SIGINT');
  assert.equal(await ended, 0);
  assert.match(written(), /The demo needs the passwords of both administrators/);
  assert.doesNotMatch(written(), /shown this once/);
});
