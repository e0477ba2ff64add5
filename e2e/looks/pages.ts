import type { BrowserContext, Page } from 'playwright-core';
import { deflateRawSync } from 'node:zlib';
import { bSimon, globalAdministrator, performAdministrator } from '../people.ts';
import { countersignUrl, performUrl, type Platform } from '../platform.ts';
import { signIn } from '../screens/countersign-sign-in.ts';
import { signInToPerform } from '../screens/perform.ts';
import {
  type Connected,
  createSettledUser,
  signInToPerform as signInToPerformByForm,
} from '../without-screens.ts';
import { notPages } from './not-pages.ts';

export type Viewer = 'nobody' | 'administrator' | 'employee' | 'performAdministrator';

/** One page in one state. `covers` names the routes it stands for; other states of a page cover nothing. */
export type Look = { name: string; viewer: Viewer; covers: string[]; open: (page: Page) => Promise<unknown> };

/** Makes a fresh browser one of somebody who has just signed in. */
export const viewers: Record<Viewer, (context: BrowserContext) => Promise<void>> = {
  nobody: async () => {},
  administrator: (context) =>
    inPage(context, async (page) => {
      await page.goto(`${countersignUrl}/`);
      await signIn(page, globalAdministrator);
      await page.waitForURL('**/admin');
    }),
  employee: (context) =>
    inPage(context, async (page) => {
      await page.goto(`${countersignUrl}/`);
      await signIn(page, bSimon);
      await page.waitForURL('**/my-apps');
    }),
  performAdministrator: (context) =>
    inPage(context, async (page) => {
      await signInToPerform(page, performAdministrator);
      await page.getByText('Welcome,').waitFor();
    }),
};

async function inPage(context: BrowserContext, walk: (page: Page) => Promise<void>): Promise<void> {
  const page = await context.newPage();
  await walk(page);
  await page.close();
}

const firstTimer = { displayName: 'Fay First', userName: 'fay@contoso.example', password: 'Marble-Orbit-85' };
const waiting = { displayName: 'Wim Waiting', userName: 'wim@contoso.example', password: 'Silver-Meadow-46' };

/** Routes of the portal (by path) and of the services (as "Countersign /sign-in") that no look covers. */
export function findUnvisited(portalPaths: string[], served: string[], looks: Look[]): string[] {
  const covered = new Set(looks.flatMap(({ covers }) => covers));
  const routes = [...portalPaths.map((path) => `portal ${path}`), ...served];
  const unknown = [...covered]
    .filter((route) => !routes.includes(route))
    .map((route) => `no such route: ${route}`);
  const unvisited = routes.filter(
    (route) => !covered.has(route) && !notPages.some((pattern) => pattern.test(route)),
  );
  return [...unvisited, ...unknown];
}

export async function looksOf(platform: Platform, connected: Connected): Promise<Look[]> {
  const { graph, servicePrincipalId, bSimonId } = connected;
  const group = await graph.post<{ id: string }>('/groups', {
    displayName: 'Reviewers',
    mailNickname: 'reviewers',
    mailEnabled: false,
    securityEnabled: true,
  });
  await createSettledUser(graph, waiting);
  await graph.post('/users', {
    accountEnabled: true,
    displayName: firstTimer.displayName,
    mailNickname: 'fay',
    userPrincipalName: firstTimer.userName,
    passwordProfile: { password: firstTimer.password },
  });
  const perform = platform.http();
  const britta = await brittaPage(perform);
  return [
    ...adminCenter({ servicePrincipalId, userId: bSimonId, groupId: group.id }),
    ...signInPages(connected.tenantId),
    ...performPages(britta),
  ];
}

async function brittaPage(client: ReturnType<Platform['http']>): Promise<string> {
  await signInToPerformByForm(client, performAdministrator);
  const list = await client.follow(`${performUrl}/employees`);
  return /href="(\/employees\/[^"]+)">Britta Simon/.exec(list.text)?.[1] ?? '/employees/unknown';
}

function adminCenter(ids: { servicePrincipalId: string; userId: string; groupId: string }): Look[] {
  const at = (
    name: string,
    path: string,
    ready: (page: Page) => Promise<unknown>,
    viewer: Viewer = 'administrator',
  ) => ({
    name,
    viewer,
    covers: [`portal ${path}`],
    open: async (page: Page) => {
      const address = path.replace(/:(\w+)/g, (_, key: keyof typeof ids) => ids[key]);
      await page.goto(`${countersignUrl}${address}`);
      await ready(page);
    },
  });
  const text = (words: string | RegExp) => (page: Page) =>
    page.locator('main').getByText(words).first().waitFor();
  const application = '/admin/enterprise-applications/:servicePrincipalId';
  const sso = at('single-sign-on', `${application}/single-sign-on`, text('Basic SAML Configuration'));
  const gallery = at('gallery', '/admin/enterprise-applications/gallery', text('Add from the gallery'));
  const also = (name: string, look: Look, then: (page: Page) => Promise<unknown>): Look => ({
    ...look,
    name,
    covers: [],
    open: async (page) => {
      await look.open(page);
      await then(page);
      await page.getByRole('dialog').waitFor();
    },
  });
  return [
    at('home', '/admin', text('Tenant ID')),
    at('enterprise-applications', '/admin/enterprise-applications', text('Trakstar')),
    gallery,
    also('gallery-second-trakstar', gallery, async (page) => {
      await page.getByPlaceholder('Search application').fill('Trakstar');
      await page.getByRole('button', { name: 'Trakstar' }).click();
      await page.getByText('Only one instance can be configured').waitFor();
    }),
    at('application-overview', `${application}/overview`, text('Application ID')),
    at('application-properties', `${application}/properties`, text('Assignment required?')),
    at('users-and-groups', `${application}/users-and-groups`, text('B.Simon')),
    at('add-assignment', `${application}/users-and-groups/add`, text('Select a role')),
    sso,
    also('single-sign-on-basic', sso, (page) =>
      page.getByRole('button', { name: 'Edit Basic SAML Configuration' }).click(),
    ),
    also('single-sign-on-test', sso, (page) =>
      page.getByRole('button', { name: 'Test', exact: true }).click(),
    ),
    at('application-sign-in-logs', `${application}/sign-in-logs`, text('Sign-in logs')),
    at('users', '/admin/users', text('B.Simon')),
    at('new-user', '/admin/users/new', text('User principal name')),
    at('user', '/admin/users/:userId', text('B.Simon')),
    at('groups', '/admin/groups', text('Reviewers')),
    at('new-group', '/admin/groups/new', text('Group name')),
    at('group', '/admin/groups/:groupId', text('Reviewers')),
    at('roles', '/admin/roles', text('Cloud Application Administrator')),
    at('sign-in-logs', '/admin/sign-in-logs', text('127.0.0.1')),
    at('audit-logs', '/admin/audit-logs', text('Add user')),
    at('my-apps', '/my-apps', text('Trakstar'), 'employee'),
    { ...at('not-found', '/admin/nowhere', text(/address|found/i)), covers: [] },
  ];
}

function signInPages(tenantId: string): Look[] {
  const look = (name: string, covers: string[], open: Look['open'], viewer: Viewer = 'nobody'): Look => ({
    name: `countersign-${name}`,
    viewer,
    covers: covers.map((route) => `Countersign ${route}`),
    open,
  });
  const heading = (page: Page, name: string | RegExp) =>
    page.getByRole('heading', { name }).first().waitFor();
  const signOnUrl = `${performUrl}/auth/saml/?namespace=contoso`;
  const request = `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_looks" Version="2.0" IssueInstant="2026-11-23T12:00:00Z"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://nobody.example</Issuer></samlp:AuthnRequest>`;
  return [
    look('sign-in', ['/sign-in'], async (page) => {
      await page.goto(`${countersignUrl}/sign-in`);
      await heading(page, 'Sign in');
    }),
    look('sign-in-to-application', [], async (page) => {
      await page.goto(signOnUrl);
      await page.getByText('Trakstar').first().waitFor();
    }),
    look('wrong-password', [], async (page) => {
      await page.goto(`${countersignUrl}/sign-in`);
      await signIn(page, { userName: 'nobody@contoso.example', password: 'wrong' });
      await page.getByRole('alert').waitFor();
    }),
    look('update-password', ['/sign-in/password'], async (page) => {
      await page.goto(`${countersignUrl}/sign-in`);
      await signIn(page, firstTimer);
      await heading(page, 'Update your password');
    }),
    look(
      'sign-out',
      ['/sign-out'],
      async (page) => {
        await page.goto(`${countersignUrl}/sign-out`);
        await heading(page, 'Sign out');
      },
      'employee',
    ),
    look('signed-out', [], async (page) => {
      await page.goto(`${countersignUrl}/sign-in`);
      await signIn(page, waiting);
      await page.waitForURL('**/my-apps');
      await page.goto(`${countersignUrl}/sign-out`);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You signed out of your account').waitFor();
    }),
    look('not-assigned', ['/:tenant/saml2/continue'], async (page) => {
      await page.goto(signOnUrl);
      await signIn(page, waiting);
      await page.getByText('AADSTS50105').first().waitFor();
      await page.context().clearCookies();
    }),
    look('unknown-issuer', ['/:tenant/saml2'], async (page) => {
      const query = new URLSearchParams({ SAMLRequest: deflateRawSync(request).toString('base64') });
      await page.goto(`${countersignUrl}/${tenantId}/saml2?${query}`);
      await page.getByText('AADSTS700016').first().waitFor();
    }),
    look('nothing-here', [], async (page) => {
      await page.goto(`${countersignUrl}/no/such/page`);
      await heading(page, 'There is nothing at this address');
    }),
  ];
}

function performPages(britta: string): Look[] {
  const look = (
    name: string,
    route: string | null,
    address: string,
    ready: string | RegExp,
    viewer: Viewer,
  ): Look => ({
    name: `perform-${name}`,
    viewer,
    covers: route === null ? [] : [`Perform ${route}`],
    open: async (page) => {
      await page.goto(`${performUrl}${address}`);
      await page.getByText(ready).first().waitFor();
    },
  });
  const administrator = 'performAdministrator';
  return [
    look('sign-in', '/sign-in', '/sign-in', 'Company name', 'nobody'),
    look('sign-in-password', null, '/sign-in?company=contoso', 'Sign in with single sign-on', 'nobody'),
    look('unknown-company', '/auth/saml/', '/auth/saml/?namespace=nobody', 'Reference', 'nobody'),
    look(
      'refused',
      '/auth/saml/callback/continue',
      '/auth/saml/callback/continue?namespace=contoso&handle=x',
      'Reference',
      'nobody',
    ),
    look('home', '/', '/', /Welcome/, administrator),
    look('settings', '/settings', '/settings', 'Recent changes', administrator),
    look(
      'authentication',
      '/settings/authentication',
      '/settings/authentication',
      'Ways to sign in',
      administrator,
    ),
    look(
      'saml',
      '/settings/authentication/saml',
      '/settings/authentication/saml',
      'ACS (Consumer) URL',
      administrator,
    ),
    look('employees', '/employees', '/employees', 'Britta Simon', administrator),
    look('new-employee', '/employees/new', '/employees/new', 'First name', administrator),
    look('employee', '/employees/:id', britta, 'Set a password', administrator),
    look('not-found', null, '/no/such/page', /address|found|page/i, 'nobody'),
  ];
}
