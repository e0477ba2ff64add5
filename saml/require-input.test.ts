import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodePost, encodePost } from './bindings/http-post.ts';
import { artifactResponseText, artifactText, resolveId, soapText } from './fixtures/artifact-text.ts';
import { fixtureCertificate, fixtureKey } from './fixtures/hand-signer.ts';
import {
  logoutRequestId,
  logoutRequestText,
  logoutResponseText,
  signedLogoutText,
} from './fixtures/logout-text.ts';
import { requestText } from './fixtures/request-text.ts';
import { responseText } from './fixtures/response-text.ts';
import {
  acceptInput,
  endpoint,
  identityProvider,
  now,
  posted,
  replyUrl,
  serviceProvider,
} from './fixtures/web-sso.ts';
import { readArtifact, writeArtifact } from './bindings/http-artifact.ts';
import { acceptArtifactResolve, readArtifactResolve } from './profiles/accept-artifact-resolve.ts';
import { acceptAuthnRequest, readAuthnRequest } from './profiles/accept-authn-request.ts';
import { acceptLogoutRequest, readLogoutRequest } from './profiles/accept-logout-request.ts';
import { acceptLogoutResponse, readLogoutResponse } from './profiles/accept-logout-response.ts';
import { acceptResponse } from './profiles/accept-response.ts';
import { createArtifactResolve } from './profiles/create-artifact-resolve.ts';
import { receiveArtifactResponse } from './profiles/receive-artifact-response.ts';

/** What plain JavaScript may hand in, by the words of the error that names it. */
type Mistakes = [says: string, change: object][];

const peer = { entityIds: [serviceProvider], certificates: [fixtureCertificate('rsa-other')] };
const at = { endpointUrls: [endpoint], now, skewMilliseconds: 0 };
const peerMistakes: Mistakes = [
  ['peer.entityIds is no array of strings.', { peer: undefined }],
  ['peer.entityIds is no array of strings.', { peer: { ...peer, entityIds: serviceProvider } }],
  ['peer.certificates is missing.', { peer: { entityIds: [serviceProvider] } }],
  [
    'peer.certificates holds something else',
    { peer: { ...peer, certificates: [peer.certificates[0]?.toString()] } },
  ],
  ['peer.allow is no array of strings.', { peer: { ...peer, allow: 'unsigned-logout' } }],
  ['endpointUrls is no array of strings.', { at: { ...at, endpointUrls: undefined } }],
  // As a text it would contain the addresses of others.
  ['endpointUrls is no array of strings.', { at: { ...at, endpointUrls: `${endpoint}/more` } }],
];

function refusesMistakes<Given extends object>(
  right: Given,
  accept: (given: Given) => unknown,
  mistakes: Mistakes,
): void {
  assert.ok(accept(right));
  for (const [says, change] of mistakes) {
    assert.throws(
      () => accept({ ...right, ...change }),
      (error) => error instanceof TypeError && error.message.startsWith(says),
      says,
    );
  }
}

describe('what a message is held against cannot be left out in JavaScript', () => {
  test('of a request to authenticate', () => {
    const received = readAuthnRequest(decodePost({ SAMLRequest: encodePost(requestText()) }));
    const requestSignature = { required: false, certificates: [] };
    const relyingParty = { entityIds: [serviceProvider], replyUrls: [{ url: replyUrl }], requestSignature };
    const changed = (change: object) => ({
      relyingParty: { ...relyingParty, requestSignature: { ...requestSignature, ...change } },
    });
    refusesMistakes(
      { relyingParty, at: { endpointUrls: [endpoint] } },
      (given) => acceptAuthnRequest(received, given.relyingParty, given.at),
      [
        ['requestSignature.required is missing.', changed({ required: undefined })],
        ['requestSignature.certificates is missing.', changed({ certificates: undefined })],
        ['requestSignature.allow is no array of strings.', changed({ allow: 'sha1-signature' })],
        [
          'entityIds is no array of strings.',
          { relyingParty: { ...relyingParty, entityIds: serviceProvider } },
        ],
        ['endpointUrls is no array of strings.', { at: { endpointUrls: `${endpoint}/more` } }],
        // A text has no url: the answer would go nowhere.
        ['replyUrls is no array of', { relyingParty: { ...relyingParty, replyUrls: [replyUrl] } }],
        ['replyUrls is no array of', { relyingParty: { ...relyingParty, replyUrls: replyUrl } }],
        ['replyUrls is no array of', { relyingParty: { ...relyingParty, replyUrls: [{ uri: replyUrl }] } }],
        [
          'recentDecryptionFailures is missing.',
          {
            ...changed({ allow: ['cbc'] }),
            at: { endpointUrls: [endpoint], decryptionKeys: [fixtureKey('sp')] },
          },
        ],
        ['at.honors is unknown.', { at: { endpointUrls: [endpoint], honors: {} } }],
      ],
    );
  });

  test('of a response', () => {
    const right = acceptInput(posted(responseText()));
    refusesMistakes(right, acceptResponse, [
      ['skewMilliseconds is no number.', { skewMilliseconds: '60000' }],
      ['skewMilliseconds is missing.', { skewMilliseconds: undefined }],
      // Left out without a word, it would not be checked.
      [
        'requestedAuthContext is unknown.',
        { requestedAuthContext: { comparison: 'exact', classRefs: ['x'] } },
      ],
      [
        'identityProvider.recentDecryptionFailure is unknown.',
        { identityProvider: { ...right.identityProvider, recentDecryptionFailure: 99 } },
      ],
      [
        'identityProvider.recentDecryptionFailures is no finite number.',
        { identityProvider: { ...right.identityProvider, recentDecryptionFailures: Number.NaN } },
      ],
      // Left out it would count as none, and the peer could ask without end.
      ...(['cbc', 'cbc-unauthenticated'] as const).map((name): Mistakes[number] => [
        'identityProvider.recentDecryptionFailures is missing.',
        {
          identityProvider: { ...right.identityProvider, allow: [name] },
          serviceProvider: { ...right.serviceProvider, decryptionKeys: [fixtureKey('sp')] },
        },
      ]),
      [
        'serviceProvider.decryptionKey is unknown.',
        { serviceProvider: { ...right.serviceProvider, decryptionKey: [] } },
      ],
    ]);
  });

  test('of a request to end sessions', () => {
    const text = signedLogoutText(logoutRequestText());
    const received = readLogoutRequest(decodePost({ SAMLRequest: encodePost(text) }));
    refusesMistakes({ peer, at }, (given) => acceptLogoutRequest(received, given.peer, given.at), [
      ...peerMistakes,
      ['now is missing.', { at: { ...at, now: undefined } }],
      ['now is no finite number.', { at: { ...at, now: Number.NaN } }],
      ['now is no finite number.', { at: { ...at, now: `${now}` } }],
      // A text would be put behind the instant, and the request would hold for ever.
      ['skewMilliseconds is no number.', { at: { ...at, skewMilliseconds: '60000' } }],
      ['lifetimeMilliseconds is no length', { at: { ...at, lifetimeMilliseconds: '300000' } }],
      ['lifetimeMilliseconds is no length', { at: { ...at, lifetimeMilliseconds: Number.NaN } }],
      ['lifetimeMilliseconds is no length', { at: { ...at, lifetimeMilliseconds: -1 } }],
      [
        'peer.recentDecryptionFailures is missing.',
        { peer: { ...peer, allow: ['cbc'] }, at: { ...at, decryptionKeys: [fixtureKey('sp')] } },
      ],
      ['at.lifetime is unknown.', { at: { ...at, lifetime: 60_000 } }],
    ]);
  });

  test('of the answer to one', () => {
    const text = signedLogoutText(logoutResponseText());
    const received = readLogoutResponse(decodePost({ SAMLResponse: encodePost(text) }));
    const answered = { ...at, request: { id: logoutRequestId } };
    refusesMistakes({ peer, at: answered }, (given) => acceptLogoutResponse(received, given.peer, given.at), [
      ...peerMistakes.map(([says, change]): Mistakes[number] => [says, { at: answered, ...change }]),
      ['request.id is missing.', { at: { ...at, request: undefined } }],
      ['request.id is missing.', { at: { ...at, request: {} } }],
    ]);
  });

  test('of a request to resolve an artifact', async () => {
    const messageHandle = new Uint8Array(20);
    const { soap } = await createArtifactResolve({
      id: '_resolve',
      now,
      issuer: serviceProvider,
      destination: endpoint,
      artifact: writeArtifact({ entityId: identityProvider, endpointIndex: 0, messageHandle }),
      signing: { key: fixtureKey('rsa-other'), algorithm: 'rsa-sha256' },
    });
    const received = readArtifactResolve(Buffer.from(soap));
    const asked = { ...at, entityId: identityProvider };
    refusesMistakes({ peer, at: asked }, (given) => acceptArtifactResolve(received, given.peer, given.at), [
      ...peerMistakes.map(([says, change]): Mistakes[number] => [says, { at: asked, ...change }]),
      ['entityId is missing.', { at }],
    ]);
  });

  test('of the answer to an artifact', () => {
    const octets = Buffer.from(soapText(artifactResponseText({ message: responseText() })));
    const artifact = readArtifact(artifactText());
    refusesMistakes(
      { artifact, requestId: resolveId, parameter: 'SAMLResponse' as const },
      (resolved) => acceptResponse(acceptInput(receiveArtifactResponse(octets, resolved))),
      [
        // The artifact as it stood in the address does not say whose it is.
        ['resolution.sourceId is missing.', { artifact: artifact.artifact }],
        ['resolution.requestId is missing.', { requestId: undefined }],
        ['resolution.requestId is missing.', { requestId: '' }],
      ],
    );
  });
});
