import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { nameIdFormats } from '../names.ts';
import {
  type Logout,
  type LogoutParticipant,
  nextLogoutStep,
  recordInitiatorAnswered,
  recordLogoutAnswer,
  recordLogoutFailure,
  recordLogoutRequest,
  recordOwnLogout,
  startLogout,
} from './propagate-logout.ts';

const nameId = { value: 'b.simon@contoso.example', format: nameIdFormats.emailAddress };
const endpointOf = (host: string) => ({ binding: 'redirect', location: `https://${host}/logout` }) as const;
const participant = (host: string, change: Partial<LogoutParticipant> = {}): LogoutParticipant => ({
  entityIds: [`https://${host}`],
  nameId,
  sessionIndexes: ['_1'],
  endpoint: endpointOf(host),
  ...change,
});
const [a, b] = [participant('a.example'), participant('b.example')];
const initiator = {
  entityIds: ['https://initiator.example'],
  requestId: '_initial',
  endpoint: endpointOf('initiator.example'),
};
const now = Date.parse('2026-11-23T12:00:00.000Z');
const until = now + 30_000;
const asked = (logout: Logout, who: LogoutParticipant, requestId: string) =>
  recordLogoutRequest(logout, who, { requestId, until });
const issuerOf = ({ entityIds: [first = ''] }: LogoutParticipant) => first;
const answered = (logout: Logout, who: LogoutParticipant, inResponseTo: string) =>
  recordLogoutAnswer(logout, { issuer: issuerOf(who), inResponseTo, outcome: 'success' });
/** What a participant asks of its own; without a change, to end what it was told of. */
const ownRequest = (who: LogoutParticipant, change: { sessionIndexes?: string[]; issuer?: string } = {}) => ({
  issuer: issuerOf(who),
  nameId: who.nameId,
  sessionIndexes: who.sessionIndexes,
  ...change,
});

suite('a logout of several participants', () => {
  test('asks one after the other, waits for each, and answers the initiator last and once', () => {
    let logout = startLogout({ initiator, participants: [a, participant('initiator.example'), b] });
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'send', participant: a });
    logout = asked(logout, a, '_a');
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'wait', participant: a, requestId: '_a', until });
    logout = answered(logout, a, '_a');
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'send', participant: b });
    logout = answered(asked(logout, b, '_b'), b, '_b');
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'answer', initiator, outcome: 'success' });
    logout = recordInitiatorAnswered(logout);
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'done', outcome: 'success' });
  });

  test('that began here ends with nobody to answer', () => {
    let logout = startLogout({ participants: [a] });
    logout = answered(asked(logout, a, '_a'), a, '_a');
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'done', outcome: 'success' });
  });

  test('of nobody else is a success at once: so is one whose request is repeated after the session ended', () => {
    const logout = startLogout({ initiator, participants: [] });
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'answer', initiator, outcome: 'success' });
  });

  test('survives being stored as JSON at every point', () => {
    const store = (logout: Logout): Logout => JSON.parse(JSON.stringify(logout));
    let logout = store(startLogout({ initiator, participants: [a, b] }));
    logout = store(answered(store(asked(logout, a, '_a')), a, '_a'));
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'send', participant: b });
    assert.deepEqual(store(logout), logout);
  });

  test('asks one participant once, for all the sessions it was told of under one name', () => {
    const logout = startLogout({
      participants: [a, participant('a.example', { sessionIndexes: ['_2', '_1'] }), b],
    });
    assert.deepEqual(nextLogoutStep(logout, now), {
      step: 'send',
      participant: { ...a, sessionIndexes: ['_1', '_2'] },
    });
    assert.equal(logout.participants.length, 2);
  });

  test('asks for every session where one of them has no SessionIndex', () => {
    for (const indexes of [
      [[], ['_1']],
      [['_1'], []],
    ]) {
      const logout = startLogout({
        participants: indexes.map((sessionIndexes) => participant('a.example', { sessionIndexes })),
      });
      assert.deepEqual(
        logout.participants.map(({ sessionIndexes }) => sessionIndexes),
        [[]],
      );
    }
  });

  test('asks one participant twice that knows the person under two names', () => {
    const other = participant('a.example', { nameId: { ...nameId, value: 'simon' } });
    let logout = startLogout({ participants: [a, other] });
    logout = asked(logout, a, '_a');
    logout = answered(logout, a, '_a');
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'send', participant: other });
  });
});

suite('a side that goes by several identifiers is one side', () => {
  const other = 'https://other.example';
  const both = participant('a.example', { entityIds: ['https://a.example', other] });

  test('so that an initiator is not asked under its other one', () => {
    const started = startLogout({
      initiator: { ...initiator, entityIds: [other, ...initiator.entityIds] },
      participants: [both, participant('initiator.example'), b],
    });
    assert.deepEqual(
      started.participants.map(({ entityIds }) => entityIds),
      [b.entityIds],
    );
  });

  test('so that it may answer and ask under either', () => {
    const waiting = asked(startLogout({ participants: [both] }), both, '_a');
    const answer = { inResponseTo: '_a', outcome: 'success' } as const;
    for (const issuer of both.entityIds) {
      const done = { step: 'done', outcome: 'success' } as const;
      assert.deepEqual(nextLogoutStep(recordLogoutAnswer(waiting, { ...answer, issuer }), now), done);
      assert.deepEqual(nextLogoutStep(recordOwnLogout(waiting, ownRequest(both, { issuer })), now), done);
    }
    assert.deepEqual(recordLogoutAnswer(waiting, { ...answer, issuer: 'https://third.example' }), waiting);
  });

  test('so that its entries become one, with every identifier and the endpoint of whichever has one', () => {
    const { endpoint, ...mute } = participant('a.example');
    for (const participants of [
      [mute, both],
      [both, mute],
    ]) {
      const [merged, ...more] = startLogout({ participants }).participants;
      assert.deepEqual(more, []);
      assert.deepEqual(merged?.entityIds.toSorted(), ['https://a.example', other]);
      assert.deepEqual(merged?.endpoint, endpoint);
      assert.deepEqual(merged?.progress, { is: 'waiting' });
    }
  });

  test('and one text is no list of identifiers', () => {
    const text = { ...a, entityIds: 'https://a.example' as unknown as string[] };
    assert.throws(() => startLogout({ participants: [text] }), TypeError);
    assert.throws(() => startLogout({ initiator: { ...initiator, ...text }, participants: [] }), TypeError);
  });
});

suite('a participant that asks of its own', () => {
  const alias = participant('a.example', {
    nameId: { ...nameId, value: 'simon' },
    sessionIndexes: ['_2', '_3'],
  });
  const started = startLogout({ initiator, participants: [a, alias] });

  test('ends what it was told under that name, and is still asked under another', () => {
    const logout = recordOwnLogout(started, ownRequest(a));
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'send', participant: alias });
  });

  test('ends nothing where it means other sessions, or some of them', () => {
    for (const sessionIndexes of [['_other'], ['_2'], ['_2', '_other']]) {
      assert.deepEqual(recordOwnLogout(started, ownRequest(alias, { sessionIndexes })), started);
    }
  });

  test('ends all where it names each, more than each, or none', () => {
    for (const sessionIndexes of [['_3', '_2'], ['_1', '_2', '_3'], []]) {
      const logout = recordOwnLogout(started, ownRequest(alias, { sessionIndexes }));
      assert.deepEqual(logout.participants[1]?.progress, { is: 'signed-out' });
      assert.deepEqual(logout.participants[0]?.progress, { is: 'waiting' });
    }
  });

  test('ends what has no SessionIndex only by naming none', () => {
    const all = startLogout({ participants: [participant('a.example', { sessionIndexes: [] })] });
    assert.deepEqual(recordOwnLogout(all, ownRequest(a)), all);
    const logout = recordOwnLogout(all, ownRequest(a, { sessionIndexes: [] }));
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'done', outcome: 'success' });
  });
});

test('what is stored of a logout is this and no more', () => {
  const { endpoint: _, ...mute } = b;
  const started = startLogout({ participants: [a, mute] });
  assert.deepEqual(started, {
    participants: [
      { ...a, progress: { is: 'waiting' } },
      { ...mute, progress: { is: 'failed' } },
    ],
    isAnswered: false,
  });
  assert.deepEqual(startLogout({ initiator, participants: [] }), {
    initiator,
    participants: [],
    isAnswered: false,
  });
  const progressOf = (logout: Logout) => logout.participants[0]?.progress;
  const waiting = asked(started, a, '_a');
  assert.deepEqual(progressOf(waiting), { is: 'asked', requestId: '_a', until });
  assert.deepEqual(progressOf(answered(waiting, a, '_a')), { is: 'signed-out' });
  assert.deepEqual(progressOf(recordLogoutFailure(waiting, a)), { is: 'failed' });
  const refused = { issuer: issuerOf(a), inResponseTo: '_a', outcome: 'failed' } as const;
  assert.deepEqual(progressOf(recordLogoutAnswer(waiting, refused)), { is: 'failed' });
});

suite('a logout is partial', () => {
  const outcomeOf = (logout: Logout, at = now) => {
    const next = nextLogoutStep(logout, at);
    return next.step === 'answer' || next.step === 'done' ? next.outcome : next.step;
  };

  test('where a participant takes no logout messages; it is never asked', () => {
    const { endpoint: _, ...mute } = b;
    const logout = startLogout({ initiator, participants: [mute] });
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'answer', initiator, outcome: 'partial' });
  });

  test('where a participant does not answer in time', () => {
    const logout = asked(startLogout({ participants: [a] }), a, '_a');
    assert.equal(outcomeOf(logout, until - 1), 'wait');
    assert.equal(outcomeOf(logout, until), 'partial');
    assert.equal(outcomeOf(asked(startLogout({ participants: [a, b] }), a, '_a'), until), 'send');
  });

  test('where a participant says that it failed, or is partial itself', () => {
    for (const outcome of ['failed', 'partial'] as const) {
      const logout = recordLogoutAnswer(asked(startLogout({ participants: [a] }), a, '_a'), {
        issuer: issuerOf(a),
        inResponseTo: '_a',
        outcome,
      });
      assert.equal(outcomeOf(logout), 'partial');
    }
  });

  test('where a participant could not be reached, before or after it was asked', () => {
    const started = startLogout({ participants: [a] });
    assert.equal(outcomeOf(recordLogoutFailure(started, a)), 'partial');
    assert.equal(outcomeOf(recordLogoutFailure(asked(started, a, '_a'), a)), 'partial');
    assert.equal(outcomeOf(recordLogoutFailure(started, b)), 'send');
  });

  test('and not where an answer was late but came', () => {
    const logout = asked(startLogout({ participants: [a] }), a, '_a');
    assert.equal(outcomeOf(logout, until + 1), 'partial');
    assert.equal(outcomeOf(answered(logout, a, '_a'), until + 1), 'success');
  });

  test('and not where a participant signed itself out meanwhile', () => {
    const logout = recordOwnLogout(startLogout({ participants: [a, b] }), ownRequest(a));
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'send', participant: b });
    assert.equal(outcomeOf(answered(asked(logout, b, '_b'), b, '_b')), 'success');
  });
});

suite('a logout is not moved by', () => {
  test('what comes after the initiator was answered: it was told how it went', () => {
    const late = asked(startLogout({ initiator, participants: [a] }), a, '_a');
    assert.deepEqual(nextLogoutStep(late, until), { step: 'answer', initiator, outcome: 'partial' });
    const told = recordInitiatorAnswered(late);
    assert.deepEqual(answered(told, a, '_a'), told);
    assert.deepEqual(recordOwnLogout(told, ownRequest(a)), told);
  });

  const started = startLogout({ initiator, participants: [a, b] });
  const waiting = asked(started, a, '_a');

  test('an answer of somebody else, or to another request', () => {
    assert.deepEqual(answered(waiting, b, '_a'), waiting);
    assert.deepEqual(answered(waiting, a, '_A'), waiting);
    assert.deepEqual(answered(waiting, a, '_b'), waiting);
  });

  test('an answer of somebody who was not asked yet', () => {
    assert.deepEqual(answered(started, a, '_a'), started);
  });

  test('a second answer, whatever it says', () => {
    const success = answered(waiting, a, '_a');
    const failure = { issuer: issuerOf(a), inResponseTo: '_a', outcome: 'failed' } as const;
    assert.deepEqual(recordLogoutAnswer(success, failure), success);
    const failed = recordLogoutAnswer(waiting, failure);
    assert.deepEqual(answered(failed, a, '_a'), failed);
    assert.deepEqual(recordLogoutFailure(success, a), success);
  });

  test('a second request to the same participant: the first one counts', () => {
    assert.deepEqual(asked(waiting, a, '_again'), waiting);
    const done = answered(waiting, a, '_a');
    assert.deepEqual(asked(done, a, '_again'), done);
  });
});
