import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  carried,
  identityProvider,
  nameId,
  now,
  parties,
  type Party,
  peerOf,
  sendingTo,
} from '../fixtures/logout-parties.ts';
import { nameIdFormats, newMessageId, statusCodes } from '../names.ts';
import type { SentMessage } from './send-message.ts';
import {
  acceptLogoutRequest,
  acceptLogoutResponse,
  createLogoutRequest,
  createLogoutResponse,
  matchesSession,
  nextLogoutStep,
  readLogoutRequest,
  readLogoutResponse,
  recordInitiatorAnswered,
  recordLogoutAnswer,
  recordLogoutRequest,
  type Logout,
  type LogoutParticipant,
  type Session,
  startLogout,
} from './single-logout.ts';

function destinationOf(sent: SentMessage): string {
  return sent.binding === 'redirect' ? sent.url.slice(0, sent.url.indexOf('?')) : sent.action;
}

const find = (...entityIds: readonly (string | undefined)[]): Party =>
  [identityProvider, ...parties].find((each) => entityIds.includes(each.entityId)) ??
  assert.fail(`${entityIds}`);

/** One service provider: what it does with a logout request that the browser brings, and what it still has. */
class ServiceProvider {
  readonly party: Party;
  sessions: Session[];

  constructor(given: Party, sessions: Session[]) {
    this.party = given;
    this.sessions = sessions;
  }

  async answer(sent: SentMessage): Promise<SentMessage> {
    assert.equal(destinationOf(sent), this.party.url);
    const request = acceptLogoutRequest(readLogoutRequest(carried(sent)), peerOf(identityProvider), {
      endpointUrls: [this.party.url],
      now,
      skewMilliseconds: 0,
    });
    this.sessions = this.sessions.filter((session) => !matchesSession(request, session));
    return createLogoutResponse({
      id: newMessageId(),
      now,
      issuer: this.party.entityId,
      inResponseTo: request.requestId,
      outcome: 'success',
      ...(request.relayState === undefined ? {} : { relayState: request.relayState }),
      ...sendingTo(this.party, identityProvider),
    });
  }
}

const otherName = { value: 'a.other@contoso.example', format: nameIdFormats.persistent };

function serviceProviders(): ServiceProvider[] {
  const entityIds = [identityProvider.entityId];
  return parties.map(
    (each, index) =>
      new ServiceProvider(each, [
        { entityIds, nameId, sessionIndex: `_session-${index}` },
        { entityIds, nameId, sessionIndex: '_elsewhere' },
        { entityIds, nameId: otherName, sessionIndex: `_session-${index}` },
      ]),
  );
}

const participants: LogoutParticipant[] = parties.map((each, index) => ({
  entityIds: [each.entityId],
  nameId,
  sessionIndexes: [`_session-${index}`],
  endpoint: { binding: each.binding, location: each.url },
}));

/** The identity provider asks everybody in turn; every message goes through the browser and is accepted by its reader. */
async function propagate(started: Logout, services: ServiceProvider[]): Promise<Logout> {
  let logout = started;
  for (let next = nextLogoutStep(logout, now); next.step === 'send'; next = nextLogoutStep(logout, now)) {
    const { participant } = next;
    const requestId = newMessageId();
    const sent = await createLogoutRequest({
      id: requestId,
      now,
      issuer: identityProvider.entityId,
      nameId: participant.nameId,
      sessionIndexes: participant.sessionIndexes,
      notOnOrAfter: now + 300_000,
      relayState: 'handle',
      ...sendingTo(identityProvider, find(...participant.entityIds)),
    });
    logout = recordLogoutRequest(logout, participant, { requestId, until: now + 30_000 });
    const service =
      services.find((each) => participant.entityIds.includes(each.party.entityId)) ?? assert.fail('nobody');
    const received = readLogoutResponse(carried(await service.answer(sent)));
    assert.equal(received.unverified.inResponseTo, requestId);
    const answer = acceptLogoutResponse(received, peerOf(find(received.unverified.issuer)), {
      endpointUrls: [identityProvider.url],
      request: { id: requestId },
    });
    assert.equal(answer.relayState, 'handle');
    logout = recordLogoutAnswer(logout, answer);
  }
  return logout;
}

suite('single logout with three participants, by Redirect and by POST', () => {
  for (const [index, initiating] of parties.entries()) {
    test(`that ${initiating.entityId} begins ends the sessions at the two others and answers it last`, async () => {
      const services = serviceProviders();
      const request = await createLogoutRequest({
        id: newMessageId(),
        now,
        issuer: initiating.entityId,
        nameId,
        sessionIndexes: [`_session-${index}`],
        relayState: 'home',
        ...sendingTo(initiating, identityProvider),
      });
      const received = readLogoutRequest(carried(request));
      const accepted = acceptLogoutRequest(received, peerOf(find(received.unverified.issuer)), {
        endpointUrls: [identityProvider.url],
        now,
        skewMilliseconds: 0,
      });
      assert.equal(accepted.relayState, 'home');
      const session = participants.find((each) => matchesSession(accepted, toSession(each)));
      assert.deepEqual(session?.entityIds, [initiating.entityId]);

      let logout = await propagate(
        startLogout({
          initiator: {
            entityIds: [accepted.issuer],
            requestId: accepted.requestId,
            relayState: 'home',
            endpoint: { binding: initiating.binding, location: initiating.url },
          },
          participants,
        }),
        services,
      );
      const last = nextLogoutStep(logout, now);
      assert.ok(last.step === 'answer');
      const answer = await createLogoutResponse({
        id: newMessageId(),
        now,
        issuer: identityProvider.entityId,
        inResponseTo: last.initiator.requestId,
        outcome: last.outcome,
        relayState: last.initiator.relayState ?? assert.fail('no relay state'),
        ...sendingTo(identityProvider, find(...last.initiator.entityIds)),
      });
      logout = recordInitiatorAnswered(logout);
      assert.deepEqual(nextLogoutStep(logout, now), { step: 'done', outcome: 'success' });
      const outcome = acceptLogoutResponse(readLogoutResponse(carried(answer)), peerOf(identityProvider), {
        endpointUrls: [initiating.url],
        request: { id: accepted.requestId },
      });
      assert.equal(outcome.outcome, 'success');
      assert.equal(outcome.relayState, 'home');

      for (const [place, service] of services.entries()) {
        const left = service.sessions.map((each) => `${each.nameId.value} ${each.sessionIndex}`);
        const others = [`${nameId.value} _elsewhere`, `${otherName.value} _session-${place}`];
        // What the initiator ends at home is its own affair.
        assert.deepEqual(left, place === index ? [`${nameId.value} _session-${place}`, ...others] : others);
      }
    });
  }

  test('that begins at the identity provider asks all three', async () => {
    const services = serviceProviders();
    const logout = await propagate(startLogout({ participants }), services);
    assert.deepEqual(nextLogoutStep(logout, now), { step: 'done', outcome: 'success' });
    for (const service of services) assert.equal(service.sessions.length, 2);
  });

  test('is partial where one takes no logout messages, and the initiator learns that', async () => {
    const services = serviceProviders();
    const mute = participants.map(({ endpoint, ...each }, index) =>
      index === 1 || endpoint === undefined ? each : { ...each, endpoint },
    );
    const logout = await propagate(startLogout({ participants: mute }), services);
    const last = nextLogoutStep(logout, now);
    assert.ok(last.step === 'done' && last.outcome === 'partial');
    const [first] = parties;
    assert.ok(first);
    const sent = await createLogoutResponse({
      id: '_r',
      now,
      issuer: identityProvider.entityId,
      inResponseTo: '_q',
      outcome: last.outcome,
      ...sendingTo(identityProvider, first),
    });
    const { outcome, status } = acceptLogoutResponse(
      readLogoutResponse(carried(sent)),
      peerOf(identityProvider),
      { endpointUrls: [first.url], request: { id: '_q' } },
    );
    assert.equal(outcome, 'partial');
    assert.deepEqual(status, { code: statusCodes.success, subCodes: [statusCodes.partialLogout] });
  });
});

function toSession({ entityIds, nameId: name, sessionIndexes }: LogoutParticipant): Session {
  return { entityIds, nameId: name, sessionIndex: sessionIndexes[0] ?? '' };
}
