import assert from 'node:assert/strict';
import { acceptSignInResponse, finishSignIn, SignInRefusal, startSignIn } from '../index.ts';
import type { TestKit } from './kit.ts';

export const namespace = 'contoso';
export const browser = 'b'.repeat(43);
export const minute = 60_000;

/** Asserts that something is refused with a code, and that not one row of the database changed. */
export async function refused(
  kit: TestKit,
  code: string,
  act: () => Promise<unknown>,
  detail: { expected?: string | RegExp; actual?: string | RegExp } = {},
): Promise<SignInRefusal> {
  const before = await kit.everything();
  let refusal: unknown;
  await assert.rejects(act, (error) => {
    refusal = error;
    return true;
  });
  assert.ok(refusal instanceof SignInRefusal, String(refusal));
  assert.equal(refusal.code, code);
  assert.ok(refusal.says.length > 20 && refusal.section !== '');
  for (const key of ['expected', 'actual'] as const) {
    const wanted = detail[key];
    if (wanted instanceof RegExp) assert.match(refusal[key] ?? '', wanted);
    else if (wanted !== undefined) assert.equal(refusal[key], wanted);
  }
  assert.deepEqual(await kit.everything(), before);
  return refusal;
}

/** The three steps of a sign-in, each at the company and in the browser of these tests unless told otherwise. */
export const start = (
  kit: TestKit,
  change: { namespace?: string; browser?: string; returnTo?: string } = {},
) => startSignIn(kit.serviceProvider, { namespace, browser, ...change });
export const accept = (kit: TestKit, SAMLResponse: string, at = namespace) =>
  acceptSignInResponse(kit.serviceProvider, { namespace: at, fields: { SAMLResponse } });
export const finish = (kit: TestKit, handle: string, from: string | null = browser, at = namespace) =>
  finishSignIn(kit.serviceProvider, { namespace: at, handle, browser: from ?? undefined });
