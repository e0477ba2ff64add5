import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Scoping } from '../messages/scoping.ts';
import { statusCodes } from '../names.ts';
import { judgeScoping, scopingToPassOn } from './judge-scoping.ts';

const entityId = 'https://id.example/';
const other = 'https://other.example/';
const third = 'https://third.example/';

const listing = (...ids: string[]): Scoping => ({
  idpList: { entries: ids.map((providerId) => ({ providerId })) },
  requesterIds: [],
});
const refused = (subCode: string) => ({
  answer: 'refuse',
  status: { code: statusCodes.responder, subCode },
});

describe('an identity provider that can authenticate the person', () => {
  const able = { entityId, authenticates: true };

  test('answers where nothing restricts it, or the list names it', () => {
    for (const scoping of [undefined, { requesterIds: [other] }, listing(other, entityId)]) {
      assert.deepEqual(judgeScoping(scoping, able), { answer: 'authenticate' });
    }
    assert.deepEqual(judgeScoping({ proxyCount: 0, requesterIds: [] }, able), { answer: 'authenticate' });
    assert.deepEqual(judgeScoping(listing(entityId, other), { ...able, reaches: [other] }), {
      answer: 'authenticate',
    });
  });

  test('refuses where the list names only others', () => {
    assert.deepEqual(judgeScoping(listing(other), able), refused(statusCodes.noSupportedIdp));
    assert.deepEqual(
      judgeScoping(listing(`${entityId}x`, entityId.toUpperCase()), able),
      refused(statusCodes.noSupportedIdp),
    );
  });

  test('answers where the list says that it is not complete', () => {
    const idpList = { entries: [{ providerId: other }], getComplete: 'https://sp.example/list' };
    assert.deepEqual(judgeScoping({ idpList, requesterIds: [] }, able), { answer: 'authenticate' });
    assert.deepEqual(
      judgeScoping({ idpList, requesterIds: [] }, { entityId, authenticates: false }),
      refused(statusCodes.noSupportedIdp),
    );
  });

  test('passes on to those of the list that it reaches, in the order of the list', () => {
    assert.deepEqual(
      judgeScoping(listing(other, 'https://far.example/', third), { ...able, reaches: [third, other] }),
      {
        answer: 'pass-on',
        through: [other, third],
      },
    );
  });
});

describe('an identity provider that cannot authenticate the person', () => {
  const unable = { entityId, authenticates: false, reaches: [other, third] };

  test('passes on to whom it prefers, where nothing restricts it', () => {
    assert.deepEqual(judgeScoping(undefined, unable), { answer: 'pass-on', through: [other, third] });
    assert.deepEqual(judgeScoping({ proxyCount: 1, requesterIds: [] }, unable), {
      answer: 'pass-on',
      through: [other, third],
    });
  });

  test('refuses where no indirection is permitted', () => {
    for (const scoping of [listing(other), { requesterIds: [] }]) {
      assert.deepEqual(
        judgeScoping({ ...scoping, proxyCount: 0 }, unable),
        refused(statusCodes.proxyCountExceeded),
      );
    }
  });

  test('refuses where it reaches nobody', () => {
    const alone = { entityId, authenticates: false };
    assert.deepEqual(judgeScoping(undefined, alone), refused(statusCodes.authnFailed));
    assert.deepEqual(judgeScoping(listing(entityId), alone), refused(statusCodes.noSupportedIdp));
  });
});

describe('the request that is passed on', () => {
  test('permits one indirection less, and no more than this side wants', () => {
    const countOf = (proxyCount: number | undefined, atMost: number) =>
      scopingToPassOn(
        { requesterIds: [], ...(proxyCount === undefined ? {} : { proxyCount }) },
        { requester: 'r', atMost },
      ).proxyCount;
    assert.equal(countOf(3, 9), 2);
    assert.equal(countOf(3, 1), 1);
    assert.equal(countOf(1, 9), 0);
    assert.equal(countOf(undefined, 2), 2);
    assert.throws(() => countOf(0, 2), { name: 'RangeError', message: /may not be passed on/ });
    assert.equal(scopingToPassOn(undefined, { requester: 'r', atMost: 0 }).proxyCount, 0);
  });

  test('names its requester behind those before it, and keeps the list', () => {
    const original: Scoping = {
      idpList: { entries: [{ providerId: other, name: 'Other' }], getComplete: 'https://list.example/' },
      requesterIds: ['https://first.example/'],
    };
    const passedOn = scopingToPassOn(original, {
      requester: 'https://sp.example',
      atMost: 1,
      alsoAsk: [{ providerId: third }],
    });
    assert.deepEqual(passedOn, {
      proxyCount: 1,
      idpList: {
        entries: [{ providerId: other, name: 'Other' }, { providerId: third }],
        getComplete: 'https://list.example/',
      },
      requesterIds: ['https://first.example/', 'https://sp.example'],
    });
    assert.deepEqual(scopingToPassOn(undefined, { requester: 'r', atMost: 1 }), {
      proxyCount: 1,
      requesterIds: ['r'],
    });
    assert.deepEqual(scopingToPassOn(listing(other), { requester: 'r', atMost: 1 }), {
      proxyCount: 1,
      ...listing(other),
      requesterIds: ['r'],
    });
  });
});
