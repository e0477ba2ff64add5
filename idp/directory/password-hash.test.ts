import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HashingBusy, hashPassword, needsRehash, verifyPassword } from './password-hash.ts';

describe('A password hash', () => {
  test('verifies its password and no other', async () => {
    const phc = await hashPassword('Tau-Ceti-2026');
    assert.match(phc, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.equal(await verifyPassword('Tau-Ceti-2026', phc), true);
    for (const wrong of ['tau-ceti-2026', 'Tau-Ceti-2026 ', ''])
      assert.equal(await verifyPassword(wrong, phc), false);
    assert.equal(needsRehash(phc), false);
  });

  test('differs each time', async () => {
    assert.notEqual(await hashPassword('Tau-Ceti-2026'), await hashPassword('Tau-Ceti-2026'));
  });

  test('made elsewhere with other parameters verifies, and is to be renewed', async () => {
    // Made by the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 24 -e
    const phc = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    assert.equal(await verifyPassword('password', phc), true);
    assert.equal(await verifyPassword('Password', phc), false);
    assert.equal(needsRehash(phc), true);
  });

  test('that is absent or no hash verifies nothing', async () => {
    for (const phc of [
      null,
      '',
      'plain',
      '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8',
    ])
      assert.equal(await verifyPassword('password', phc), false);
  });

  test('takes about as long for nobody as for somebody', async () => {
    const phc = await hashPassword('Tau-Ceti-2026');
    const time = async (stored: string | null) => {
      const started = performance.now();
      await verifyPassword('wrong', stored);
      return performance.now() - started;
    };
    // The quickest of several, taken in turn: a busy machine slows single rounds, never quickens one.
    const [somebody, nobody]: [number[], number[]] = [[], []];
    for (let round = 0; round < 5; round++) {
      somebody.push(await time(phc));
      nobody.push(await time(null));
    }
    assert.ok(Math.min(...nobody) > Math.min(...somebody) / 2, `${nobody} ms against ${somebody} ms`);
  });

  test('is refused when hundreds wait already, and the others are all answered', async () => {
    // The smallest parameters there are: what is tested is the queue.
    const phc = `$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$${'A'.repeat(43)}`;
    const answers = await Promise.allSettled(Array.from({ length: 210 }, () => verifyPassword('wrong', phc)));
    const busy = answers.filter(
      (answer) => answer.status === 'rejected' && answer.reason instanceof HashingBusy,
    );
    const answered = answers.filter((answer) => answer.status === 'fulfilled');
    assert.equal(busy.length, 8);
    assert.equal(answered.length, 202);
    assert.equal(await verifyPassword('wrong', phc), false);
  });
});
