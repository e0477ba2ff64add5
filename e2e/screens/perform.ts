import type { Page } from 'playwright-core';
import { performUrl } from '../platform.ts';

/** Signs in to Perform by password, company first. */
export async function signInToPerform(
  page: Page,
  who: { company: string; userName: string; password: string },
): Promise<void> {
  await page.goto(`${performUrl}/`);
  await page.getByLabel('Company name').fill(who.company);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('User name').fill(who.userName);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Settings > Authentication & SSO > SAML 2.0 > Configure. */
export async function openSamlSettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Authentication & SSO' }).click();
  await page.getByRole('heading', { name: 'SAML 2.0' }).waitFor();
  await page.getByRole('link', { name: 'Configure' }).click();
}

export type SamlSettings = { certificate: string; loginUrl: string; identifier: string; logoutUrl: string };

/** Fills in what the identity provider's side gave and saves it. */
export async function saveSamlSettings(page: Page, values: SamlSettings): Promise<void> {
  await openSamlSettings(page);
  await page.getByLabel('Certificate').fill(values.certificate);
  await page.getByLabel('Login URL').fill(values.loginUrl);
  await page.getByLabel('Identifier').fill(values.identifier);
  await page.getByLabel('Logout URL').fill(values.logoutUrl);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The settings were saved.').waitFor();
}

/** Employees > New employee. */
export async function createEmployee(
  page: Page,
  who: { firstName: string; lastName: string; displayName: string; userName: string },
): Promise<void> {
  await page.getByRole('link', { name: 'Employees' }).click();
  await page.getByRole('link', { name: 'New employee' }).click();
  await page.getByLabel('First name').fill(who.firstName);
  await page.getByLabel('Last name').fill(who.lastName);
  await page.getByLabel('User name').fill(who.userName);
  await page.getByLabel('Email').fill(who.userName);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: who.displayName }).waitFor();
}

export async function activateEmployee(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByText('Active', { exact: true }).waitFor();
}

/** Perform's home page as this person, signed in by SAML. */
export async function seeHomePage(page: Page, displayName: string, userName: string): Promise<void> {
  await page.waitForURL(`${performUrl}/`);
  await page.getByText(`Welcome, ${displayName}`).waitFor();
  await page.getByText('single sign-on (SAML)').waitFor();
  await page.getByText(userName).first().waitFor();
}

export async function signOutOfPerform(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
}
