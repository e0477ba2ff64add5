import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Forgery, forgerEntityId, forgerLoginUrl } from '../forger.ts';
import { protocolForgeries } from '../forger/protocol-forgeries.ts';
import { signatureForgeries } from '../forger/signature-forgeries.ts';
import { escapeXml } from '../forger/response-text.ts';
import { wrappingForgeries } from '../forger/wrapping-forgeries.ts';
import { attempt, pageOf, platform } from '../installation.ts';
import { bSimon, brittaSimon, performAdministrator } from '../people.ts';
import { performUrl } from '../platform.ts';
import { saveSamlSettings, seeHomePage, signInToPerform } from '../screens/perform.ts';
import { expectSignedOutOfPerform, forger, performSignIns, useScene } from './scene.ts';

useScene();

const signOnUrl = `${performUrl}/auth/saml/?namespace=contoso`;
const administrator = "Perform's administrator";

attempt(
  'the forger is registered through the page of Perform, and what it says genuinely is accepted',
  async () => {
    const page = await pageOf(administrator);
    await signInToPerform(page, performAdministrator);
    await saveSamlSettings(page, {
      certificate: forger().registered.certificate,
      loginUrl: forgerLoginUrl,
      identifier: forgerEntityId,
      logoutUrl: forgerLoginUrl,
    });
    await accepted();
  },
);

for (const forgery of [...protocolForgeries, ...signatureForgeries, ...wrappingForgeries]) {
  attempt(`refused: ${forgery.name}`, () => refused(forgery, forgery.code));
}

attempt('refused: the same assertion twice', async () => {
  await accepted();
  const [last] = forger().sent.slice(-1);
  assert.ok(last);
  const context = await platform().context();
  const page = await context.newPage();
  const since = platform().perform.lines.length;
  await post(page, last.url, last.samlResponse);
  await seeRefusal(page, since, 'assertion-replayed');
  await context.close();
});

attempt('refused: a second assertion for a request that was answered', async () => {
  await accepted();
  const answered = forger().sent.at(-1)?.statement.inResponseTo;
  await refused({ says: () => ({ inResponseTo: answered }) }, 'request-used');
});

attempt('refused: an answer to the request of another browser', async () => {
  const elsewhere = await (await platform().context()).newPage();
  // The attacker signs in as usual but keeps the answer, to have somebody else's browser post it.
  await elsewhere.route('**/auth/saml/callback**', (route) => route.abort());
  forger().next = {};
  await elsewhere.goto(signOnUrl).catch(() => undefined);
  const theirs = forger().sent.at(-1);
  assert.ok(theirs);
  const context = await platform().context();
  const page = await context.newPage();
  const since = platform().perform.lines.length;
  await post(page, theirs.url, theirs.samlResponse);
  await seeRefusal(page, since, 'other-browser');
  await context.close();
  await elsewhere.context().close();
});

attempt('refused: what the old key signs, once the certificate was replaced', async () => {
  const page = await pageOf(administrator);
  const settings = { loginUrl: forgerLoginUrl, identifier: forgerEntityId, logoutUrl: forgerLoginUrl };
  await saveSamlSettings(page, { ...settings, certificate: forger().unknown.certificate });
  await refused({}, 'signature-invalid');
  await saveSamlSettings(page, { ...settings, certificate: forger().registered.certificate });
  await accepted();
});

/** A genuine control, in a browser of its own: it ends on the home page as Britta Simon. */
async function accepted(): Promise<void> {
  forger().next = {};
  const since = platform().perform.lines.length;
  const page = await (await platform().context()).newPage();
  await page.goto(signOnUrl);
  await seeHomePage(page, brittaSimon.displayName, bSimon.userName);
  const [line, ...others] = performSignIns(since);
  assert.equal(others.length, 0);
  assert.equal(line?.code, 'signed-in');
  assert.equal(line?.assertionId, forger().sent.at(-1)?.statement.assertionId);
  await page.context().close();
}

async function refused(forgery: Forgery, code: string): Promise<void> {
  forger().next = forgery;
  const since = platform().perform.lines.length;
  const page = await pageOf('somebody');
  await page.context().clearCookies();
  await page.goto(signOnUrl);
  await seeRefusal(page, since, code);
  forger().next = {};
}

/** The page says that nobody was signed in, the one log line has the code and the page's reference, no session came of it. */
async function seeRefusal(page: Page, since: number, code: string): Promise<void> {
  await page.getByText('Reference', { exact: true }).waitFor();
  const reference = await page.locator('dt:text-is("Reference") + dd').innerText();
  const text = await page.locator('main').innerText();
  assert.match(text, /Who must act/);
  assert.doesNotMatch(
    text,
    new RegExp(`Welcome|${code}|at .*\\.ts:\\d+`),
    'the cause belongs in the log, not on the page',
  );
  const lines = performSignIns(since);
  assert.deepEqual(
    lines.map((line) => line.code),
    [code],
  );
  assert.equal(lines[0]?.id, reference);
  await expectSignedOutOfPerform(page);
}

/** Posts a response as a form of another site does. */
async function post(page: Page, url: string, samlResponse: string): Promise<void> {
  await page.setContent(
    `<form method="post" action="${escapeXml(url)}"><input name="SAMLResponse" value="${samlResponse}"><button>Post</button></form>`,
  );
  await page.getByRole('button', { name: 'Post' }).click();
}
