import assert from 'node:assert/strict';
import { journey, pageOf, useInstallation } from '../installation.ts';
import { heading, openApplication, pane } from '../screens/admin-center.ts';
import { browsers } from './story.ts';

useInstallation();

journey('7 B.Simon is assigned to Trakstar with Default Access', async () => {
  const page = await pageOf(browsers.cloud);
  await openApplication(page, 'Trakstar', 'Users and groups');
  await page.getByRole('link', { name: 'Add user/group' }).click();
  await heading(page, 'Add Assignment').waitFor();
  await page.getByRole('button', { name: /^Users and groups/ }).click();
  const choose = pane(page, 'Users and groups');
  await choose.getByRole('checkbox', { name: /^B\.Simon/ }).check();
  await choose.getByRole('button', { name: 'Select', exact: true }).click();
  assert.match(
    await page.getByLabel('Select a role').locator('option:checked').innerText(),
    /Default Access/,
  );
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByRole('row', { name: /B\.Simon.*User.*Default Access/ }).waitFor();
});
