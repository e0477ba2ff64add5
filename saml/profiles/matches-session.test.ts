import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { nameIdFormats } from '../names.ts';
import { matchesSession } from './matches-session.ts';

const nameId = {
  value: 'b.simon@contoso.example',
  format: nameIdFormats.emailAddress,
  nameQualifier: 'https://id.example/',
  spNameQualifier: 'https://app.example',
};
const session = { nameId, sessionIndex: '_a' };

suite('a logout request means a session', () => {
  test('whose name is the same and whose SessionIndex is among those it names', () => {
    assert.equal(matchesSession({ nameId: { ...nameId }, sessionIndexes: ['_a'] }, session), true);
    assert.equal(matchesSession({ nameId, sessionIndexes: ['_b', '_a'] }, session), true);
  });

  test('of its principal whatever the SessionIndex, where it names none', () => {
    assert.equal(matchesSession({ nameId, sessionIndexes: [] }, session), true);
    assert.equal(matchesSession({ nameId, sessionIndexes: [] }, { nameId }), true);
  });

  test('and no other: not one with another SessionIndex, nor one without', () => {
    assert.equal(matchesSession({ nameId, sessionIndexes: ['_A'] }, session), false);
    assert.equal(matchesSession({ nameId, sessionIndexes: ['_b', ''] }, session), false);
    assert.equal(matchesSession({ nameId, sessionIndexes: ['_a'] }, { nameId }), false);
  });

  const others = {
    'another value': { ...nameId, value: 'admin@contoso.example' },
    'the value in another case': { ...nameId, value: 'B.Simon@contoso.example' },
    'the value with white space': { ...nameId, value: 'b.simon@contoso.example ' },
    'the value in another Unicode form': { ...nameId, value: 'b.simo\u0301n@contoso.example' },
    'another format': { ...nameId, format: nameIdFormats.unspecified },
    'another NameQualifier': { ...nameId, nameQualifier: 'https://id.example' },
    'another SPNameQualifier': { ...nameId, spNameQualifier: 'https://other.example' },
    'no NameQualifier': {
      value: nameId.value,
      format: nameId.format,
      spNameQualifier: nameId.spNameQualifier,
    },
    'no SPNameQualifier': { value: nameId.value, format: nameId.format, nameQualifier: nameId.nameQualifier },
  };
  for (const [what, other] of Object.entries(others)) {
    test(`and not where it names ${what}`, () => {
      assert.equal(matchesSession({ nameId: other, sessionIndexes: [] }, session), false);
      assert.equal(matchesSession({ nameId, sessionIndexes: [] }, { ...session, nameId: other }), false);
    });
  }
});
