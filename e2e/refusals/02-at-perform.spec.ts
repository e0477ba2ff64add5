import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { attempt, platform } from '../installation.ts';
import { bSimon } from '../people.ts';
import { countersignUrl, performUrl } from '../platform.ts';
import { signIn } from '../screens/countersign-sign-in.ts';
import { assign, createSettledUser, submit } from '../without-screens.ts';
import { changePlan } from './change-plan.ts';
import { expectSignedOutOfPerform, performSignIns, scene, signInLog, useScene } from './scene.ts';

useScene();

const signOnUrl = `${performUrl}/auth/saml/?namespace=contoso`;
const nora = { displayName: 'Nora New', userName: 'nora@contoso.example', password: 'Quiet-Harvest-26' };

/** Signs in at Countersign, which lets the person through, and ends at Perform's refusal. */
async function refusedByPerform(
  who: { userName: string; password: string },
  code: string,
  says: RegExp,
): Promise<void> {
  const since = platform().perform.lines.length;
  const page = await (await platform().context()).newPage();
  await page.goto(signOnUrl);
  await signIn(page, who);
  await page.getByText('Reference', { exact: true }).waitFor();
  assert.match(await page.locator('main').innerText(), says);
  const lines = performSignIns(since);
  assert.deepEqual(
    lines.map((line) => line.code),
    [code],
  );
  assert.equal(lines[0]?.id, await page.locator('dt:text-is("Reference") + dd').innerText());
  // The other side's log says that it did its part, by the same assertion.
  const [newest] = await signInLog();
  assert.equal(newest?.status.errorCode, 0);
  assert.equal(newest?.assertionId, lines[0]?.assertionId);
  await expectSignedOutOfPerform(page);
  await page.context().close();
}

attempt('a person not created in Perform is refused there', async () => {
  const { graph, servicePrincipalId } = scene().connected;
  await assign(graph, servicePrincipalId, await createSettledUser(graph, nora));
  await refusedByPerform(nora, 'person-not-created', /no employee with your user name/);
});

attempt('a person created but not activated in Perform is refused there', async () => {
  const { performAdministrator } = scene();
  const form = await performAdministrator.follow(`${performUrl}/employees/new`);
  const created = await submit(performAdministrator, form, {
    'First name': 'Nora',
    'Last name': 'New',
    'User name': nora.userName,
  });
  await refusedByPerform(nora, 'person-not-activated', /not activated/);
  const after = await performAdministrator.follow(created.url);
  assert.match(after.text, /Not activated/);
});

attempt('a person whose NameID differs in case is somebody else', async () => {
  const { graph } = scene().connected;
  const { value } = await graph.get<{ value: { id: string }[] }>(
    `/users?$filter=${encodeURIComponent(`userPrincipalName eq '${nora.userName}'`)}`,
  );
  await graph.patch(`/users/${value[0]?.id}`, { userPrincipalName: 'Nora@contoso.example' });
  await refusedByPerform({ ...nora, userName: 'Nora@contoso.example' }, 'person-not-created', /no employee/);
});

attempt('where the plan has no single sign-on there is no tab, no link and no way in', async () => {
  const { performAdministrator } = scene();
  await changePlan('contoso', 'off');
  const settings = await performAdministrator.follow(`${performUrl}/settings`);
  assert.doesNotMatch(settings.text, /Authentication (&amp;|&) SSO<\/a>/);
  const page = await performAdministrator.ask(`${performUrl}/settings/authentication`);
  assert.ok([403, 404].includes(page.status), `answered ${page.status}`);
  const since = platform().perform.lines.length;
  const browser = await (await platform().context()).newPage();
  await browser.goto(signOnUrl);
  await browser.getByText("Single sign-on is not part of your company's plan.").waitFor();
  assert.deepEqual(
    performSignIns(since).map((line) => line.code),
    ['sso-not-in-plan'],
  );
  await noLink(browser);
  await changePlan('contoso', 'on');
  await browser.goto(signOnUrl);
  await signIn(browser, bSimon);
  await browser.getByText('Welcome, Britta Simon').waitFor();
  await browser.context().close();
});

async function noLink(page: Page): Promise<void> {
  await page.goto(`${performUrl}/sign-in?company=contoso`);
  await page.getByLabel('Password').waitFor();
  assert.equal(await page.getByRole('link', { name: /single sign-on/ }).count(), 0);
  assert.ok(!page.url().startsWith(countersignUrl));
}
