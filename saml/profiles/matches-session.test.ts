import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { nameIdFormats } from '../names.ts';
import { matchesSession, type Session } from './matches-session.ts';

const nameId = {
  value: 'b.simon@contoso.example',
  format: nameIdFormats.emailAddress,
  nameQualifier: 'https://id.example/',
  spNameQualifier: 'https://app.example',
};
const issuer = 'https://id.example/';
const whose = { entityIds: [issuer], nameId };
const session = { ...whose, sessionIndex: '_a' };

suite('a logout request means a session', () => {
  test('whose name is the same and whose SessionIndex is among those it names', () => {
    assert.equal(matchesSession({ issuer, nameId: { ...nameId }, sessionIndexes: ['_a'] }, session), true);
    assert.equal(matchesSession({ issuer, nameId, sessionIndexes: ['_b', '_a'] }, session), true);
  });

  test('of its principal whatever the SessionIndex, where it names none', () => {
    assert.equal(matchesSession({ issuer, nameId, sessionIndexes: [] }, session), true);
    assert.equal(matchesSession({ issuer, nameId, sessionIndexes: [] }, whose), true);
  });

  test('and no other: not one with another SessionIndex, nor one without', () => {
    assert.equal(matchesSession({ issuer, nameId, sessionIndexes: ['_A'] }, session), false);
    assert.equal(matchesSession({ issuer, nameId, sessionIndexes: ['_b', ''] }, session), false);
    assert.equal(matchesSession({ issuer, nameId, sessionIndexes: ['_a'] }, whose), false);
  });

  test('of the same name where one side leaves out that its format is unspecified', () => {
    const { format: _, ...without } = nameId;
    const unspecified = { ...nameId, format: nameIdFormats.unspecified };
    for (const [asked, begun] of [
      [without, unspecified],
      [unspecified, without],
      [without, without],
    ] as const) {
      const one = { ...session, nameId: begun };
      assert.equal(matchesSession({ issuer, nameId: asked, sessionIndexes: ['_a'] }, one), true);
    }
    assert.equal(matchesSession({ issuer, nameId: without, sessionIndexes: [] }, session), false);
  });

  test('of the same name whatever the service provider calls the person besides', () => {
    const called = { ...nameId, spProvidedId: 'y' };
    assert.equal(matchesSession({ issuer, nameId: called, sessionIndexes: [] }, session), true);
  });

  test('and none of another side that knows somebody by the same name', () => {
    for (const other of ['https://other.example/', 'https://id.example', 'https://id.example/x', '']) {
      assert.equal(matchesSession({ issuer: other, nameId, sessionIndexes: [] }, session), false);
      assert.equal(matchesSession({ issuer: other, nameId, sessionIndexes: ['_a'] }, session), false);
    }
    const second = { ...session, entityIds: ['urn:id', issuer] };
    assert.equal(matchesSession({ issuer, nameId, sessionIndexes: [] }, second), true);
  });

  test('only where it is said whose session it is, also in JavaScript', () => {
    for (const entityIds of [undefined, issuer, [undefined]]) {
      const unknown = { ...session, entityIds } as unknown as Session;
      assert.throws(() => matchesSession({ issuer, nameId, sessionIndexes: [] }, unknown), TypeError);
    }
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
      assert.equal(matchesSession({ issuer, nameId: other, sessionIndexes: [] }, session), false);
      assert.equal(
        matchesSession({ issuer, nameId, sessionIndexes: [] }, { ...session, nameId: other }),
        false,
      );
    });
  }
});
