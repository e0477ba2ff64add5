import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nameIdFormats, statusCodes } from '../names.ts';
import { chooseNameId, type NameIdOffer } from './choose-name-id.ts';

const { persistent, transient, emailAddress, unspecified, encrypted } = nameIdFormats;
const issuer = 'https://sp.example';
const requestId = '_request';
const offer: NameIdOffer = { formats: [emailAddress, persistent, transient] };
const refusal = {
  outcome: 'refuse',
  status: { code: statusCodes.requester, subCode: statusCodes.invalidNameIdPolicy },
};

describe('the name that is issued', () => {
  test('has the format that was asked for, where it is issued at all', () => {
    assert.deepEqual(chooseNameId({ requestId, issuer, nameIdFormat: persistent }, offer), {
      outcome: 'issue',
      format: persistent,
      encrypted: false,
    });
    assert.deepEqual(chooseNameId({ requestId, issuer, nameIdFormat: 'urn:x' }, offer), refusal);
  });

  test('has the preferred format, where none or the unspecified one was asked for', () => {
    for (const wish of [
      { requestId, issuer },
      { requestId, issuer, nameIdFormat: unspecified },
    ]) {
      assert.deepEqual(chooseNameId(wish, offer), {
        outcome: 'issue',
        format: emailAddress,
        encrypted: false,
      });
      assert.deepEqual(chooseNameId(wish, { formats: [] }), refusal);
    }
  });

  test('is encrypted where that was asked for and can be done', () => {
    const wish = { requestId, issuer, nameIdFormat: encrypted };
    assert.deepEqual(chooseNameId(wish, { ...offer, encrypts: true }), {
      outcome: 'issue',
      format: emailAddress,
      encrypted: true,
    });
    assert.deepEqual(chooseNameId(wish, offer), refusal);
    assert.deepEqual(chooseNameId(wish, { ...offer, encrypts: false }), refusal);
  });

  test('is in the namespace of the requester, or of an affiliation of its', () => {
    const own = chooseNameId({ requestId, issuer, spNameQualifier: issuer }, offer);
    assert.deepEqual(own, {
      outcome: 'issue',
      format: emailAddress,
      spNameQualifier: issuer,
      encrypted: false,
    });
    const wish = { requestId, issuer, spNameQualifier: 'https://group.example' };
    const affiliations = ['https://group.example'];
    assert.equal(chooseNameId(wish, { ...offer, affiliations }).outcome, 'issue');
    assert.deepEqual(chooseNameId(wish, { ...offer, affiliations: ['https://other.example'] }), refusal);
    assert.deepEqual(chooseNameId(wish, offer), refusal);
  });

  test('is made only where the requester allows it', () => {
    const asked: unknown[] = [];
    const isEstablished = (...about: unknown[]) => {
      asked.push(about);
      return false;
    };
    const wish = { requestId, issuer, nameIdFormat: persistent, spNameQualifier: issuer };
    assert.deepEqual(chooseNameId(wish, { ...offer, isEstablished }), refusal);
    assert.deepEqual(chooseNameId({ ...wish, allowCreate: false }, { ...offer, isEstablished }), refusal);
    assert.deepEqual(asked, [
      [persistent, issuer],
      [persistent, issuer],
    ]);
    assert.equal(chooseNameId({ ...wish, allowCreate: true }, { ...offer, isEstablished }).outcome, 'issue');
    assert.equal(chooseNameId(wish, { ...offer, isEstablished: () => true }).outcome, 'issue');
    assert.equal(chooseNameId(wish, offer).outcome, 'issue');
  });

  test('is made anew each time where it is transient', () => {
    const wish = { requestId, issuer, nameIdFormat: transient, allowCreate: false };
    assert.equal(chooseNameId(wish, { ...offer, isEstablished: () => false }).outcome, 'issue');
  });
});
