import assert from 'node:assert/strict';
import { journey, pageOf, useInstallation } from '../installation.ts';
import { performAdministrator } from '../people.ts';
import { heading, openApplication, pane } from '../screens/admin-center.ts';
import { openSamlSettings, signInToPerform } from '../screens/perform.ts';
import { browsers, notes } from './story.ts';

useInstallation();

journey(
  '3 Perform shows its values under Settings > Authentication & SSO > SAML 2.0 > Configure',
  async () => {
    const page = await pageOf(browsers.perform);
    await signInToPerform(page, performAdministrator);
    await openSamlSettings(page);
    notes.acsUrl = await page.getByLabel('ACS (Consumer) URL').inputValue();
    notes.entityId = await page.getByLabel('Entity ID').inputValue();
    assert.equal(notes.acsUrl, 'https://perform.trakstar.com/auth/saml/callback?namespace=contoso');
    assert.equal(notes.entityId, 'https://perform.trakstar.com');
  },
);

journey('3 Basic SAML Configuration takes Reply URL, Sign on URL and Identifier', async () => {
  const page = await pageOf(browsers.cloud);
  await openApplication(page, 'Trakstar', 'Single sign-on');
  await heading(page, 'Select a single sign-on method').waitFor();
  await page.getByRole('button', { name: 'SAML', exact: true }).click();
  await heading(page, /^Set up single sign-on with SAML$/i).waitFor();
  await page.getByRole('button', { name: 'Edit Basic SAML Configuration' }).click();
  const edit = pane(page, 'Basic SAML Configuration');
  assert.equal(
    await edit.getByRole('textbox', { name: 'Identifier (Entity ID)' }).inputValue(),
    notes.entityId,
  );
  await edit.getByRole('textbox', { name: 'Reply URL (Assertion Consumer Service URL)' }).fill(notes.acsUrl);
  await edit.getByLabel('Sign on URL').fill(notes.acsUrl.replace('/callback', '/'));
  await edit.getByRole('button', { name: 'Save' }).click();
  await edit.waitFor({ state: 'hidden' });
  await page.getByText(notes.acsUrl, { exact: true }).waitFor();
  await page
    .getByText('https://perform.trakstar.com/auth/saml/?namespace=contoso', { exact: true })
    .waitFor();
});
