/** Somebody opens an application and signs in at the identity provider. Both sides, and the browser between them. */
import assert from 'node:assert/strict';
import {
  acceptAuthnRequest,
  acceptResponse,
  authnContexts,
  createAuthnRequest,
  decodePost,
  decodeRedirect,
  issueResponse,
  nameIdFormats,
  newMessageId,
  readAuthnRequest,
} from '@countersign/saml';
import { idp, sp } from './parties.ts';

// The service provider sends the browser away, and remembers the request.
const requestId = newMessageId();
const { url } = createAuthnRequest({
  id: requestId,
  now: Date.now(),
  issuer: sp.entityId,
  destination: idp.singleSignOnUrl,
  assertionConsumerServiceUrl: sp.assertionConsumerServiceUrl,
  relayState: 'opaque-handle',
});

// The identity provider reads who asks, finds what it knows about the application, and decides.
const rawQuery = url.slice(url.indexOf('?') + 1);
const received = readAuthnRequest(decodeRedirect(rawQuery));
assert.equal(received.unverified.issuer, sp.entityId);
const request = acceptAuthnRequest(
  received,
  {
    entityIds: [sp.entityId],
    replyUrls: [{ url: sp.assertionConsumerServiceUrl }],
    requestSignature: { required: false, certificates: [] },
  },
  { endpointUrls: [idp.singleSignOnUrl] },
);

// The person signs in. The identity provider issues a response; the browser posts it to `action`.
const now = Date.now();
const { action, samlResponse, relayState } = await issueResponse({
  issuer: idp.entityId,
  audience: request.issuer,
  replyUrl: request.replyUrl,
  inResponseTo: request.requestId,
  ...(request.relayState === undefined ? {} : { relayState: request.relayState }),
  now,
  responseId: newMessageId(),
  assertionId: newMessageId(),
  lifetime: { notBefore: now - 300_000, notOnOrAfter: now + 3_600_000 },
  nameId: { value: 'b.simon@example.com', format: nameIdFormats.emailAddress },
  attributes: [{ name: 'displayName', values: ['B. Simon'] }],
  authentication: { instant: now, contextClassRef: authnContexts.password },
  signing: { key: idp.key, certificate: idp.certificate, algorithm: 'rsa-sha256', sign: 'assertion' },
});
assert.equal(action, sp.assertionConsumerServiceUrl);

// The service provider accepts it. It must now see to it that the browser is the one that began (relayState), and that
// neither the request (inResponseTo) nor the assertion (assertionId, until notOnOrAfter) is used a second time.
const accepted = acceptResponse({
  message: decodePost({
    SAMLResponse: samlResponse,
    ...(relayState === undefined ? {} : { RelayState: relayState }),
  }),
  identityProvider: { entityId: idp.entityId, certificates: [idp.certificate] },
  serviceProvider: { entityId: sp.entityId, assertionConsumerServiceUrl: sp.assertionConsumerServiceUrl },
  request: { id: requestId },
  now: Date.now(),
  skewMilliseconds: 60_000,
});
assert.equal(accepted.nameId.value, 'b.simon@example.com');
assert.deepEqual(accepted.attributes, [{ name: 'displayName', values: ['B. Simon'] }]);
assert.equal(accepted.relayState, 'opaque-handle');
