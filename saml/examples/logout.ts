/** Somebody signs out of an application: it asks the identity provider to end the session, and is answered. */
import assert from 'node:assert/strict';
import {
  acceptLogoutRequest,
  acceptLogoutResponse,
  createLogoutRequest,
  createLogoutResponse,
  decodePost,
  decodeRedirect,
  matchesSession,
  nameIdFormats,
  newMessageId,
  readLogoutRequest,
  readLogoutResponse,
} from '@countersign/saml';
import { idp, sp } from './parties.ts';

const nameId = { value: 'b.simon@example.com', format: nameIdFormats.emailAddress };
const requestId = newMessageId();
const now = Date.now();

// The service provider sends the browser to the identity provider, and remembers the request.
const asked = await createLogoutRequest({
  id: requestId,
  now,
  issuer: sp.entityId,
  nameId,
  sessionIndexes: ['_session'],
  notOnOrAfter: now + 300_000,
  binding: 'redirect',
  destination: idp.singleLogoutUrl,
  signing: { key: sp.key, algorithm: 'rsa-sha256' },
});
assert.ok(asked.binding === 'redirect');

// The identity provider reads who asks, accepts, and ends the sessions that are meant.
const received = readLogoutRequest(decodeRedirect(asked.url.split('?')[1] ?? ''));
assert.equal(received.unverified.issuer, sp.entityId);
const request = acceptLogoutRequest(
  received,
  { entityIds: [sp.entityId], certificates: [sp.certificate] },
  { endpointUrls: [idp.singleLogoutUrl], now, skewMilliseconds: 60_000 },
);
const sessions = [
  { entityIds: [sp.entityId], nameId, sessionIndex: '_session' },
  { entityIds: [sp.entityId], nameId, sessionIndex: '_another-browser' },
  { entityIds: ['https://another.example'], nameId, sessionIndex: '_session' },
];
const ending = sessions.filter((session) => matchesSession(request, session));
assert.deepEqual(ending, [sessions[0]]);

// It answers, here by a form that the browser posts to `action`.
const answered = await createLogoutResponse({
  id: newMessageId(),
  now,
  issuer: idp.entityId,
  inResponseTo: request.requestId,
  outcome: 'success',
  binding: 'post',
  destination: sp.singleLogoutUrl,
  signing: { key: idp.key, algorithm: 'rsa-sha256' },
});
assert.ok(answered.binding === 'post');

// The service provider takes the answer only for the request that waits for it.
const { outcome } = acceptLogoutResponse(
  readLogoutResponse(decodePost(answered.fields)),
  { entityIds: [idp.entityId], certificates: [idp.certificate] },
  { endpointUrls: [sp.singleLogoutUrl], request: { id: requestId } },
);
assert.equal(outcome, 'success');
