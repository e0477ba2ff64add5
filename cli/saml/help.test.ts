import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { verifyLines } from '../../saml/fixtures/verify-lines.ts';
import { root } from '../install.js';
import { verifyHelp } from './help.ts';
import { verifyLine } from './verify-line.ts';

const fixture = (name: string) =>
  readFileSync(join(root, 'saml', 'fixtures', 'accepted', name, 'message.xml')).toString('base64');
const answerTo = (line: object): Record<string, unknown> =>
  JSON.parse(verifyLine(Buffer.from(JSON.stringify({ id: 1, now: '2026-11-23T12:00:00Z', ...line }))));

describe('the help of verify', () => {
  const [, members = ''] = verifyHelp.split('An answer is one of');

  test('names every member of an answer, and every value of those that have few', () => {
    const words = new Set<string>();
    const seen = { signed: new Set<unknown>(), outcome: new Set<unknown>() };
    for (const { line } of verifyLines()) {
      const answer: Record<string, unknown> = JSON.parse(verifyLine(Buffer.from(JSON.stringify(line))));
      for (const name of Object.keys(answer)) words.add(name);
      if ('signed' in answer) seen.signed.add(answer.signed);
      if ('outcome' in answer) seen.outcome.add(answer.outcome);
    }
    assert.deepEqual(seen.signed, new Set(['assertion', 'response', 'both', 'message', 'query', null]));
    assert.deepEqual(seen.outcome, new Set(['success', 'partial', 'failed']));
    for (const values of Object.values(seen)) for (const value of values) words.add(String(value));
    for (const word of words) assert.match(members, new RegExp(`\\b${word}\\b`), word);
  });

  test('says that nothing was verified where signed is null', () => {
    for (const name of [
      'metadata-of-an-identity-provider',
      'metadata-signed-where-no-key-is-pinned',
      'request-by-post',
    ]) {
      const { accepted, signed, unchecked } = answerTo({ message: fixture(name) });
      assert.deepEqual([accepted, signed], [true, null], name);
      assert.ok((unchecked as string[]).includes('certificates'), name);
    }
    assert.match(members, /null where NO SIGNATURE WAS VERIFIED/);
    assert.match(members, /metadata and an AuthnRequest\s+without certificates/);
  });

  test('says what is taken as registered', () => {
    assert.match(members, /Which reply URLs are registered is not known here/);
    assert.equal(answerTo({ message: fixture('request-by-post') }).accepted, true);
  });
});
