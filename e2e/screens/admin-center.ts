import type { Locator, Page } from 'playwright-core';

/** Clicks one's way through the menu: `browseTo(page, 'Identity', 'Users', 'All users')`. */
export async function browseTo(page: Page, ...steps: string[]): Promise<void> {
  for (const step of steps) await page.getByRole('link', { name: step, exact: true }).first().click();
}

export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { name });
}

/** The open pane or dialog of this title. */
export function pane(page: Page, title: string | RegExp): Locator {
  return page.getByRole('dialog', { name: title });
}

/** One of the application's own pages: Overview, Users and groups, Single sign-on … */
export async function openApplication(page: Page, application: string, section?: string): Promise<void> {
  await browseTo(page, 'Identity', 'Applications', 'Enterprise applications');
  await page.getByRole('link', { name: application, exact: true }).click();
  await heading(page, application).first().waitFor();
  if (section !== undefined) await page.getByRole('link', { name: section, exact: true }).click();
}

/** Walks "New user > Create new user" to its end and answers the password that was shown. */
export async function createUser(
  page: Page,
  who: { displayName: string; userName: string },
): Promise<string> {
  await browseTo(page, 'Identity', 'Users', 'All users');
  await page.getByRole('button', { name: 'New user' }).click();
  await page.getByRole('menuitem', { name: /^Create new user/ }).click();
  await page.getByRole('textbox', { name: 'Display name' }).fill(who.displayName);
  const [local = ''] = who.userName.split('@');
  await page.getByRole('textbox', { name: 'User principal name' }).fill(local);
  await page.getByRole('checkbox', { name: 'Show password' }).check();
  const password = await page.getByLabel('Password', { exact: true }).inputValue();
  await page.getByRole('button', { name: 'Review + create' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText(`${who.displayName} was created`).first().waitFor();
  await page.waitForURL('**/admin/users');
  return password;
}

/** Roles & admins > the role > Add assignments. */
export async function assignRole(page: Page, role: string, displayName: string): Promise<void> {
  await browseTo(page, 'Identity', 'Roles & admins', 'All roles');
  await page.getByRole('button', { name: `Assignments of ${role}` }).click();
  await pane(page, role).getByRole('button', { name: 'Add assignments' }).click();
  const choose = pane(page, `Add ${role}`);
  await choose.getByRole('checkbox', { name: displayName }).check();
  await choose.getByRole('button', { name: 'Select', exact: true }).click();
  await pane(page, role)
    .getByRole('list', { name: `Holders of ${role}` })
    .getByText(displayName)
    .waitFor();
  await pane(page, role).getByRole('button', { name: 'Done' }).click();
}

/** Presses the copy button beside a value and answers what is on the clipboard then. */
export async function copy(page: Page, what: string): Promise<string> {
  await page.getByRole('button', { name: `Copy ${what}`, exact: true }).click();
  await page.getByText(`${what} copied`).first().waitFor();
  return page.evaluate<string>('navigator.clipboard.readText()');
}
