import { journey, leaveBrowser, pageOf, useInstallation } from '../installation.ts';
import { bSimon, brittaSimon } from '../people.ts';
import { countersignUrl, performUrl } from '../platform.ts';
import { openApplication } from '../screens/admin-center.ts';
import { signIn, signInForTheFirstTime } from '../screens/countersign-sign-in.ts';
import { seeHomePage } from '../screens/perform.ts';
import { browsers, notes } from './story.ts';

useInstallation();

journey("9 Perform's own Sign-on URL: B.Simon changes the shown password and arrives", async () => {
  const page = await pageOf(browsers.simon);
  await page.goto(`${performUrl}/auth/saml/?namespace=contoso`);
  await signInForTheFirstTime(page, bSimon, notes.shownPasswords.get(bSimon.userName) ?? '');
  await seeHomePage(page, brittaSimon.displayName, bSimon.userName);
  await leaveBrowser(browsers.simon);
});

journey('9 the Trakstar tile in My Apps', async () => {
  const page = await pageOf(browsers.simon);
  await page.goto(`${countersignUrl}/`);
  await signIn(page, bSimon);
  await page.waitForURL('**/my-apps');
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: /Trakstar/ }).click();
  await seeHomePage(await opened, brittaSimon.displayName, bSimon.userName);
  await leaveBrowser(browsers.simon);
});

journey('9 Test this application, as somebody else than the administrator who tests', async () => {
  const page = await pageOf(browsers.cloud);
  await openApplication(page, 'Trakstar', 'Single sign-on');
  await page.getByRole('button', { name: 'Test this application' }).click();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Sign in as someone else' }).click();
  const test = await opened;
  await signIn(test, bSimon);
  await seeHomePage(test, brittaSimon.displayName, bSimon.userName);
  await test.close();
  await page.reload();
  await page.getByRole('button', { name: 'Account of Casey Cloud' }).waitFor();
});

journey('9 Test this application as oneself: an administrator who is not assigned is told so', async () => {
  const page = await pageOf(browsers.cloud);
  await openApplication(page, 'Trakstar', 'Single sign-on');
  await page.getByRole('button', { name: 'Test this application' }).click();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Sign in as current user' }).click();
  const test = await opened;
  await test.getByText(/AADSTS50105: casey@contoso\.example has no access to Trakstar/).waitFor();
  await test.close();
});
