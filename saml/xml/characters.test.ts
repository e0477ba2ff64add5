import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endOfName, expandReferences, isNcName, skipSpace, spacesOnly } from './characters.ts';

describe('a reference', () => {
  test('stands for its character, in either notation', () => {
    assert.equal(expandReferences('&#65;&#x41;&#x4a;&#x4A;&#0065;'), 'AAJJA');
    assert.equal(expandReferences('a&lt;b&gt;c&amp;d&quot;e&apos;f'), 'a<b>c&d"e\'f');
  });

  test('of digits that are none in its notation, or of none, is refused and quoted', () => {
    for (const reference of ['#A', '#65A', '#xG', '#x4G', '#', '#x', '#X41', '#-1', '#x-1', '#1e3', '# 65']) {
      assert.throws(() => expandReferences(`a&${reference};b`), {
        code: 'xml-malformed',
        actual: `&${reference};`,
      });
    }
  });

  test('to what is no character is refused', () => {
    for (const reference of ['#0', '#x1F', '#xD800', '#xDFFF', '#xFFFE', '#xFFFF', '#x110000', '#1114112'])
      assert.throws(() => expandReferences(`&${reference};`), { code: 'xml-character' });
  });

  test('without an end is refused, with what follows as far as one can see it', () => {
    assert.throws(() => expandReferences('a&abcdefghijklmnopqrstuvwxyz'), {
      code: 'xml-malformed',
      actual: '&abcdefghijklmnopqrs',
    });
  });

  test('to anything but the five entities is refused, also to what every object has', () => {
    for (const name of ['nbsp', 'constructor', 'AMP', 'toString'])
      assert.throws(() => expandReferences(`&${name};`), { code: 'xml-entity', actual: `&${name};` });
    for (const name of ['', ' ', '1', 'a b']) {
      assert.throws(() => expandReferences(`&${name};`), { code: 'xml-malformed', actual: `&${name};` });
    }
  });
});

describe('a name', () => {
  test('ends before the first character that cannot be in it', () => {
    for (const behind of [' ', '=', ':', '/', '>', '\u007f', '\u00d7', '\u2000', '', '\u{f0000}']) {
      for (const name of [
        'a',
        'Z_9-.',
        '\u00c0',
        'a\u00b7',
        '\u{10000}x',
        'x\u{effff}',
        '\u0370\u203f',
        '\ufffd',
      ])
        assert.equal(endOfName(`  ${name}${behind}`, 2), 2 + name.length, `${name}${behind}`);
    }
  });

  test('begins with a letter or a line below, of ASCII or beyond', () => {
    for (const first of ['-', '.', '9', '\u00b7', '\u0300', '\u203f', ':', ' ', '', '\u00d7', '\ue000'])
      assert.equal(endOfName(`${first}a`, 0) === 0, first !== '', first);
    for (let code = 0; code < 128; code++) {
      const letter = String.fromCharCode(code);
      assert.equal(isNcName(letter), /^[A-Za-z_]$/.test(letter), letter);
      assert.equal(isNcName(`a${letter}`), /^[A-Za-z_.0-9-]$/.test(letter), letter);
    }
    assert.ok(!isNcName(''));
    assert.ok(!isNcName('a b'));
  });
});

test('white space is the four characters of XML, line ends normalized', () => {
  assert.equal(skipSpace('x \n\t  y', 1), 6);
  for (const other of ['\r', '\u00a0', '\u000b', '\u000c', 'y', ''])
    assert.equal(skipSpace(` ${other}`, 0), 1);
});

test('white space in a value becomes spaces, however long the value is', () => {
  assert.equal(spacesOnly('a\tb\n\nc  d'), 'a b  c  d');
  assert.equal(spacesOnly('a b'), 'a b');
  const long = 'a\t\n東'.repeat(10_000);
  assert.equal(spacesOnly(long), long.replace(/[\n\t]/g, ' '));
});
