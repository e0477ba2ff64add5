import { type Database, migrate } from '@countersign/database';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { testTime } from '../../sp-kit/testing/identity-provider.ts';
import { readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { migrations } from '../migrations/all.ts';
import { makeFirstCompany } from '../people/first-company.ts';
import { insertPerson } from '../people/store.ts';
import { buildServer, createContext } from '../server.ts';
import type { PersonRow, Tables } from '../tables.ts';

export const publicUrl = 'https://perform.trakstar.com';
export const administrator = { company: 'contoso', userName: 'admin', password: 'Correct-Horse-7' };

/** Perform over an empty database, with a company, a clock that a test may move, and its log lines. */
export type TestPerform = {
  app: FastifyInstance;
  context: Context;
  db: Database<Tables>;
  clock: { now: number };
  lines: Record<string, unknown>[];
  /** A browser without any cookie. */
  browser(): TestBrowser;
  /** Adds a person; active, without a password and called B.Simon unless told otherwise. */
  person(change?: Partial<PersonRow>): Promise<string>;
  /** Every row of every table but the named ones. */
  everything(without?: (keyof Tables)[]): Promise<Record<string, unknown[]>>;
};

const tableNames: (keyof Tables)[] = [
  'namespaces',
  'people',
  'sessions',
  'signIns',
  'audits',
  'samlConnections',
  'samlRequests',
  'samlUsedAssertions',
  'samlOutcomes',
  'samlAccountLinks',
];

export async function openPerform(db: Database<Tables>): Promise<TestPerform> {
  const { config, problems } = readConfig({
    PERFORM_PUBLIC_URL: publicUrl,
    PERFORM_ADMIN_PASSWORD: administrator.password,
  });
  if (!config) throw new Error(problems.join());
  await migrate(db, migrations, Date.now);
  const clock = { now: testTime };
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const context = createContext(config, db, log, () => clock.now);
  await makeFirstCompany(context, config);
  const app = buildServer(context);
  await app.ready();
  return {
    app,
    context,
    db,
    clock,
    lines,
    browser: () => new TestBrowser(app),
    async person(change = {}) {
      const id = context.newId();
      const made = await insertPerson(db, change.namespace ?? 'contoso', {
        id,
        userName: 'B.Simon@contoso.example',
        givenName: 'Britta',
        surname: 'Simon',
        mail: '',
        role: 'employee',
        status: 'active',
        passwordHash: null,
        failedSignInCount: 0,
        lockedUntilDateTime: null,
        lastSignInDateTime: null,
        createdDateTime: clock.now,
        ...change,
      });
      if (!made) throw new Error('the user name is taken');
      return id;
    },
    async everything(without = []) {
      const rows: Record<string, unknown[]> = {};
      for (const table of tableNames)
        if (!without.includes(table))
          rows[table] = (await db.kysely.selectFrom(table).selectAll().execute()).map((row) =>
            JSON.stringify(row, Object.keys(row).sort()),
          );
      for (const table of Object.values(rows)) table.sort();
      return rows;
    },
  };
}

/** What a page answered, with what a person reads of it. */
export type Answer = {
  status: number;
  location: string | undefined;
  html: string;
  text: string;
  url: string;
};

/** Sends what a browser sends: cookies, and on its own site the Origin; no cookie with another site's form. */
export class TestBrowser {
  readonly #app: FastifyInstance;
  readonly cookies = new Map<string, string>();

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  get(url: string): Promise<Answer> {
    return this.#send('GET', url, {});
  }

  /** Sends a form of one of our own pages. */
  post(url: string, form: Record<string, string> = {}): Promise<Answer> {
    return this.#send('POST', url, { origin: publicUrl, 'sec-fetch-site': 'same-origin' }, form);
  }

  /** Sends a form of another site's page: Lax cookies stay behind. */
  postFrom(origin: string, url: string, form: Record<string, string>, withCookies = false): Promise<Answer> {
    return this.#send('POST', url, { origin, 'sec-fetch-site': 'cross-site' }, form, withCookies);
  }

  /** Follows redirects within the site to the page they end on. */
  async follow(answer: Answer): Promise<Answer> {
    let last = answer;
    for (let hop = 0; last.location?.startsWith('/') && hop < 5; hop++) last = await this.get(last.location);
    return last;
  }

  async #send(
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    form?: Record<string, string>,
    withCookies = true,
  ): Promise<Answer> {
    const cookie = withCookies ? [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') : '';
    const response = await this.#app.inject({
      method,
      url,
      headers: {
        host: 'perform.trakstar.com',
        'user-agent': 'Test browser',
        ...(cookie === '' ? {} : { cookie }),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      ...(form ? { payload: new URLSearchParams(form).toString() } : {}),
    });
    this.#keepCookies(response);
    const html = response.body;
    return {
      status: response.statusCode,
      location: response.headers.location,
      html,
      text: visible(html),
      url,
    };
  }

  #keepCookies(response: LightMyRequestResponse): void {
    for (const { name, value, maxAge } of response.cookies)
      if (maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
  }
}

function visible(html: string): string {
  return html
    .replace(/<head>[\s\S]*?<\/head>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');
}

/** Signs the administrator in by password. */
export async function signInAsAdministrator(perform: TestPerform): Promise<TestBrowser> {
  const browser = perform.browser();
  const answer = await browser.post('/sign-in', administrator);
  if (answer.location !== '/') throw new Error(answer.text);
  return browser;
}
