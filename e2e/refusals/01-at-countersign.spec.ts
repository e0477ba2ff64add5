import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { GraphRefusal, type Collection } from '../graph.ts';
import { attempt, platform } from '../installation.ts';
import { bSimon } from '../people.ts';
import { countersignUrl, performUrl } from '../platform.ts';
import { signIn } from '../screens/countersign-sign-in.ts';
import { createSettledUser } from '../without-screens.ts';
import {
  expectSignedOutOfPerform,
  performSignIns,
  scene,
  type SignIn,
  signInLog,
  useScene,
} from './scene.ts';

useScene();

const stranger = {
  displayName: 'Sam Stranger',
  userName: 'sam@contoso.example',
  password: 'Bright-Tunnel-93',
};

/** Walks `attempt` in a new browser and asserts that it ended in this refusal, in the log line, and in no session at Perform. */
async function refused(i: {
  code: number;
  says: RegExp;
  who: string | null;
  attempt: (page: Page) => Promise<void>;
}): Promise<SignIn> {
  const before = await signInLog();
  const performBefore = platform().perform.lines.length;
  const context = await platform().context();
  const page = await context.newPage();
  await i.attempt(page);
  await page
    .getByText(new RegExp(`AADSTS${i.code}(?!\\d)`))
    .first()
    .waitFor();
  const text = await page.locator('body').innerText();
  assert.match(text, i.says);
  const [newest] = (await signInLog()).filter(({ id }) => !before.some((line) => line.id === id));
  assert.ok(newest, 'the sign-in log has no new line');
  assert.equal(newest.status.errorCode, i.code);
  assert.equal(newest.userPrincipalName?.toLowerCase() ?? null, i.who?.toLowerCase() ?? null);
  assert.equal(newest.assertionId, null);
  assert.ok(text.includes(newest.id), `the page does not show the request id ${newest.id}`);
  assert.deepEqual(performSignIns(performBefore), []);
  await expectSignedOutOfPerform(page);
  await context.close();
  return newest;
}

/** An AuthnRequest as Perform would send it, but with these values. */
function requestUrl(values: { issuer: string; replyUrl: string }): string {
  const xml = `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${randomBytes(20).toString('hex')}" Version="2.0" IssueInstant="${new Date().toISOString()}" AssertionConsumerServiceURL="${values.replyUrl}"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${values.issuer}</Issuer></samlp:AuthnRequest>`;
  const query = new URLSearchParams({ SAMLRequest: deflateRawSync(xml).toString('base64') });
  return `${countersignUrl}/${scene().connected.tenantId}/saml2?${query}`;
}

const signOnUrl = `${performUrl}/auth/saml/?namespace=contoso`;
const replyUrl = `${performUrl}/auth/saml/callback?namespace=contoso`;
const issuer = 'https://perform.trakstar.com';

attempt('an unassigned user is refused with AADSTS50105', async () => {
  await createSettledUser(scene().connected.graph, stranger);
  const line = await refused({
    code: 50105,
    says: /sam@contoso\.example has no access to Trakstar[\s\S]*Assign the person/,
    who: stranger.userName,
    attempt: async (page) => {
      await page.goto(signOnUrl);
      await signIn(page, stranger);
    },
  });
  assert.equal(line.appDisplayName, 'Trakstar');
});

attempt('a second Trakstar is refused, because its Identifier is taken', async () => {
  const { graph } = scene().connected;
  const list = () => graph.get<Collection<{ id: string }>>('/servicePrincipals?$top=100');
  const before = await list();
  const templates = await graph.get<Collection<{ id: string }>>(
    `/applicationTemplates?$filter=${encodeURIComponent("displayName eq 'Trakstar'")}`,
  );
  await assert.rejects(
    graph.post(`/applicationTemplates/${templates.value[0]?.id}/instantiate`, {
      displayName: 'Trakstar two',
    }),
    (error) => {
      assert.ok(error instanceof GraphRefusal);
      assert.ok([400, 409].includes(error.status), error.message);
      assert.match(error.message, /identifierUris/);
      return true;
    },
  );
  assert.deepEqual(
    (await list()).value.map(({ id }) => id),
    before.value.map(({ id }) => id),
  );
});

attempt('a Reply URL that is not registered is refused with AADSTS50011', async () => {
  const foreign = 'https://perform.trakstar.com/auth/saml/callback?namespace=fabrikam';
  await refused({
    code: 50011,
    says: /namespace=fabrikam/,
    who: null,
    attempt: async (page) => {
      await page.goto(requestUrl({ issuer, replyUrl: foreign }));
    },
  });
});

attempt('an unknown Issuer is refused with AADSTS700016', async () => {
  await refused({
    code: 700016,
    says: /https:\/\/perform\.trakstar\.com\//,
    who: null,
    attempt: async (page) => {
      await page.goto(requestUrl({ issuer: `${issuer}/`, replyUrl }));
    },
  });
});

attempt('a wrong password is refused with AADSTS50126', async () => {
  await refused({
    code: 50126,
    says: /user name or password|username or password/i,
    who: bSimon.userName,
    attempt: async (page) => {
      await page.goto(signOnUrl);
      await signIn(page, { userName: bSimon.userName, password: 'Copper-Window-78' });
    },
  });
});

attempt('a disabled user is refused with AADSTS50057, and comes in again once enabled', async () => {
  const { graph, bSimonId } = scene().connected;
  await graph.patch(`/users/${bSimonId}`, { accountEnabled: false });
  await refused({
    code: 50057,
    says: /disabled/,
    who: bSimon.userName,
    attempt: async (page) => {
      await page.goto(signOnUrl);
      await signIn(page, bSimon);
    },
  });
  await graph.patch(`/users/${bSimonId}`, { accountEnabled: true });
  const page = await (await platform().context()).newPage();
  await page.goto(signOnUrl);
  await signIn(page, bSimon);
  await page.getByText('Welcome, Britta Simon').waitFor();
  await page.context().close();
});
