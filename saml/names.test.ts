import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newMessageId } from './names.ts';
import { isNcName } from './xml/characters.ts';

describe('message identifiers', () => {
  test('are an underscore and 160 random bits, a legal xs:ID, and new every time', () => {
    const ids = Array.from({ length: 1_000 }, newMessageId);
    for (const id of ids) {
      assert.match(id, /^_[0-9a-f]{40}$/);
      assert.ok(isNcName(id));
    }
    assert.equal(new Set(ids).size, ids.length);
  });

  test('are NCNames or not', () => {
    for (const name of ['_', 'a', 'a-1.b', 'é', '_·', '\u{10000}x']) assert.ok(isNcName(name), name);
    for (const name of [
      '',
      '1',
      '-a',
      '.a',
      'a:b',
      ':a',
      'a b',
      'a\n',
      ' a',
      '\u00b7',
      'a\u00d7',
      '\u{f0000}',
    ]) {
      assert.ok(!isNcName(name), name);
    }
  });
});
