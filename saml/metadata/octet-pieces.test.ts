import assert from 'node:assert/strict';
import { test } from 'node:test';
import { octetsBetween } from './octet-pieces.ts';

test('any stretch of the octets is taken, however they are cut into pieces', () => {
  const octets = Uint8Array.from({ length: 12 }, (_, index) => index);
  for (const cuts of [[], [5], [1, 2, 3], [4, 4, 8], [1, 3, 5, 7, 9, 11], octets.keys()]) {
    const ends = [...cuts, octets.length];
    const pieces = ends.map((to, index) => octets.subarray(ends[index - 1] ?? 0, to));
    for (let from = 0; from <= octets.length; from++)
      for (let to = from; to <= octets.length; to++)
        assert.deepEqual(
          Array.from(octetsBetween(pieces, { from, to })),
          Array.from(octets.subarray(from, to)),
          `${from} to ${to}`,
        );
  }
});

test('what is taken is a copy', () => {
  const octets = Uint8Array.of(1, 2, 3);
  const taken = octetsBetween([octets], { from: 1, to: 3 });
  octets.fill(0);
  assert.deepEqual([...taken], [2, 3]);
});
