import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeBase64, encodeBase64 } from './base64.ts';

const refused = { name: 'SamlRejection', code: 'base64-malformed' };

describe('base64', () => {
  test('gives back any octets, and writes them as Node does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        const text = encodeBase64(octets);
        assert.equal(text, Buffer.from(octets).toString('base64'));
        assert.deepEqual(Buffer.from(decodeBase64(text, { whitespace: 'refused' })), Buffer.from(octets));
      }),
    );
  });

  test('accepts exactly one spelling of every value: what is accepted is what would be written', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ABab01+/=-_ \n'), maxLength: 9 });
    fc.assert(
      fc.property(text, (spelling) => {
        let octets: Uint8Array;
        try {
          octets = decodeBase64(spelling, { whitespace: 'refused' });
        } catch {
          assert.notEqual(Buffer.from(spelling, 'base64').toString('base64'), spelling);
          return;
        }
        assert.equal(encodeBase64(octets), spelling);
      }),
      { numRuns: 20_000 },
    );
  });

  test('takes XML white space anywhere where it is allowed, and no other space', () => {
    assert.equal(
      Buffer.from(decodeBase64(' Y W\r\nJj\tZA = =\n', { whitespace: 'allowed' })).toString(),
      'abcd',
    );
    assert.throws(() => decodeBase64('YWJj\n', { whitespace: 'refused' }), refused);
    for (const space of ['\u00a0', '\u000b', '\u000c', '\u2028', '\ufeff', '\u0085']) {
      assert.throws(() => decodeBase64(`YW${space}Jj`, { whitespace: 'allowed' }), refused);
    }
  });

  test('names what is wrong with a spelling', () => {
    for (const [spelling, whitespace, actual] of [
      ['YW-j', 'refused', 'character 2'],
      ['YW j', 'refused', 'character 2'],
      ['YW\u00a0j', 'allowed', 'character 2'],
      ['YQ==YQ==', 'allowed', 'character 4'],
      ['YWJ', 'refused', 'padding'],
      ['Y===', 'refused', 'padding'],
      [' Y W J ', 'allowed', 'padding'],
      ['YW=', 'allowed', 'padding'],
      ['YR==', 'refused', 'unused bits'],
      ['Y W J j\nY Q 4 =', 'allowed', undefined],
      ['YWJjYQ5=', 'allowed', 'unused bits'],
      [' Y R = = ', 'allowed', 'unused bits'],
    ] as const) {
      const decode = (): unknown => decodeBase64(spelling, { whitespace });
      if (actual === undefined) assert.ok(decode());
      else assert.throws(decode, { ...refused, actual });
    }
  });

  test('takes 2 MB of anything in well under a second', () => {
    for (const text of [
      'A'.repeat(2 ** 21),
      ' '.repeat(2 ** 21),
      `${'A'.repeat(2 ** 21)}=`,
      '='.repeat(2 ** 21),
    ]) {
      const start = process.cpuUsage();
      try {
        decodeBase64(text, { whitespace: 'allowed' });
      } catch (error) {
        assert.equal(error instanceof Error && error.name, 'SamlRejection');
      }
      assert.ok(process.cpuUsage(start).user < 500_000);
    }
  });
});
