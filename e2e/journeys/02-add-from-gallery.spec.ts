import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { journey, pageOf, useInstallation } from '../installation.ts';
import { browseTo, heading, pane } from '../screens/admin-center.ts';
import { browsers } from './story.ts';

useInstallation();

/** New application, and in the section Add from the gallery: type Trakstar, select it from the results. */
async function selectTrakstar(page: Page): Promise<void> {
  await browseTo(page, 'Identity', 'Applications', 'Enterprise applications', 'New application');
  await heading(page, 'Add from the gallery').waitFor();
  await page.getByRole('searchbox', { name: 'Add from the gallery' }).fill('Trakstar');
  await page.getByRole('button', { name: 'Trakstar', exact: true }).click();
}

journey('2 add Trakstar from the gallery', async () => {
  const page = await pageOf(browsers.cloud);
  await selectTrakstar(page);
  await pane(page, 'Trakstar').getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/overview');
  await heading(page, 'Trakstar').first().waitFor();
});

journey('2 a second Trakstar cannot be added, because its Identifier is taken', async () => {
  const page = await pageOf(browsers.cloud);
  await selectTrakstar(page);
  const trakstar = pane(page, 'Trakstar');
  await trakstar.getByText('The Identifier of Trakstar is a fixed value').waitFor();
  const create = trakstar.getByRole('button', { name: 'Create' });
  assert.equal(await create.getAttribute('aria-disabled'), 'true');
  await create.press('Enter');
  assert.equal(new URL(page.url()).pathname, '/admin/enterprise-applications/gallery');
  await trakstar.getByRole('link', { name: 'Trakstar' }).click();
  await page.waitForURL('**/overview');
});
