import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodePost } from '../bindings/http-post.ts';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import { type FixtureKey, fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { schemaComplaint } from '../fixtures/oasis-schemas.ts';
import { everyOption, honoursAll, plainRequest } from '../fixtures/request-options.ts';
import * as given from '../fixtures/web-sso.ts';
import { authnContexts, nameIdFormats, type SignatureAlgorithmName, statusCodes } from '../names.ts';
import {
  acceptAuthnRequest,
  type AuthnContextOrder,
  chooseAuthnContext,
  chooseNameId,
  issueErrorResponse,
  type IssueInput,
  issueResponse,
  judgeScoping,
  readAuthnRequest,
  type ReceivedAuthnRequest,
} from './idp-web-sso.ts';
import {
  acceptResponse,
  createAuthnRequest,
  type CreateAuthnRequestInput,
  createPostedAuthnRequest,
} from './sp-web-sso.ts';

test('a sign-in goes from the request over the response to the accepted assertion', async () => {
  const { url } = createAuthnRequest({
    id: given.requestId,
    now: given.now,
    issuer: given.serviceProvider,
    destination: given.endpoint,
    assertionConsumerServiceUrl: given.replyUrl,
    relayState: 'where to go?&=',
  });
  const received = readAuthnRequest(decodeRedirect(url.slice(url.indexOf('?') + 1)));
  const accepted = acceptAuthnRequest(received, given.relyingParty(), { endpointUrls: [given.endpoint] });
  assert.deepEqual(accepted, {
    requestId: given.requestId,
    issuer: given.serviceProvider,
    replyUrl: given.replyUrl,
    responseBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
    forceAuthn: false,
    isPassive: false,
    relayState: 'where to go?&=',
    signature: 'absent',
  });
  const issued = await issueResponse(
    given.issueInput({ inResponseTo: accepted.requestId, relayState: accepted.relayState ?? '' }),
  );
  const message = decodePost({ SAMLResponse: issued.samlResponse, RelayState: issued.relayState ?? '' });
  assert.deepEqual(acceptResponse(given.acceptInput(message)), {
    assertionId: given.assertionId,
    issuer: given.identityProvider,
    inResponseTo: given.requestId,
    nameId: {
      value: 'b.simon@contoso.example',
      format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    },
    audiences: [given.serviceProvider],
    attributes: [
      { name: 'http://schemas.microsoft.com/identity/claims/displayname', values: ['B.Simon'] },
      {
        name: 'http://schemas.microsoft.com/claims/authnmethodsreferences',
        values: ['http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password'],
      },
    ],
    authnInstant: given.now - 60_000,
    authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
    sessionIndex: given.assertionId,
    notOnOrAfter: given.now + 3_600_000,
    signed: 'assertion',
    encrypted: false,
    relayState: 'where to go?&=',
  });
});

const algorithms = {
  'rsa-sha256': 'rsa',
  'rsa-sha384': 'rsa',
  'rsa-sha512': 'rsa',
  'rsa-pss-sha256': 'rsa',
  'ecdsa-sha256': 'ec-p256',
  'ecdsa-sha384': 'ec-p384',
  'ecdsa-sha512': 'ec-p521',
} as const satisfies Partial<Record<SignatureAlgorithmName, FixtureKey>>;
const parts = ['assertion', 'response', 'both'] as const;
const allow = ['rsa-pss'] as const;
const order: AuthnContextOrder = [
  authnContexts.password,
  authnContexts.passwordProtectedTransport,
  authnContexts.x509,
];

/** How a request travels; 'none' is a sign-in that the identity provider starts. */
const ways = ['redirect', 'redirect-signed', 'post', 'post-signed', 'none'] as const;

/** What a service provider may ask for, what it is then told, and by which class the person was authenticated. */
const wishes: Record<string, { asked: Partial<CreateAuthnRequestInput>; done?: string; format?: string }> = {
  'nothing in particular': { asked: {} },
  'everything at once': {
    asked: {
      ...everyOption,
      requestedAuthnContext: { comparison: 'minimum', classRefs: [authnContexts.password] },
      nameIdPolicy: { format: nameIdFormats.persistent, allowCreate: true },
      scoping: {
        proxyCount: 0,
        idpList: { entries: [{ providerId: given.identityProvider }] },
        requesterIds: [],
      },
    },
    format: nameIdFormats.persistent,
  },
  'an exact class': {
    asked: { requestedAuthnContext: { classRefs: [authnContexts.x509] } },
    done: authnContexts.x509,
  },
  'a better class': {
    asked: { requestedAuthnContext: { comparison: 'better', classRefs: [authnContexts.password] } },
    done: authnContexts.passwordProtectedTransport,
  },
  'no class above one': {
    asked: {
      requestedAuthnContext: {
        comparison: 'maximum',
        classRefs: [authnContexts.passwordProtectedTransport],
      },
    },
    done: authnContexts.passwordProtectedTransport,
  },
};

const available = [authnContexts.password, authnContexts.passwordProtectedTransport, authnContexts.x509];

/** A request as it arrives at the identity provider. */
async function requested(way: Exclude<(typeof ways)[number], 'none'>, input: CreateAuthnRequestInput) {
  const signing = { key: fixtureKey('rsa-other'), algorithm: 'rsa-sha256' } as const;
  const asked = way.endsWith('-signed') ? { ...input, signing } : input;
  if (way.startsWith('redirect')) {
    const { url } = createAuthnRequest(asked);
    return readAuthnRequest(decodeRedirect(url.slice(url.indexOf('?') + 1)));
  }
  const { samlRequest, relayState = '' } = await createPostedAuthnRequest(asked);
  return readAuthnRequest(decodePost({ SAMLRequest: samlRequest, RelayState: relayState }));
}

/** The identity provider's part: what it issues for a request, or of its own accord. */
async function answered(received: ReceivedAuthnRequest | undefined, signing: IssueInput['signing']) {
  if (received === undefined) {
    const { inResponseTo: _none, ...input } = given.issueInput({ signing });
    return issueResponse({ ...input, relayState: 'deep/link' });
  }
  const certificates = [fixtureCertificate('rsa-other')];
  const accepted = acceptAuthnRequest(
    received,
    given.relyingParty({
      requestSignature: { required: received.signature === 'present', certificates },
    }),
    { endpointUrls: [given.endpoint], honours: honoursAll },
  );
  assert.equal(accepted.signature, received.signature === 'present' ? 'verified' : 'absent');
  const self = { entityId: given.identityProvider, authenticates: true };
  assert.deepEqual(judgeScoping(accepted.scoping, self), { answer: 'authenticate' });
  const name = chooseNameId(accepted, { formats: [nameIdFormats.emailAddress, nameIdFormats.persistent] });
  const contextClassRef = chooseAuthnContext(accepted.requestedAuthnContext, available, order);
  if (name.outcome !== 'issue' || contextClassRef === undefined) return assert.fail();
  return issueResponse({
    ...given.issueInput({ signing, inResponseTo: accepted.requestId, replyUrl: accepted.replyUrl }),
    ...(accepted.relayState === undefined ? {} : { relayState: accepted.relayState }),
    nameId: { value: accepted.subject?.value ?? 'b.simon@contoso.example', format: name.format },
    authentication: { instant: given.now, contextClassRef },
  });
}

describe('web single sign-on, whoever starts it', () => {
  for (const way of ways) {
    for (const [algorithm, key] of Object.entries(algorithms)) {
      test(`by ${way}, answered with ${algorithm}`, async () => {
        const certificate = fixtureCertificate(key);
        for (const sign of parts) {
          for (const [wish, { asked, done, format }] of Object.entries(wishes)) {
            if (way === 'none' && wish !== 'nothing in particular') continue;
            const input = { ...plainRequest, ...asked, relayState: 'deep/link' };
            const issued = await answered(way === 'none' ? undefined : await requested(way, input), {
              key: fixtureKey(key),
              certificate,
              algorithm: algorithm as keyof typeof algorithms,
              allow,
              sign,
            });
            assert.equal(issued.action, given.replyUrl);
            const { requestedAuthnContext: context } = asked;
            const said = acceptResponse(
              given.acceptInput(
                decodePost({ SAMLResponse: issued.samlResponse, RelayState: issued.relayState ?? '' }),
                {
                  identityProvider: { entityId: given.identityProvider, certificates: [certificate], allow },
                  request: way === 'none' ? 'unsolicited' : { id: given.requestId },
                  ...(context === undefined
                    ? {}
                    : {
                        requestedAuthnContext: {
                          comparison: context.comparison ?? 'exact',
                          classRefs: context.classRefs ?? [],
                          order,
                        },
                      }),
                },
              ),
            );
            const about = `${sign}, ${wish}`;
            assert.equal(said.signed, sign, about);
            assert.equal(said.inResponseTo, way === 'none' ? undefined : given.requestId, about);
            assert.equal(said.relayState, 'deep/link', about);
            assert.deepEqual(
              said.nameId,
              { value: 'b.simon@contoso.example', format: format ?? nameIdFormats.emailAddress },
              about,
            );
            assert.equal(said.authnContextClassRef, done ?? authnContexts.password, about);
          }
        }
      });
    }
  }

  test('a sign-in that nobody asked for is no answer to a request, and an answer is none to nobody', async () => {
    const signing = { ...given.issueInput().signing, sign: 'both' } as const;
    const unasked = await answered(undefined, signing);
    const message = decodePost({ SAMLResponse: unasked.samlResponse });
    assert.throws(() => acceptResponse(given.acceptInput(message)), {
      code: 'bearer-in-response-to-missing',
    });
    const asked = await answered(await requested('redirect', plainRequest), signing);
    assert.throws(
      () =>
        acceptResponse(
          given.acceptInput(decodePost({ SAMLResponse: asked.samlResponse }), { request: 'unsolicited' }),
        ),
      { code: 'response-in-response-to-unexpected' },
    );
  });

  test('a relay state is answered octet for octet, and one that nobody takes is not sent', async () => {
    const relayState = `é&=+%00<"'>\n${'x'.repeat(4_000)}`;
    for (const way of ['redirect', 'redirect-signed', 'post', 'post-signed'] as const) {
      const received = await requested(way, { ...plainRequest, relayState });
      const { signing } = given.issueInput();
      const issued = await answered(received, signing);
      assert.equal(issued.relayState, relayState);
      const message = decodePost({ SAMLResponse: issued.samlResponse, RelayState: issued.relayState ?? '' });
      assert.equal(acceptResponse(given.acceptInput(message)).relayState, relayState);
    }
    const tooLong = { ...given.issueInput(), relayState: 'x'.repeat(4_097) };
    await assert.rejects(issueResponse(tooLong), { code: 'relay-state-too-long' });
    const status = { code: statusCodes.responder };
    await assert.rejects(issueErrorResponse({ ...tooLong, status }), { code: 'relay-state-too-long' });
  });

  test('a failure reaches the service provider with its codes, and signs nobody in', async () => {
    const accepted = acceptAuthnRequest(
      await requested('post', { ...plainRequest, isPassive: true, relayState: 'deep/link' }),
      given.relyingParty(),
      { endpointUrls: [given.endpoint] },
    );
    assert.equal(accepted.isPassive, true);
    const { signing } = given.issueInput();
    for (const signed of [{}, { signing }]) {
      const issued = await issueErrorResponse({
        issuer: given.identityProvider,
        replyUrl: accepted.replyUrl,
        inResponseTo: accepted.requestId,
        relayState: accepted.relayState ?? '',
        now: given.now,
        responseId: given.responseId,
        status: {
          code: statusCodes.responder,
          subCodes: [statusCodes.noPassive, 'urn:x:asked-too-early'],
          message: 'nobody is signed in',
          detail: [{ namespace: 'urn:x', local: 'Cause', children: ['no session'] }],
        },
        ...signed,
      });
      assert.equal(schemaComplaint(issued.xml, 'protocol'), '');
      assert.equal(issued.relayState, 'deep/link');
      assert.throws(
        () => acceptResponse(given.acceptInput(decodePost({ SAMLResponse: issued.samlResponse }))),
        {
          code: 'status-not-success',
          actual: `${statusCodes.responder} ${statusCodes.noPassive} urn:x:asked-too-early nobody is signed in`,
        },
      );
    }
  });

  test('an assertion names those who authenticated, where that was another', async () => {
    const authorities = ['https://first.example/', 'https://second.example/'];
    const issued = await issueResponse({
      ...given.issueInput(),
      authentication: {
        instant: given.now,
        contextClassRef: authnContexts.password,
        contextDeclRef: 'urn:x:declaration',
        authenticatingAuthorities: authorities,
      },
    });
    assert.equal(schemaComplaint(issued.xml, 'protocol'), '');
    const said = acceptResponse(given.acceptInput(decodePost({ SAMLResponse: issued.samlResponse })));
    assert.deepEqual(said.authenticatingAuthorities, authorities);
    assert.equal(said.authnContextDeclRef, 'urn:x:declaration');
    assert.equal(said.authnContextClassRef, authnContexts.password);
  });
});
