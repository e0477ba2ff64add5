import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { limits } from '../limits.ts';
import { element } from './build.ts';
import { attributesOf, textOf } from './content.ts';
import { readXml } from './reader.ts';
import { writeXml } from './write.ts';

const a = { namespace: 'urn:a', local: 'a' };

describe('building', () => {
  test('escapes once, so that any text comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (text, value) => {
        let xml: string;
        try {
          xml = writeXml(element(a, { value }, [text]));
        } catch (error) {
          assert.equal(error instanceof Error && 'code' in error && error.code, 'xml-character');
          return;
        }
        const { root } = readXml(Buffer.from(xml), limits.message);
        assert.equal(textOf(root), text);
        assert.equal(attributesOf(root, { required: ['value'] }).value, value);
      }),
      { numRuns: 3_000 },
    );
  });

  test('refuses what XML has no way to say', () => {
    for (const text of ['\u0000', '\u000b', '\ufffe', '\ud800', '\udc00x']) {
      assert.throws(() => element(a, {}, [text]), { code: 'xml-character' });
      assert.throws(() => element(a, { b: text }), { code: 'xml-character' });
    }
    assert.ok(element(a, { b: '\t\n\r\u{10ffff}\u0085' }));
  });

  test('writes attributes in the order of their names, xml:lang last, in whatever order they are given', () => {
    for (const order of [
      ['a', 'ab', 'b', 'xml:lang'],
      ['xml:lang', 'b', 'ab', 'a'],
      ['b', 'xml:lang', 'a', 'ab'],
    ])
      assert.equal(
        writeXml(element(a, Object.fromEntries(order.map((name) => [name, name])))),
        '<a xmlns="urn:a" a="a" ab="ab" b="b" xml:lang="xml:lang"></a>',
      );
    assert.match(writeXml(element(a, { z: '', 'xml:lang': '' })), / z="" xml:lang="">/);
    assert.match(writeXml(element(a, { 'xml:lang': '', 'not-xml:': '' })), / not-xml:="" xml:lang="">/);
  });

  test('keeps text and elements side by side, each escaped where it must be', () => {
    assert.equal(
      writeXml(element(a, {}, ['x < y', element(a, {}, ['&']), 'plain', '\r'])),
      '<a xmlns="urn:a">x &lt; y<a>&amp;</a>plain&#xD;</a>',
    );
    assert.deepEqual(element(a, {}, ['plain', '', undefined, '<']).children, ['plain', '&lt;']);
  });

  test('leaves out what is undefined, and empty text', () => {
    assert.equal(
      writeXml(element(a, { b: undefined, c: '' }, [undefined, ''])),
      '<a xmlns="urn:a" c=""></a>',
    );
    assert.deepEqual(element(a, {}, ['', undefined]).children, []);
  });
});
