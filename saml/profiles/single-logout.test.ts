import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { suite, test } from 'node:test';
import { decodePost } from '../bindings/http-post.ts';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import { type FixtureKey, fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { schemaComplaint } from '../fixtures/oasis-schemas.ts';
import { nameIdFormats, newMessageId, type SignatureAlgorithmName, statusCodes } from '../names.ts';
import { SamlRejection } from '../rejection.ts';
import type { SentMessage } from './send-message.ts';
import {
  acceptLogoutRequest,
  acceptLogoutResponse,
  createLogoutRequest,
  type CreateLogoutRequestInput,
  createLogoutResponse,
  type CreateLogoutResponseInput,
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

const now = Date.parse('2026-11-23T12:00:00.000Z');

/** What the browser carries from one side to the other. */
function carried(sent: SentMessage): ReceivedMessage {
  return sent.binding === 'redirect'
    ? decodeRedirect(sent.url.slice(sent.url.indexOf('?') + 1))
    : decodePost(sent.fields);
}

function destinationOf(sent: SentMessage): string {
  return sent.binding === 'redirect' ? sent.url.slice(0, sent.url.indexOf('?')) : sent.action;
}

type Party = {
  entityId: string;
  url: string;
  binding: 'redirect' | 'post';
  key: FixtureKey;
  algorithm: SignatureAlgorithmName;
};

const party = (
  host: string,
  binding: Party['binding'],
  key: FixtureKey,
  algorithm: SignatureAlgorithmName = 'rsa-sha256',
): Party => ({ entityId: `https://${host}`, url: `https://${host}/logout`, binding, key, algorithm });

const identityProvider = party('id.example', 'redirect', 'rsa');
const parties: readonly Party[] = [
  party('one.example', 'redirect', 'rsa-other'),
  party('two.example', 'post', 'ec-p256', 'ecdsa-sha256'),
  party('three.example', 'redirect', 'ec-p384', 'ecdsa-sha384'),
];

const peerOf = ({ entityId, key }: Party) => ({
  entityIds: [entityId],
  certificates: [fixtureCertificate(key)],
});
const sendingTo = (from: Party, to: Party) => ({
  binding: to.binding,
  destination: to.url,
  signing: {
    key: fixtureKey(from.key),
    certificate: fixtureCertificate(from.key),
    algorithm: from.algorithm,
  },
});
const find = (entityId: string | undefined): Party =>
  [identityProvider, ...parties].find((each) => each.entityId === entityId) ?? assert.fail(`${entityId}`);

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

const nameId = {
  value: 'b.simon@contoso.example',
  format: nameIdFormats.persistent,
  spNameQualifier: 'https://x',
};
const otherName = { value: 'a.other@contoso.example', format: nameIdFormats.persistent };

function serviceProviders(): ServiceProvider[] {
  return parties.map(
    (each, index) =>
      new ServiceProvider(each, [
        { nameId, sessionIndex: `_session-${index}` },
        { nameId, sessionIndex: '_elsewhere' },
        { nameId: otherName, sessionIndex: `_session-${index}` },
      ]),
  );
}

const participants: LogoutParticipant[] = parties.map((each, index) => ({
  entityId: each.entityId,
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
      ...sendingTo(identityProvider, find(participant.entityId)),
    });
    logout = recordLogoutRequest(logout, participant, { requestId, until: now + 30_000 });
    const service =
      services.find((each) => each.party.entityId === participant.entityId) ?? assert.fail('nobody');
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
      assert.equal(session?.entityId, initiating.entityId);

      let logout = await propagate(
        startLogout({
          initiator: {
            entityId: accepted.issuer,
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
        ...sendingTo(identityProvider, find(last.initiator.entityId)),
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

function toSession({ nameId: name, sessionIndexes }: LogoutParticipant): Session {
  return { nameId: name, sessionIndex: sessionIndexes[0] ?? '' };
}

suite('what is sent is valid by the OASIS schema and accepted here, for every option', () => {
  const [, to] = parties;
  assert.ok(to);
  const sides: Party[] = [
    party('id.example', 'post', 'rsa'),
    party('id.example', 'post', 'rsa', 'rsa-sha512'),
    party('id.example', 'post', 'ec-p256', 'ecdsa-sha256'),
    party('id.example', 'post', 'ec-p521', 'ecdsa-sha512'),
  ];
  const requests: Partial<CreateLogoutRequestInput>[] = [
    {},
    { sessionIndexes: [] },
    { sessionIndexes: ['_a', '_b', '<&>"\'\t'], notOnOrAfter: now + 1, reason: 'urn:x:"<&>' },
    { nameId: { value: '<b> & ü', format: 'urn:x', nameQualifier: 'q', spNameQualifier: 's' } },
    { relayState: 'a b+c&d=é' },
  ];
  const responses: Partial<CreateLogoutResponseInput>[] = [
    { outcome: 'success' },
    { outcome: 'partial' },
    { outcome: 'failed' },
    {
      outcome: {
        code: statusCodes.requester,
        subCode: statusCodes.unknownPrincipal,
        message: 'no <session>',
      },
    },
    { relayState: 'a b+c&d=é' },
  ];
  for (const binding of ['redirect', 'post'] as const) {
    for (const from of sides) {
      const base = { id: '_m', now, issuer: from.entityId, ...sendingTo(from, { ...to, binding }) };

      test(`requests by ${binding} with ${from.algorithm}`, async () => {
        for (const options of requests) {
          const input = { ...base, nameId, ...options };
          const sent = await createLogoutRequest(input);
          assert.equal(schemaComplaint(sent.xml, 'protocol'), '');
          const accepted = acceptLogoutRequest(readLogoutRequest(carried(sent)), peerOf(from), {
            endpointUrls: [to.url],
            now,
            skewMilliseconds: 0,
          });
          assert.deepEqual(accepted, {
            requestId: '_m',
            issuer: from.entityId,
            nameId: input.nameId,
            sessionIndexes: input.sessionIndexes ?? [],
            ...(input.reason === undefined ? {} : { reason: input.reason }),
            notOnOrAfter: input.notOnOrAfter ?? now + 300_000,
            ...(input.relayState === undefined ? {} : { relayState: input.relayState }),
            signature: 'verified',
          });
        }
      });

      test(`responses by ${binding} with ${from.algorithm}`, async () => {
        for (const options of responses) {
          const sent = await createLogoutResponse({
            ...base,
            inResponseTo: '_q',
            outcome: 'success',
            ...options,
          });
          assert.equal(schemaComplaint(sent.xml, 'protocol'), '');
          const accepted = acceptLogoutResponse(readLogoutResponse(carried(sent)), peerOf(from), {
            endpointUrls: [to.url],
            request: { id: '_q' },
          });
          const { outcome = 'success' } = options;
          assert.equal(accepted.outcome, typeof outcome === 'string' ? outcome : 'failed');
          assert.equal(accepted.relayState, options.relayState);
          assert.equal(accepted.signature, 'verified');
        }
      });
    }
  }

  test('requests whose name is encrypted, for whoever has the key', async () => {
    for (const content of ['aes128-gcm', 'aes256-gcm', 'aes128-cbc', 'aes256-cbc'] as const) {
      for (const binding of ['redirect', 'post'] as const) {
        const sent = await createLogoutRequest({
          id: '_m',
          now,
          issuer: identityProvider.entityId,
          nameId,
          encryption: { certificate: fixtureCertificate('rsa-other'), content },
          ...sendingTo(identityProvider, { ...to, binding }),
        });
        assert.equal(schemaComplaint(sent.xml, 'protocol'), '');
        assert.ok(!sent.xml.includes(nameId.value));
        const peer = { ...peerOf(identityProvider), allow: ['cbc' as const] };
        const where: Parameters<typeof acceptLogoutRequest>[2] = {
          endpointUrls: [to.url],
          now,
          skewMilliseconds: 0,
        };
        const received = readLogoutRequest(carried(sent));
        const decryptionKeys = [fixtureKey('rsa'), fixtureKey('rsa-other')];
        assert.deepEqual(acceptLogoutRequest(received, peer, { ...where, decryptionKeys }).nameId, nameId);
        assert.throws(
          () => acceptLogoutRequest(received, peer, where),
          (error) => error instanceof SamlRejection && error.code === 'decryption-key-missing',
        );
      }
    }
  });

  test('names encrypted in CBC mode only where the request is signed', async () => {
    const { xml } = await createLogoutRequest({
      id: '_m',
      now,
      issuer: identityProvider.entityId,
      nameId,
      encryption: { certificate: fixtureCertificate('rsa-other'), content: 'aes256-cbc' },
      ...sendingTo(identityProvider, { ...to, binding: 'redirect' }),
    });
    const unsigned = readLogoutRequest({
      binding: 'post',
      parameter: 'SAMLRequest',
      octets: Buffer.from(xml),
    });
    const allow = ['unsigned-logout', 'cbc', 'cbc-unauthenticated'] as const;
    const at = {
      endpointUrls: [to.url],
      now,
      skewMilliseconds: 0,
      decryptionKeys: [fixtureKey('rsa-other')],
    };
    assert.throws(
      () => acceptLogoutRequest(unsigned, { ...peerOf(identityProvider), allow }, at),
      (error) => error instanceof SamlRejection && error.code === 'encryption-cbc-unauthenticated',
    );
  });

  test('and what would not be accepted is not sent', async () => {
    const [from] = sides;
    assert.ok(from);
    const base = { id: '_m', now, issuer: from.entityId, ...sendingTo(from, to) };
    const refused = (code: string) => (error: unknown) =>
      error instanceof SamlRejection && error.code === code;
    await assert.rejects(createLogoutRequest({ ...base, nameId, id: '1' }), refused('id-not-ncname'));
    await assert.rejects(
      createLogoutRequest({ ...base, nameId: { ...nameId, value: '' } }),
      refused('value-malformed'),
    );
    await assert.rejects(
      createLogoutRequest({ ...base, nameId, sessionIndexes: [''] }),
      refused('value-malformed'),
    );
    const answer = { ...base, inResponseTo: '_q', outcome: 'success' } as const;
    await assert.rejects(createLogoutResponse({ ...answer, id: '1' }), refused('id-not-ncname'));
    await assert.rejects(createLogoutResponse({ ...answer, inResponseTo: '1' }), refused('id-not-ncname'));
  });
});

suite('a logout message', () => {
  const peer = peerOf(identityProvider);
  const [to] = parties;
  assert.ok(to);
  const at = { endpointUrls: [to.url], now, skewMilliseconds: 0 };

  test('is not judged with a tolerance that no configuration may ask for', async () => {
    const sent = await createLogoutRequest({
      id: '_m',
      now,
      issuer: identityProvider.entityId,
      nameId,
      ...sendingTo(identityProvider, to),
    });
    const received = readLogoutRequest(carried(sent));
    for (const skewMilliseconds of [-1, 180_001, Number.NaN]) {
      assert.throws(() => acceptLogoutRequest(received, peer, { ...at, skewMilliseconds }), {
        name: 'RangeError',
        message: 'skewMilliseconds must lie between 0 and 180000.',
      });
    }
    assert.ok(acceptLogoutRequest(received, peer, { ...at, skewMilliseconds: 180_000 }));
  });

  test('says before it is believed who sent it, and what it answers', async () => {
    const base = { id: '_m', now, issuer: identityProvider.entityId, ...sendingTo(identityProvider, to) };
    const asked = carried(await createLogoutRequest({ ...base, nameId }));
    const { entityId: issuer } = identityProvider;
    assert.deepEqual(readLogoutRequest(asked).unverified, { id: '_m', issuer });
    const answer = await createLogoutResponse({ ...base, inResponseTo: '_q', outcome: 'success' });
    assert.deepEqual(readLogoutResponse(carried(answer)).unverified, {
      id: '_m',
      issuer,
      inResponseTo: '_q',
    });
    const bare = answer.xml.replace(/<Issuer.*<\/Issuer>/, '').replace(' InResponseTo="_q"', '');
    const octets = Buffer.from(bare);
    const { unverified } = readLogoutResponse({ binding: 'post', parameter: 'SAMLResponse', octets });
    assert.deepEqual(unverified, { id: '_m' });
  });

  test('is sent as fields that are there and no others', async () => {
    const base = {
      id: '_m',
      now,
      issuer: identityProvider.entityId,
      nameId,
      ...sendingTo(identityProvider, to),
      binding: 'post',
    } as const;
    const plain = await createLogoutRequest(base);
    assert.ok(plain.binding === 'post');
    assert.equal(plain.action, to.url);
    assert.deepEqual(Object.keys(plain.fields), ['SAMLRequest']);
    const relayed = await createLogoutRequest({ ...base, relayState: 'r' });
    assert.ok(relayed.binding === 'post');
    assert.equal(relayed.fields.RelayState, 'r');
  });

  test('by Redirect keeps its relay state only as it was signed', async () => {
    const sent = await createLogoutRequest({
      id: '_m',
      now,
      issuer: identityProvider.entityId,
      nameId,
      relayState: 'signed',
      ...sendingTo(identityProvider, to),
    });
    const message = { ...carried(sent), relayState: 'put there by somebody' };
    assert.equal(acceptLogoutRequest(readLogoutRequest(message), peer, at).relayState, 'signed');
  });

  test('is accepted for what was signed, not for what was read first', async () => {
    const create = (name: string) =>
      createLogoutRequest({
        id: '_m',
        now,
        issuer: identityProvider.entityId,
        nameId: { ...nameId, value: name },
        ...sendingTo(identityProvider, to),
      });
    const received = readLogoutRequest(carried(await create('b.simon')));
    const forged = carried(await create('admin'));
    const mixed = { ...received, message: { ...received.message, octets: forged.octets } };
    assert.equal(acceptLogoutRequest(mixed, peer, at).nameId.value, 'b.simon');
    assert.ok(Buffer.from(forged.octets).includes('admin'));
  });
});
