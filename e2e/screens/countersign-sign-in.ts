import type { Page } from 'playwright-core';
import type { Person } from '../people.ts';
import { countersignUrl } from '../platform.ts';

/** Opens the admin center, as a person types its address. */
export async function openAdminCenter(page: Page): Promise<void> {
  await page.goto(`${countersignUrl}/`);
}

/** Fills in the sign-in page that is open. */
export async function signIn(page: Page, who: { userName: string; password: string }): Promise<void> {
  await page.getByLabel('User name').fill(who.userName);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The page that a shown password leads to. */
export async function updatePassword(page: Page, current: string, next: string): Promise<void> {
  await page.getByRole('heading', { name: 'Update your password' }).waitFor();
  await page.getByLabel('Current password').fill(current);
  await page.getByLabel('New password', { exact: true }).fill(next);
  await page.getByLabel('Confirm password').fill(next);
  await page.getByRole('button', { name: /Sign in|Update|Change/ }).click();
}

/** A first sign-in: the shown password, then one's own. */
export async function signInForTheFirstTime(page: Page, who: Person, shownPassword: string): Promise<void> {
  await signIn(page, { userName: who.userName, password: shownPassword });
  await updatePassword(page, shownPassword, who.password);
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('You signed out of your account').waitFor();
}
