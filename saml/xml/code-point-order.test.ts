import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareText } from './code-point-order.ts';

test('text is ordered by code points, not by UTF-16 units', () => {
  const inOrder = [
    '',
    'A',
    'AA',
    'B',
    'a',
    '\ud7ff',
    '\ue000',
    '\ue000a',
    '\uf900',
    '\ufffd',
    '\u{10000}',
    '\u{103ff}',
    '\u{10400}',
    '\u{10ffff}',
  ];
  for (const [i, a] of inOrder.entries())
    for (const [j, b] of inOrder.entries()) {
      assert.equal(Math.sign(compareText(a, b)), Math.sign(i - j), `${i} ${j}`);
      assert.equal(Math.sign(compareText(`x${a}`, `x${b}`)), Math.sign(i - j), `${i} ${j}`);
    }
});
