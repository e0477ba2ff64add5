import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { suite, test } from 'node:test';
import { decodeArtifactQuery, encodeArtifactUrl, writeArtifact } from '../bindings/http-artifact.ts';
import { readSoapMessage } from '../bindings/soap.ts';
import { artifactResponseText, soapText } from '../fixtures/artifact-text.ts';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { schemaComplaint } from '../fixtures/oasis-schemas.ts';
import { signedRequestText } from '../fixtures/request-text.ts';
import * as given from '../fixtures/web-sso.ts';
import { limits } from '../limits.ts';
import { newMessageId, type SignatureAlgorithmName, statusCodes } from '../names.ts';
import { SamlRejection } from '../rejection.ts';
import { canonicalize } from '../xml/canonical.ts';
import { readXml } from '../xml/reader.ts';
import { acceptAuthnRequest, readAuthnRequest } from './accept-authn-request.ts';
import { acceptLogoutRequest, readLogoutRequest } from './accept-logout-request.ts';
import { acceptResponse } from './accept-response.ts';
import {
  acceptArtifactResolve,
  createArtifactResolve,
  createArtifactResponse,
  readArtifactResolve,
  receiveArtifactResponse,
} from './artifact-resolution.ts';
import { createAuthnRequest } from './create-authn-request.ts';
import { createLogoutRequest } from './create-logout-request.ts';
import { issueErrorResponse, issueResponse } from './issue-response.ts';
import { judgeResponse } from './judge-response.ts';

const resolutionUrl = 'https://id.contoso.example/artifact';
const serviceSigning = { key: fixtureKey('ec-p256'), algorithm: 'ecdsa-sha256' } as const;
const service = { entityIds: [given.serviceProvider], certificates: [fixtureCertificate('ec-p256')] };
const signing = { key: given.key, certificate: given.certificate, algorithm: 'rsa-sha256' } as const;

const refusedWith = (code: string) => (error: unknown) => {
  assert.ok(error instanceof SamlRejection, String(error));
  assert.equal(error.code, code);
  return true;
};
/** The message in an envelope, in canonical form, as the schemas know it. */
const messageIn = (soap: string): string =>
  canonicalize(readSoapMessage(readXml(Buffer.from(soap), limits.message).root), { method: 'exclusive' });

/** The identity provider: keeps messages under their handles, and gives each out once, to the one it was made for. */
class IdentityProvider {
  readonly #kept = new Map<string, { for: string; xml: string }>();

  keep(xml: string, relayState?: string): string {
    const messageHandle = randomBytes(20);
    this.#kept.set(messageHandle.toString('hex'), { for: given.serviceProvider, xml });
    const artifact = writeArtifact({ entityId: given.identityProvider, endpointIndex: 1, messageHandle });
    return encodeArtifactUrl({
      endpoint: given.replyUrl,
      artifact,
      ...(relayState === undefined ? {} : { relayState }),
    });
  }

  async answer(soap: string, algorithm: SignatureAlgorithmName = 'rsa-sha256'): Promise<string> {
    const received = readArtifactResolve(Buffer.from(soap));
    assert.equal(received.unverified.issuer, given.serviceProvider);
    const { requestId, issuer, messageHandle } = acceptArtifactResolve(received, service, {
      entityId: given.identityProvider,
      endpointUrls: [resolutionUrl],
    });
    const kept = this.#kept.get(messageHandle);
    this.#kept.delete(messageHandle);
    const answer = await createArtifactResponse({
      id: newMessageId(),
      now: given.now,
      issuer: given.identityProvider,
      inResponseTo: requestId,
      message: kept?.for === issuer ? kept.xml : undefined,
      signing: { ...signing, algorithm },
    });
    assert.equal(schemaComplaint(messageIn(answer.soap), 'protocol'), '');
    return answer.soap;
  }
}

/** What the service provider does with the address that the browser brings. */
async function resolve(url: string, idp: IdentityProvider, algorithm?: SignatureAlgorithmName) {
  const artifact = decodeArtifactQuery(url.slice(url.indexOf('?') + 1));
  const requestId = newMessageId();
  const { soap } = await createArtifactResolve({
    id: requestId,
    now: given.now,
    issuer: given.serviceProvider,
    destination: resolutionUrl,
    artifact: artifact.artifact,
    signing: serviceSigning,
  });
  assert.equal(schemaComplaint(messageIn(soap), 'protocol'), '');
  const octets = Buffer.from(await idp.answer(soap, algorithm));
  return receiveArtifactResponse(octets, { artifact, requestId, parameter: 'SAMLResponse' });
}

suite('a sign-in by artifact', () => {
  for (const sign of ['assertion', 'response', 'both'] as const) {
    for (const encrypted of [false, true]) {
      test(`with the signature on ${sign}, ${encrypted ? '' : 'not '}encrypted, says what it says by POST`, async () => {
        const input = given.issueInput();
        const encryption = { certificate: fixtureCertificate('sp') };
        const issued = await issueResponse({
          ...input,
          signing: { ...input.signing, sign },
          ...(encrypted ? { encryption } : {}),
        });
        const decryptionKeys = [fixtureKey('sp')];
        const idp = new IdentityProvider();
        const message = await resolve(idp.keep(issued.xml, 'a&b'), idp);
        const expected = given.acceptInput(message);
        const { signed, relayState, ...byArtifact } = acceptResponse({
          ...expected,
          serviceProvider: { ...expected.serviceProvider, decryptionKeys },
        });
        assert.equal(relayState, 'a&b');
        assert.equal(signed, sign === 'response' ? 'response' : 'both');
        const posted = given.acceptInput(given.posted(issued.xml));
        const { signed: _, ...byPost } = acceptResponse({
          ...posted,
          serviceProvider: { ...posted.serviceProvider, decryptionKeys },
        });
        assert.deepEqual(byArtifact, byPost);
      });
    }
  }

  test('with any algorithm of the answer', async () => {
    for (const algorithm of ['rsa-sha384', 'rsa-sha512'] as const) {
      const idp = new IdentityProvider();
      const message = await resolve(idp.keep((await issueResponse(given.issueInput())).xml), idp, algorithm);
      assert.equal(acceptResponse(given.acceptInput(message)).assertionId, given.assertionId);
    }
  });

  test('is given out once', async () => {
    const idp = new IdentityProvider();
    const url = idp.keep((await issueResponse(given.issueInput())).xml);
    assert.ok(acceptResponse(given.acceptInput(await resolve(url, idp))));
    const again = await resolve(url, idp);
    assert.throws(() => acceptResponse(given.acceptInput(again)), refusedWith('artifact-unknown'));
  });

  test('that failed is refused with what the response says', async () => {
    const idp = new IdentityProvider();
    const { xml } = await issueErrorResponse({
      ...given.issueInput(),
      status: { code: statusCodes.responder, subCode: statusCodes.noPassive },
    });
    const message = await resolve(idp.keep(xml), idp);
    assert.throws(() => acceptResponse(given.acceptInput(message)), refusedWith('status-not-success'));
  });

  test('takes no answer that belongs to another artifact or another request', async () => {
    const idp = new IdentityProvider();
    const { xml } = await issueResponse(given.issueInput());
    const first = await resolve(idp.keep(xml), idp);
    const second = await resolve(idp.keep(xml), idp);
    const mixed = { ...second, octets: first.octets };
    assert.throws(
      () => acceptResponse(given.acceptInput(mixed)),
      refusedWith('artifact-in-response-to-mismatch'),
    );
  });

  test('without saying what was resolved is a mistake of the caller', async () => {
    const idp = new IdentityProvider();
    const { resolution: _, ...message } = await resolve(idp.keep('<a/>'), idp);
    assert.throws(() => acceptResponse(given.acceptInput(message)), {
      name: 'TypeError',
      message: 'A message by artifact says what it was resolved with.',
    });
  });
});

suite('an answer to an artifact', () => {
  const answer = { id: '_a', now: given.now, issuer: given.identityProvider, inResponseTo: '_q', signing };

  test('that reports a failure carries no message, and is valid by the schema', async () => {
    const status = {
      code: statusCodes.requester,
      subCode: statusCodes.requestDenied,
      message: 'not for you',
    };
    const { soap } = await createArtifactResponse({ ...answer, status, message: '<a/>' });
    assert.ok(!soap.includes('<a'));
    assert.equal(schemaComplaint(messageIn(soap), 'protocol'), '');
  });

  test('is not written where it would not be accepted', async () => {
    await assert.rejects(createArtifactResponse({ ...answer, id: '1' }), refusedWith('id-not-ncname'));
    await assert.rejects(
      createArtifactResponse({ ...answer, inResponseTo: '1 a' }),
      refusedWith('id-not-ncname'),
    );
    await assert.rejects(createArtifactResponse({ ...answer, issuer: '' }), refusedWith('value-malformed'));
    await assert.rejects(
      createArtifactResponse({ ...answer, status: { code: statusCodes.requestDenied } }),
      refusedWith('value-malformed'),
    );
    const resolveInput = {
      id: '1',
      now: given.now,
      issuer: given.serviceProvider,
      destination: resolutionUrl,
      artifact: 'AAQ=',
      signing: serviceSigning,
    };
    await assert.rejects(createArtifactResolve(resolveInput), refusedWith('id-not-ncname'));
    await assert.rejects(
      createArtifactResolve({ ...resolveInput, id: '_r', artifact: 'AAQ=' }),
      refusedWith('artifact-malformed'),
    );
  });

  test('may be around a logout request, which is judged like one by POST', async () => {
    const { xml } = await createLogoutRequest({
      id: '_l',
      now: given.now,
      issuer: given.identityProvider,
      nameId: given.issueInput().nameId,
      binding: 'post',
      destination: given.replyUrl,
      signing,
    });
    const { soap } = await createArtifactResponse({ ...answer, message: xml });
    const artifact = writeArtifact({
      entityId: given.identityProvider,
      endpointIndex: 0,
      messageHandle: randomBytes(20),
    });
    const message = receiveArtifactResponse(Buffer.from(soap), {
      artifact: decodeArtifactQuery(`SAMLart=${encodeURIComponent(artifact)}`),
      requestId: '_q',
      parameter: 'SAMLRequest',
    });
    const received = readLogoutRequest(message);
    assert.equal(received.unverified.issuer, given.identityProvider);
    const peer = { entityIds: [given.identityProvider], certificates: [given.certificate] };
    const at = { endpointUrls: [given.replyUrl], now: given.now, skewMilliseconds: 0 };
    const accepted = acceptLogoutRequest(received, peer, at);
    assert.deepEqual([accepted.requestId, accepted.signature], ['_l', 'verified']);
    assert.throws(
      () => acceptLogoutRequest(received, { ...peer, entityIds: ['https://other.example/'] }, at),
      refusedWith('artifact-issuer-mismatch'),
    );
  });
});

suite('what is received by artifact', () => {
  const { artifact } = {
    artifact: decodeArtifactQuery(
      `SAMLart=${encodeURIComponent(writeArtifact({ entityId: given.serviceProvider, endpointIndex: 0, messageHandle: Buffer.alloc(20) }))}`,
    ),
  };
  const resolved = { artifact, requestId: '_q', parameter: 'SAMLRequest' } as const;

  test('says what it was resolved with, and the relay state that came with the artifact, if one came', () => {
    const octets = Buffer.from('x');
    const message = {
      binding: 'artifact',
      parameter: 'SAMLRequest',
      octets,
      resolution: { sourceId: artifact.sourceId, requestId: '_q' },
    };
    assert.deepEqual(receiveArtifactResponse(octets, resolved), message);
    const relayed = { ...resolved, artifact: { ...artifact, relayState: 'r' } };
    assert.deepEqual(receiveArtifactResponse(octets, relayed), { ...message, relayState: 'r' });
  });

  test('counts as signed where the message is, or the answer around it', async () => {
    const answer = { id: '_a', now: given.now, issuer: given.serviceProvider, inResponseTo: '_q', signing };
    const request = await createLogoutRequest({
      id: '_l',
      now: given.now,
      issuer: given.serviceProvider,
      nameId: given.issueInput().nameId,
      binding: 'post',
      destination: given.endpoint,
      signing,
    });
    const bare = (xml: string) => xml.replaceAll(/<Signature .*?<\/Signature>/g, '');
    const wrapped = async (xml: string) => (await createArtifactResponse({ ...answer, message: xml })).soap;
    const { xml } = createAuthnRequest({
      id: '_r',
      now: given.now,
      issuer: given.serviceProvider,
      destination: given.endpoint,
      assertionConsumerServiceUrl: given.replyUrl,
    });
    const party = given.relyingParty({
      requestSignature: { required: true, certificates: [given.certificate] },
    });
    const read = (soap: string) => readAuthnRequest(receiveArtifactResponse(Buffer.from(soap), resolved));
    const around = read(await wrapped(xml));
    assert.equal(around.signature, 'present');
    const accepted = acceptAuthnRequest(around, party, { endpointUrls: [given.endpoint] });
    assert.deepEqual([accepted.requestId, accepted.signature], ['_r', 'verified']);
    assert.equal(read(bare(await wrapped(xml))).signature, 'absent');
    const handmade = artifactResponseText({ message: signedRequestText(), key: 'none' });
    assert.equal(read(soapText(handmade)).signature, 'present');
    // The answer's own signature is the first one.
    const inside = (await wrapped(request.xml)).replace(/<Signature .*?<\/Signature>/, '');
    const received = readLogoutRequest(receiveArtifactResponse(Buffer.from(inside), resolved));
    assert.throws(
      () =>
        acceptLogoutRequest(
          received,
          { entityIds: [given.serviceProvider], certificates: [given.certificate] },
          { endpointUrls: [given.endpoint], now: given.now, skewMilliseconds: 0 },
        ),
      refusedWith('artifact-not-signed'),
    );
  });

  test('and whose it is can be asked before it is believed', async () => {
    const { soap } = await createArtifactResolve({
      id: '_q',
      now: given.now,
      issuer: given.serviceProvider,
      destination: resolutionUrl,
      artifact: artifact.artifact,
      signing: serviceSigning,
    });
    assert.deepEqual(readArtifactResolve(Buffer.from(soap)).unverified, {
      id: '_q',
      issuer: given.serviceProvider,
    });
    const bare = soap.replace(/<Issuer.*<\/Issuer>/, '');
    assert.deepEqual(readArtifactResolve(Buffer.from(bare)).unverified, { id: '_q' });
  });

  test('is judged without knowing from whom it should come, where that is not asked', async () => {
    const { xml } = await issueResponse(given.issueInput());
    const idp = new IdentityProvider();
    const message = await resolve(idp.keep(xml), idp);
    const { identityProvider, ...expected } = given.acceptInput(message);
    const { certificates } = identityProvider;
    const judged = judgeResponse({ ...expected, identityProvider: { certificates } });
    assert.equal(judged.assertionId, given.assertionId);
  });
});
