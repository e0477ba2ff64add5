import assert from 'node:assert/strict';
import { encodePost } from '@countersign/saml';
import { type Answer, type Installation, publicUrl, requestOf, textOf } from '../browser-testing.ts';
import type { SignInRow } from '../tables.ts';

/** Every refusal looks the same: a page, one line under its request id, nobody signed in, nothing issued. */
export async function assertRefused(
  idp: Installation,
  answer: Answer,
  expected: { code: number; status: number; says: RegExp; mender: RegExp; line?: Partial<SignInRow> },
  before: State,
): Promise<void> {
  const text = textOf(answer);
  assert.equal(answer.status, expected.status, text);
  assert.match(text, /Sorry, but we're having trouble signing you in\./);
  assert.match(text, new RegExp(`AADSTS${expected.code}: `));
  assert.match(text, expected.says);
  assert.match(text, expected.mender);
  assert.match(answer.text, /<p class="message" role="alert"/);
  assert.match(text, /Timestamp\s+2026-11-2\d \d\d:\d\d:\d\dZ/);
  assert.doesNotMatch(answer.text, /SAMLResponse/);
  const requestId = /Request Id\s+([0-9a-f-]{36})/.exec(text)?.[1];
  const correlationId = /Correlation Id\s+([0-9a-f-]{36})/.exec(text)?.[1];
  const after = await stateOf(idp);
  assert.deepEqual({ ...after, lines: 0 }, { ...before, lines: 0 });
  assert.equal(after.lines, before.lines + 1);
  const line = (await idp.signIns()).find(({ id }) => id === requestId);
  assert.ok(line);
  assert.equal(line.errorCode, expected.code);
  assert.equal(line.status, 'failure');
  assert.equal(line.correlationId, correlationId);
  assert.equal(line.assertionId, null);
  assert.ok(line.failureReason?.startsWith(`AADSTS${expected.code}: `));
  for (const [name, value] of Object.entries(expected.line ?? {}))
    assert.equal(line[name as keyof SignInRow], value, name);
}

export type State = { sessions: number; consumed: number; lines: number };
export async function stateOf({ context }: Installation): Promise<State> {
  const count = async (rows: Promise<unknown[]>) => (await rows).length;
  const k = context.db.kysely;
  return {
    sessions: await count(k.selectFrom('sessions').select('secretHash').execute()),
    consumed: await count(
      k
        .selectFrom('pendingRequests')
        .select('handleHash')
        .where('consumedDateTime', 'is not', null)
        .execute(),
    ),
    lines: await count(k.selectFrom('signIns').select('id').execute()),
  };
}

/** Opens the address of a request with these values in a new browser. */
export function open(
  idp: Installation,
  changes: Parameters<typeof requestOf>[1],
  tenantId: string = idp.tenantId,
): Promise<Answer> {
  const { search } = new URL(requestOf(idp, changes).url);
  return idp.browser().open(`${publicUrl}/${tenantId}/saml2${search}`);
}

/** Posts a message from another site in a new browser. */
export function post(idp: Installation, xml: string): Promise<Answer> {
  return postFrom(idp.browser(), idp, xml);
}

export function postFrom(
  browser: ReturnType<Installation['browser']>,
  idp: Installation,
  xml: string,
): Promise<Answer> {
  return browser.open(`/${idp.tenantId}/saml2`, { form: { SAMLRequest: encodePost(xml) }, crossSite: true });
}
