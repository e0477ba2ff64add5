import assert from 'node:assert/strict';
import { journey, pageOf, useInstallation } from '../installation.ts';
import { copy, heading, openApplication } from '../screens/admin-center.ts';
import { browsers, notes } from './story.ts';

useInstallation();

journey('5 Set up Trakstar gives Login URL, Identifier and Logout URL to copy', async () => {
  const page = await pageOf(browsers.cloud);
  await openApplication(page, 'Trakstar', 'Single sign-on');
  await heading(page, 'Set up Trakstar').waitFor();
  notes.loginUrl = await copy(page, 'Login URL');
  notes.identifier = await copy(page, 'Countersign Identifier');
  notes.logoutUrl = await copy(page, 'Logout URL');
  assert.match(notes.identifier, /^https:\/\/id\.contoso\.example\/[0-9a-f-]{36}\/$/);
  assert.equal(notes.loginUrl, `${notes.identifier}saml2`);
  assert.equal(notes.logoutUrl, notes.loginUrl);
});
