import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readDateTime, writeDateTime } from './date-time.ts';

const refused = { name: 'SamlRejection', code: 'date-time-malformed' };

describe('xs:dateTime', () => {
  test('what is written is read back, over all years it can express', () => {
    const year1 = -62_135_596_800_000;
    const year9999 = 253_402_300_799_999;
    fc.assert(
      fc.property(fc.integer({ min: year1, max: year9999 }), (time) => {
        assert.equal(readDateTime(writeDateTime(time)), time);
      }),
      { numRuns: 5_000 },
    );
    assert.equal(readDateTime(writeDateTime(year1)), year1);
    assert.equal(readDateTime(writeDateTime(year9999)), year9999);
  });

  test('agrees with the platform on every day of four centuries', () => {
    const day = 86_400_000;
    for (let time = Date.UTC(1799, 0, 1, 1, 2, 3); time < Date.UTC(2201, 0, 1); time += day) {
      const text = new Date(time).toISOString();
      assert.equal(readDateTime(text), time);
    }
  });

  test('refuses every day that does not exist, where the platform would roll over', () => {
    let existing = 0;
    for (let year = 1896; year <= 2004; year += 4) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T00:00:00Z`;
          const time = Date.UTC(year, month - 1, day);
          if (month >= 1 && month <= 12 && day >= 1 && new Date(time).getUTCDate() === day) {
            existing++;
            assert.equal(readDateTime(text), time);
          } else {
            assert.throws(() => readDateTime(text), refused);
          }
        }
      }
    }
    assert.equal(existing, 28 * 366 - 1);
  });

  test('cuts fractions off at milliseconds, never rounding a time into the future', () => {
    for (const [fraction, milliseconds] of [
      ['1', 100],
      ['12', 120],
      ['999', 999],
      ['9999', 999],
      ['000999999999', 0],
      ['123456789012', 123],
    ] as const) {
      assert.equal(readDateTime(`1970-01-01T00:00:00.${fraction}Z`), milliseconds);
    }
  });

  test('takes +00:00 for Z', () => {
    assert.equal(readDateTime('2026-11-23T12:00:00+00:00'), Date.UTC(2026, 10, 23, 12));
  });

  test('writes what Date writes, at every instant of the years 1 to 9999', () => {
    const [first, last] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (instant) => {
        assert.equal(writeDateTime(instant), new Date(instant).toISOString());
        assert.equal(readDateTime(writeDateTime(instant)), instant);
      }),
      { numRuns: 5_000, examples: [[first], [last], [0], [-1]] },
    );
  });

  test('will not write a time that could not be read', () => {
    assert.throws(() => writeDateTime(Number.NaN), RangeError);
    assert.throws(() => writeDateTime(253_402_300_800_000), RangeError);
    assert.throws(() => writeDateTime(-62_135_596_800_001), RangeError);
  });

  test('answers long nonsense at once', () => {
    const start = process.cpuUsage();
    for (const text of [
      `2026-11-23T12:00:00.${'1'.repeat(1e6)}`,
      '1'.repeat(1e6),
      `${'2026-'.repeat(1e5)}Z`,
    ]) {
      assert.throws(() => readDateTime(text), refused);
    }
    assert.ok(process.cpuUsage(start).user < 500_000);
  });
});
