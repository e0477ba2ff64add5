import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../limits.ts';
import { readXml } from '../xml/reader.ts';
import { writeXml } from '../xml/write.ts';
import { readConditions, writeConditions } from './conditions.ts';

const instant = Date.parse('2026-11-23T12:00:00.000Z');
const xml = (attributes: string, content: string) =>
  `<Conditions xmlns="urn:oasis:names:tc:SAML:2.0:assertion"${attributes}>${content}</Conditions>`;
const rootOf = (text: string) => readXml(Buffer.from(text), limits.message).root;
const unknown = '<Moon xmlns="urn:x"></Moon>';

describe('conditions', () => {
  test('may be none', () => {
    assert.deepEqual(readConditions(rootOf(xml('', ''))), { audienceRestrictions: [] });
    assert.equal(writeXml(writeConditions({})), xml('', ''));
  });

  test('are read each for itself', () => {
    assert.deepEqual(readConditions(rootOf(xml(' NotBefore="2026-11-23T12:00:00Z"', ''))), {
      notBefore: instant,
      audienceRestrictions: [],
    });
    assert.deepEqual(readConditions(rootOf(xml(' NotOnOrAfter="2026-11-23T12:00:00Z"', '<OneTimeUse/>'))), {
      notOnOrAfter: instant,
      audienceRestrictions: [],
      oneTimeUse: true,
    });
    assert.deepEqual(readConditions(rootOf(xml('', '<ProxyRestriction/>'))), {
      audienceRestrictions: [],
      proxyRestriction: { audiences: [] },
    });
    const proxies =
      '<ProxyRestriction Count="2"><Audience>a</Audience><Audience>b</Audience></ProxyRestriction>';
    assert.deepEqual(readConditions(rootOf(xml('', proxies))), {
      audienceRestrictions: [],
      proxyRestriction: { count: 2, audiences: ['a', 'b'] },
    });
  });

  test('for audiences stay apart', () => {
    const restrictions =
      '<AudienceRestriction><Audience>a</Audience><Audience>b</Audience></AudienceRestriction><AudienceRestriction><Audience>c</Audience></AudienceRestriction>';
    assert.deepEqual(readConditions(rootOf(xml('', restrictions))), {
      audienceRestrictions: [['a', 'b'], ['c']],
    });
  });

  test('that nobody knows refuse an assertion, and are passed over in a wish', () => {
    for (const condition of [unknown, '<Condition/>']) {
      assert.throws(() => readConditions(rootOf(xml('', condition))), { code: 'condition-unknown' });
      const wish = readConditions(rootOf(xml('', `${condition}<OneTimeUse/>`)), { unknown: 'passed-over' });
      assert.deepEqual(wish, { audienceRestrictions: [], oneTimeUse: true });
    }
  });

  test('are written as they are read', () => {
    const conditions = {
      notBefore: instant,
      notOnOrAfter: instant + 1,
      audiences: ['a', 'b'],
      oneTimeUse: true,
    };
    const written = writeXml(writeConditions(conditions));
    assert.deepEqual(readConditions(rootOf(written)), {
      notBefore: instant,
      notOnOrAfter: instant + 1,
      audienceRestrictions: [['a', 'b']],
      oneTimeUse: true,
    });
    assert.ok(!writeXml(writeConditions({ audiences: ['a'] })).includes('OneTimeUse'));
    assert.throws(() => writeConditions({ audiences: [''] }), {
      code: 'value-malformed',
      expected: 'text in Audience',
    });
  });
});
