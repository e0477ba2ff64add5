import { randomBytes } from 'node:crypto';
import { type Database, migrate, uuidv7 } from '@countersign/database';
import {
  acceptResponse,
  type AcceptedResponse,
  createAuthnRequest,
  decodePost,
  newMessageId,
  readCertificates,
} from '@countersign/saml';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { type Config, parseConfig } from './config.ts';
import type { Context } from './context.ts';
import { hashPassword } from './directory/password-hash.ts';
import { bootstrap } from './directory/tenants/bootstrap.ts';
import { newUserRow } from './directory/users/new-user-row.ts';
import { migrations } from './migrations/all.ts';
import { buildServer } from './server.ts';
import type { SignInRow, Tables } from './tables.ts';

export const publicUrl = 'https://id.contoso.example';
export const administrator = { userName: 'admin@contoso.example', password: 'Correct-Horse-7' };
export const simon = { userName: 'B.Simon@contoso.example', password: 'Quiet-Harbour-9' };
export const entityId = 'https://perform.trakstar.com';
export const acs = 'https://perform.trakstar.com/auth/saml/callback?namespace=contoso';

export type Answer = {
  status: number;
  text: string;
  /** Of the Location header. */
  location: string | null;
  headers: Record<string, string | string[] | undefined>;
  setCookies: string[];
};

type Send = {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  form?: Record<string, string>;
  json?: unknown;
  /** True: as another site would make the browser send it, without Lax cookies where it is a POST. */
  crossSite?: boolean;
  headers?: Record<string, string>;
};

/** A browser as far as this server can tell: a cookie jar, and the headers browsers set by themselves. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #app: FastifyInstance;

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  async send(address: string, i: Send = {}): Promise<Answer> {
    const { method = i.form || i.json !== undefined ? 'POST' : 'GET', crossSite = false } = i;
    const url = address.startsWith(publicUrl) ? address.slice(publicUrl.length) : address;
    const cookie =
      crossSite && method !== 'GET' ? '' : [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
    const response = await this.#app.inject({
      method,
      url,
      headers: {
        ...(cookie ? { cookie } : {}),
        'sec-fetch-site': crossSite ? 'cross-site' : 'same-origin',
        'user-agent': 'Test browser',
        ...(method === 'GET' ? {} : { origin: crossSite ? 'https://evil.example' : publicUrl }),
        ...(i.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...(i.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...i.headers,
      },
      ...(i.form ? { payload: new URLSearchParams(i.form).toString() } : {}),
      ...(i.json === undefined ? {} : { payload: JSON.stringify(i.json) }),
    });
    const setCookies = [response.headers['set-cookie'] ?? []].flat();
    for (const line of setCookies) this.#keep(line);
    return {
      status: response.statusCode,
      text: response.body,
      location: response.headers.location ? String(response.headers.location) : null,
      headers: response.headers as Answer['headers'],
      setCookies,
    };
  }

  /** Follows redirects that stay on this server; stops at a page, or at an address elsewhere. */
  async open(address: string, i: Send = {}): Promise<Answer & { url: string }> {
    let url = address;
    let answer = await this.send(url, i);
    for (let hops = 0; answer.location?.startsWith('/') && hops < 10; hops++) {
      url = answer.location;
      answer = await this.send(url);
    }
    return { ...answer, url };
  }

  /** Sends the form of a page of ours. */
  async submit(page: Answer, fields: Record<string, string>): Promise<Answer & { url: string }> {
    return this.open(actionOf(page), { form: fields });
  }

  async signIn(who: { userName: string; password: string }): Promise<Answer & { url: string }> {
    return this.submit(await this.open('/sign-in'), who);
  }

  /** A copy with the same cookies: what somebody has who stole them. */
  copy(): TestBrowser {
    const other = new TestBrowser(this.#app);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** One identity provider with B.Simon and, once `addTrakstar` ran, the tutorial's application. */
export type Installation = {
  app: FastifyInstance;
  context: Context;
  clock: { now: number };
  tenantId: string;
  browser(): TestBrowser;
  /** An administrator's call of the API. */
  api(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    json?: unknown,
  ): Promise<Record<string, unknown>>;
  addUser(userName: string, password: string, changes?: Partial<Tables['users']>): Promise<string>;
  signIns(): Promise<SignInRow[]>;
};

export async function install(db: Database<Tables>, changes: Partial<Config> = {}): Promise<Installation> {
  const clock = { now: Date.parse('2026-11-23T12:00:00Z') };
  let made = 0;
  await migrate(db, migrations, () => clock.now);
  const { config } = parseConfig({ COUNTERSIGN_PUBLIC_URL: publicUrl });
  if (!config) throw new Error('The configuration of the tests is wrong.');
  const context: Context = {
    config: { ...config, masterKey: new Uint8Array(randomBytes(32)), ...changes },
    db,
    now: () => clock.now,
    // In the order in which they are made, though the clock stands still.
    newId: () => uuidv7(clock.now + made++),
    log: pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
  };
  const first = await bootstrap(
    { ...context, publicUrl },
    {
      displayName: 'Contoso',
      domain: 'contoso.example',
      administrator: administrator.userName,
      password: administrator.password,
    },
  );
  if (!first) throw new Error('The database was not empty.');
  const app = buildServer(context);
  await app.ready();
  const { tenantId } = first;
  const admin = new TestBrowser(app);
  await admin.signIn(administrator);
  return {
    app,
    context,
    clock,
    tenantId,
    browser: () => new TestBrowser(app),
    api: async (method, path, json) => {
      const answer = await admin.send(`/v1.0${path}`, { method, ...(json === undefined ? {} : { json }) });
      if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return answer.text === '' ? {} : (JSON.parse(answer.text) as Record<string, unknown>);
    },
    addUser: (userName, password, more) => addUser(context, tenantId, userName, password, more),
    signIns: () =>
      db.kysely.selectFrom('signIns').selectAll().where('tenantId', '=', tenantId).orderBy('id').execute(),
  };
}

/** The ids of an application under test. */
export type TestApplication = { id: string; applicationId: string; appId: string };

/** The tutorial's application with the tutorial's values, through the API. */
export async function addTrakstar(
  { api }: Installation,
  i: { loginUrl?: string | null; displayName?: string; identifier?: string; replyUrls?: string[] } = {},
): Promise<TestApplication> {
  const made = await api('POST', '/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621/instantiate', {
    displayName: i.displayName ?? 'Trakstar',
  });
  const application = made['application'] as { id: string; appId: string };
  const servicePrincipal = made['servicePrincipal'] as { id: string };
  await api('PATCH', `/servicePrincipals/${servicePrincipal.id}`, { preferredSingleSignOnMode: 'saml' });
  await api('PATCH', `/applications/${application.id}`, {
    identifierUris: [i.identifier ?? entityId],
    web: { redirectUris: i.replyUrls ?? [acs] },
  });
  const loginUrl =
    i.loginUrl === undefined ? 'https://perform.trakstar.com/auth/saml/?namespace=contoso' : i.loginUrl;
  if (loginUrl !== null) await api('PATCH', `/servicePrincipals/${servicePrincipal.id}`, { loginUrl });
  return { id: servicePrincipal.id, applicationId: application.id, appId: application.appId };
}

export async function assign(
  { api }: Installation,
  userId: string,
  application: TestApplication,
): Promise<void> {
  const { appRoles } = (await api('GET', `/servicePrincipals/${application.id}`)) as {
    appRoles: { id: string }[];
  };
  await api('POST', `/servicePrincipals/${application.id}/appRoleAssignedTo`, {
    principalId: userId,
    resourceId: application.id,
    appRoleId: appRoles[0]?.id ?? '00000000-0000-0000-0000-000000000000',
  });
}

/** A request of the application, by the Redirect binding. */
export function requestOf(
  { tenantId, clock }: Installation,
  i: Partial<Parameters<typeof createAuthnRequest>[0]> = {},
): { url: string; id: string; xml: string } {
  const id = i.id ?? newMessageId();
  const made = createAuthnRequest({
    id,
    now: clock.now,
    issuer: entityId,
    destination: `${publicUrl}/${tenantId}/saml2`,
    assertionConsumerServiceUrl: acs,
    ...i,
  });
  return { ...made, id };
}

/** What the application makes of the page that posts to it. Throws SamlRejection where it does not accept it. */
export async function acceptedBy(
  { api, tenantId, clock }: Installation,
  application: TestApplication,
  page: Answer,
  request: { id: string } | 'unsolicited',
): Promise<AcceptedResponse> {
  const { keyCredentials } = (await api(
    'GET',
    `/servicePrincipals/${application.id}?$select=keyCredentials`,
  )) as { keyCredentials: { key: string }[] };
  const SAMLResponse = fieldOf(page, 'SAMLResponse');
  const RelayState = page.text.includes('name="RelayState"') ? fieldOf(page, 'RelayState') : undefined;
  return acceptResponse({
    message: decodePost({ SAMLResponse, ...(RelayState === undefined ? {} : { RelayState }) }),
    identityProvider: {
      entityId: `${publicUrl}/${tenantId}/`,
      certificates: keyCredentials.flatMap(({ key }) => readCertificates(key)),
    },
    serviceProvider: { entityId, assertionConsumerServiceUrl: acs },
    request,
    now: clock.now,
    skewMilliseconds: 0,
  });
}

/** The value of a hidden field. */
export function fieldOf(page: Answer, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1];
  if (value === undefined) throw new Error(`There is no field ${name} in: ${page.text}`);
  return unescape(value);
}

/** The address a page's form is sent to. */
export function actionOf(page: Answer): string {
  const action = /<form method="post" action="([^"]*)"/.exec(page.text)?.[1];
  if (action === undefined) throw new Error(`There is no form in ${page.status}: ${page.text}`);
  return unescape(action);
}

/** What a page says, without its tags; inline ones separate no words, as in the text a browser searches. */
export function textOf(page: Answer): string {
  return unescape(
    page.text
      .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
      .replace(/<\/?(a|br|span|strong|title)\b[^>]*>/g, '')
      .replace(/<[^>]*>/g, ' '),
  ).replace(/\s+/g, ' ');
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

async function addUser(
  context: Context,
  tenantId: string,
  userName: string,
  password: string,
  changes: Partial<Tables['users']> = {},
): Promise<string> {
  const id = context.newId();
  const [local = ''] = userName.split('@');
  await context.db.kysely
    .insertInto('users')
    .values(
      newUserRow({
        tenantId,
        id,
        userPrincipalName: userName,
        displayName: local,
        mailNickname: local,
        passwordHash: await hashPassword(password),
        createdDateTime: context.now(),
        ...changes,
      }),
    )
    .execute();
  return id;
}
