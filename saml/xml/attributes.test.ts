import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../limits.ts';
import { isId } from './attributes.ts';
import { readXml } from './reader.ts';

const read = (attributes: readonly string[]): number =>
  readXml(
    Buffer.from(`<a xmlns:p="urn:p" xmlns:q="urn:p" xmlns:r="urn:r" ${attributes.join(' ')}/>`),
    limits.message,
  ).root.attributes.length;
const distinct = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}=""`);

describe('the attributes of an element', () => {
  for (const count of [0, 1, 7, 8, 9, 40]) {
    test(`are told apart by namespace and name, also behind ${count} others`, () => {
      const others = distinct(count);
      assert.equal(read([...others, 'x=""', 'p:x=""', 'r:x=""']), count + 3);
      for (const twice of [
        ['x=""', 'x="1"'],
        ['p:x=""', 'p:x="1"'],
        ['p:x=""', 'q:x="1"'],
      ])
        for (const given of [
          [...others, ...twice],
          [twice[0] ?? '', ...others, twice[1] ?? ''],
          [...twice, ...others],
        ])
          assert.throws(() => read(given), { code: 'xml-attribute-duplicate', actual: 'x' });
    });
  }

  test('are refused where their prefix is not declared', () => {
    assert.throws(() => read(['s:x=""']), { code: 'xml-namespace-undeclared', actual: 's:x' });
  });
});

test('an ID is ID, Id or xml:id, and nothing that only looks like it', () => {
  const xml = 'http://www.w3.org/XML/1998/namespace';
  assert.deepEqual([isId('', 'ID'), isId('', 'Id'), isId(xml, 'id')], [true, true, true]);
  assert.deepEqual(
    [isId('', 'id'), isId('urn:p', 'id'), isId('urn:p', 'ID'), isId(xml, 'ID'), isId(xml, 'lang')],
    [false, false, false, false, false],
  );
});
