import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bounded, TooManyWaiting } from './bounded.ts';

test('so many run at once, the others in order of arrival, and one too many is refused', async () => {
  const run = bounded(2, 3);
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const work = (number: number) =>
    run(() => {
      started.push(number);
      return new Promise<number>((resolve) => ends.push(() => resolve(number)));
    });
  const all = [1, 2, 3, 4, 5].map(work);
  await assert.rejects(work(6), TooManyWaiting);
  assert.deepEqual(started, [1, 2]);
  for (let number = 1; number <= 5; number++) {
    ends.shift()?.();
    assert.equal(await all[number - 1], number);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(started, [1, 2, 3, 4, 5].slice(0, Math.min(number + 2, 5)));
  }
  ends.push(() => {});
  const later = work(7);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(started.at(-1), 7);
  ends.at(-1)?.();
  assert.equal(await later, 7);
});

test('work that fails gives its place on', async () => {
  const run = bounded(1, 10);
  const failing = run(() => Promise.reject(new Error('no')));
  const next = run(async () => 'yes');
  await assert.rejects(failing, /no/);
  assert.equal(await next, 'yes');
});
