import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDuration, writeDuration } from './duration.ts';

const day = 86_400_000;

test('a duration is read as the shortest time it can stand for', () => {
  assert.equal(readDuration('PT1H'), 3_600_000);
  assert.equal(
    readDuration('P1Y2M3DT4H5M6.789S'),
    (365 + 2 * 28 + 3) * day + 4 * 3_600_000 + 5 * 60_000 + 6_789,
  );
  assert.equal(readDuration('P14D'), 14 * day);
  assert.equal(readDuration('PT0S'), 0);
  assert.equal(readDuration('PT36000S'), 36_000_000);
  assert.equal(readDuration('P1M'), 28 * day);
  assert.equal(readDuration('PT1M'), 60_000);
  assert.equal(readDuration('PT0.0019S'), 1);
  assert.equal(readDuration('PT007H'), 7 * 3_600_000);
});

test('what is no duration, or a negative one, is refused', () => {
  const wrong = [
    '',
    'P',
    'PT',
    'P1DT',
    '1H',
    'PT1',
    'PT1.S',
    'PT.5S',
    'P1H',
    'PT1D',
    'P-1D',
    '-P1D',
    '+P1D',
    'pt1h',
  ];
  const wronger = [
    'PT1M1H',
    'P1D1Y',
    ' PT1H',
    'PT1H ',
    'P1W',
    'PT1.5H',
    'P1234567890D',
    'PT1S1S',
    'P999999999Y',
  ];
  for (const text of [...wrong, ...wronger]) {
    assert.throws(() => readDuration(text), { code: 'value-malformed' }, text);
  }
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 * day }), (milliseconds) => {
      assert.equal(readDuration(writeDuration(milliseconds)), milliseconds);
    }),
  );
  for (const [milliseconds, text] of [
    [0, 'PT0S'],
    [250, 'PT0.25S'],
    [3_600_000, 'PT1H'],
    [5_400_000, 'PT1H30M'],
    [14 * day, 'P14D'],
    [day + 61_001, 'P1DT1M1.001S'],
  ] as const) {
    assert.equal(writeDuration(milliseconds), text);
    assert.equal(readDuration(text), milliseconds);
  }
  assert.throws(() => writeDuration(-1), RangeError);
  assert.throws(() => writeDuration(0.5), RangeError);
});
