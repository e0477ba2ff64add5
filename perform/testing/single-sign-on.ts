import assert from 'node:assert/strict';
import { identifier, loginUrl, signingNow } from '../../sp-kit/testing/identity-provider.ts';
import type { Tables } from '../tables.ts';
import type { Answer, TestBrowser, TestPerform } from './perform.ts';

export const callback = '/auth/saml/callback?namespace=contoso';
export const idpOrigin = new URL(loginUrl).origin;
export const minute = 60_000;

export async function connect(
  perform: TestPerform,
  namespace = 'contoso',
  pem = signingNow.pem,
): Promise<void> {
  await perform.context.saml.store.saveConnection(namespace, {
    id: perform.context.newId(),
    identifier,
    loginUrl,
    logoutUrl: '',
    certificates: [pem],
    createdDateTime: perform.clock.now,
    lastModifiedDateTime: perform.clock.now,
  });
}

export async function leave(browser: TestBrowser, query = 'namespace=contoso'): Promise<string> {
  const { status, location } = await browser.get(`/auth/saml/?${query}`);
  assert.equal(status, 302);
  return location ?? '';
}

/** Posts an answer as the identity provider's page makes the browser do it, and follows to where it ends. */
export async function arrive(browser: TestBrowser, SAMLResponse: string, at = callback): Promise<Answer> {
  return browser.follow(await browser.postFrom(idpOrigin, at, { SAMLResponse }));
}

export type Refusal = {
  status?: number;
  /** Part of the page's sentence. */
  says: RegExp;
  whoActs: 'You' | 'Your administrator' | "The identity provider's administrator";
  expected?: string | RegExp;
  actual?: string | RegExp;
};

/** Asserts the page, the two log lines, and that nothing else is in the database than before. */
export async function assertRefused(
  perform: TestPerform,
  code: string,
  refusal: Refusal,
  act: () => Promise<Answer>,
  mayChange: (keyof Tables)[] = [],
): Promise<void> {
  const before = await perform.everything(['signIns', ...mayChange]);
  const linesBefore = perform.lines.length;
  const page = await act();
  assert.deepEqual(await perform.everything(['signIns', ...mayChange]), before, `${code}: state`);
  assert.equal(page.status, refusal.status ?? 403, page.text);
  assert.match(page.text, /You were not signed in/);
  assert.match(page.text, refusal.says);
  assert.ok(page.text.includes(`Who must act ${refusal.whoActs} What to do`), page.text);
  const lines = perform.lines.slice(linesBefore).filter(({ event }) => event === 'sign-in');
  assert.equal(lines.length, 1, JSON.stringify(lines));
  const line = lines[0] ?? {};
  assert.equal(line.code, code);
  assert.equal(line.level, 40);
  assert.ok(page.text.includes(`Reference ${line.id} `) && page.text.includes(' UTC'));
  for (const key of ['expected', 'actual'] as const) {
    const wanted = refusal[key];
    if (wanted instanceof RegExp) assert.match(String(line[key]), wanted);
    else if (wanted !== undefined) assert.equal(line[key], wanted);
  }
  const row = await perform.db.kysely
    .selectFrom('signIns')
    .selectAll()
    .where('namespace', '=', 'contoso')
    .where('id', '=', String(line.id))
    .executeTakeFirst();
  assert.equal(row?.code, code);
  assert.ok(row.says.length > 20 && row.whoActs !== null);
}
