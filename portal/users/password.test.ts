import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { generatePassword, passwordProblem, uniformBelow } from './password.ts';

test('a generated password has sixteen characters of all four kinds', () => {
  for (let round = 0; round < 500; round++) {
    const password = generatePassword((limit) => randomInt(limit));
    assert.equal(password.length, 16);
    for (const kind of [/[a-z]/, /[A-Z]/, /[2-9]/, /[#%*+\-=?@]/]) assert.match(password, kind);
    assert.doesNotMatch(password, /[0O1lIo]/);
    assert.equal(passwordProblem(password), null);
  }
});

test('no place of a generated password is reserved for one kind', () => {
  const firsts = new Set(
    Array.from({ length: 400 }, () => generatePassword((limit) => randomInt(limit))[0] ?? ''),
  );
  for (const kind of [/[a-z]/, /[A-Z]/, /[2-9]/, /[#%*+\-=?@]/]) {
    assert.ok([...firsts].some((character) => kind.test(character)));
  }
});

test('numbers of the incomplete last round are drawn again', () => {
  const draws = [2 ** 32 - 1, 2 ** 32 - 2, 7];
  const below = uniformBelow(() => draws.shift() ?? 0);
  // 2³² is 6 more than a multiple of 10: the largest six numbers are not used.
  assert.equal(below(10), 7);
  assert.deepEqual(draws, []);
});

test('a password of one’s own needs length and three kinds', () => {
  assert.match(passwordProblem('Ab1') ?? '', /8 to 256/);
  assert.match(passwordProblem('abcdefgh1') ?? '', /three of/);
  assert.equal(passwordProblem('Abcdefgh1'), null);
});
