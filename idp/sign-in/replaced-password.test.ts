import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import { type Answer, install, type Installation, textOf } from '../browser-testing.ts';
import { verifyPassword } from '../directory/password-hash.ts';
import { findUser, updateUser } from '../directory/users/store.ts';
import type { Tables } from '../tables.ts';

eachEngine<Tables>('a password that is replaced meanwhile', (openEmpty) => {
  test('a password that is replaced while it is being compared signs nobody in', async () => {
    const idp = await install(await openEmpty());
    const who = { userName: 'reset@contoso.example', password: 'Quiet-Harbour-9' };
    const id = await idp.addUser(who.userName, who.password);
    const browser = idp.browser();
    const { release, answer } = await whileComparing(idp, id, () => browser.send('/sign-in', { form: who }));
    idp.clock.now += 1;
    await replacePassword(idp, id);
    await release();
    await answer;
    assert.equal((await browser.send('/v1.0/me')).status === 200, false);
  });

  test('a password that an administrator resets is not overwritten by whoever still held the old one', async () => {
    const idp = await install(await openEmpty());
    const who = { userName: 'taken@contoso.example', password: 'Quiet-Harbour-9' };
    const id = await idp.addUser(who.userName, who.password);
    const browser = idp.browser();
    const form = {
      userName: who.userName,
      currentPassword: who.password,
      newPassword: 'Mine-Alone-22',
      confirmPassword: 'Mine-Alone-22',
    };
    const { release, answer } = await whileComparing(idp, id, () =>
      browser.send('/sign-in/password', { form }),
    );
    const replaced = await replacePassword(idp, id);
    await release();
    assert.match(textOf(await answer), /AADSTS50126/);
    assert.equal((await browser.send('/v1.0/me')).status === 200, false);
    assert.equal((await findUser(idp.context.db.kysely, idp.tenantId, id))?.passwordHash, replaced);
  });
});

/** Sends a request and comes back when its password stands in the queue behind others, not yet compared. */
async function whileComparing(
  { context, tenantId }: Installation,
  userId: string,
  send: () => Promise<Answer>,
): Promise<{ release: () => Promise<unknown>; answer: Promise<Answer> }> {
  const others = Array.from({ length: 40 }, () => verifyPassword('x', null));
  const answer = send();
  while ((await findUser(context.db.kysely, tenantId, userId))?.failedSignInCount === 0)
    await new Promise((resolve) => setTimeout(resolve, 1));
  return { release: () => Promise.all(others), answer };
}

/** What an administrator's reset does, by a hash that need not wait in the queue. */
async function replacePassword({ context, tenantId }: Installation, userId: string): Promise<string> {
  const passwordHash = (await findUser(context.db.kysely, tenantId, userId))?.passwordHash?.replace(
    /.{4}$/,
    'AAAA',
  );
  const set = { passwordHash: String(passwordHash), lastPasswordChangeDateTime: context.now() };
  await updateUser(context.db, tenantId, userId, () => ({ set, endsSessions: true, audit: [] }));
  return String(passwordHash);
}
