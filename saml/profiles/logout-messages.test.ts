import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { suite, test } from 'node:test';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import {
  carried,
  identityProvider,
  nameId,
  now,
  parties,
  type Party,
  party,
  peerOf,
  sendingTo,
} from '../fixtures/logout-parties.ts';
import { schemaComplaint } from '../fixtures/oasis-schemas.ts';
import { statusCodes } from '../names.ts';
import { SamlRejection } from '../rejection.ts';
import {
  acceptLogoutRequest,
  acceptLogoutResponse,
  createLogoutRequest,
  type CreateLogoutRequestInput,
  createLogoutResponse,
  type CreateLogoutResponseInput,
  readLogoutRequest,
  readLogoutResponse,
} from './single-logout.ts';

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
        const peer = { ...peerOf(identityProvider), allow: ['cbc' as const], recentDecryptionFailures: 49 };
        const where: Parameters<typeof acceptLogoutRequest>[2] = {
          endpointUrls: [to.url],
          now,
          skewMilliseconds: 0,
        };
        const received = readLogoutRequest(carried(sent));
        const decryptionKeys = [fixtureKey('rsa'), fixtureKey('rsa-other')];
        assert.deepEqual(acceptLogoutRequest(received, peer, { ...where, decryptionKeys }).nameId, nameId);
        if (content.endsWith('cbc')) {
          const blocked = { ...peer, recentDecryptionFailures: 50 };
          assert.throws(
            () => acceptLogoutRequest(received, blocked, { ...where, decryptionKeys }),
            (error) => error instanceof SamlRejection && error.code === 'decryption-peer-blocked',
          );
        }
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
      () =>
        acceptLogoutRequest(
          unsigned,
          { ...peerOf(identityProvider), allow, recentDecryptionFailures: 0 },
          at,
        ),
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
    await assert.rejects(createLogoutResponse({ ...answer, inResponseTo: '1 a' }), refused('id-not-ncname'));
    // What a peer with the switch may ask under can be answered.
    for (const inResponseTo of ['1a', 'a:b', '-'])
      assert.ok(await createLogoutResponse({ ...answer, inResponseTo }), inResponseTo);
    const outcome = { code: statusCodes.partialLogout };
    await assert.rejects(createLogoutResponse({ ...answer, outcome }), refused('value-malformed'));
    for (const binding of ['redirect', 'post'] as const) {
      const sent = { ...base, binding, nameId };
      const longest = 'x'.repeat(4096);
      assert.ok(await createLogoutRequest({ ...sent, relayState: longest }));
      for (const relayState of [`${longest}x`, 'ü'.repeat(2049)])
        await assert.rejects(createLogoutRequest({ ...sent, relayState }), refused('relay-state-too-long'));
    }
  });

  test('and in JavaScript neither without a signature nor by a binding that is none', async () => {
    const base = { id: '_m', now, issuer: identityProvider.entityId, nameId };
    const right = { ...base, ...sendingTo(identityProvider, to) };
    const mistakes: [says: string, change: object][] = [
      ['signing.key is missing.', { signing: undefined, binding: 'redirect' }],
      ['signing.key is missing.', { signing: undefined, binding: 'post' }],
      ['signing.key is missing.', { signing: { algorithm: 'rsa-sha256' }, binding: 'redirect' }],
      ['binding is unknown.', { binding: 'Redirect' }],
      ['binding is unknown.', { binding: undefined }],
      ['destination is missing.', { destination: undefined, binding: 'post' }],
    ];
    for (const [message, change] of mistakes) {
      const changed = { ...right, ...change } as typeof right;
      await assert.rejects(createLogoutRequest(changed), { name: 'TypeError', message });
      const answer = { ...changed, inResponseTo: '_q', outcome: 'success' } as const;
      await assert.rejects(createLogoutResponse(answer), { name: 'TypeError', message });
    }
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
