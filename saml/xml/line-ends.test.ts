import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { LineEnds } from './line-ends.ts';

const text = '\r\n\r\n\r東京\r\r\n\n\r\u{1f600}\n\rx\r';

test('every line end is one line feed, wherever the octets are cut', () => {
  const octets = Buffer.from(text);
  for (let length = 1; length <= octets.length; length++) {
    const lineEnds = new LineEnds();
    const normal: Uint8Array[] = [];
    for (let from = 0; from < octets.length; from += length)
      normal.push(lineEnds.normalize(octets.subarray(from, from + length)));
    assert.equal(Buffer.concat(normal).toString(), '\n\n\n東京\n\n\n\n\u{1f600}\n\nx\n', `${length}`);
  }
  assert.equal(octets.toString(), text);
});

test('what has none to mend is answered as it is', () => {
  const octets = Buffer.from('a\n\nb\u010d\n');
  assert.equal(new LineEnds().normalize(octets), octets);
});
