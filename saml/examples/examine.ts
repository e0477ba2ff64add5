/** Diagnosis, for test benches and support: it may check less than a sign-in demands, and says what it did not check. */
import assert from 'node:assert/strict';
import { authnContexts, decodePost, issueResponse, nameIdFormats, newMessageId } from '@countersign/saml';
import {
  decodeBase64,
  describeMessage,
  examineMessage,
  messageTypeOf,
  messageTypes,
  readDateTime,
} from '@countersign/saml/examine';
import { idp, sp } from './parties.ts';

const now = Date.now();
const { samlResponse } = await issueResponse({
  issuer: idp.entityId,
  audience: sp.entityId,
  replyUrl: sp.assertionConsumerServiceUrl,
  now,
  responseId: newMessageId(),
  assertionId: newMessageId(),
  lifetime: { notBefore: now - 300_000, notOnOrAfter: now + 3_600_000 },
  nameId: { value: 'b.simon@example.com', format: nameIdFormats.emailAddress },
  attributes: [],
  authentication: { instant: now, contextClassRef: authnContexts.password },
  signing: { key: idp.key, certificate: idp.certificate, algorithm: 'rsa-sha256', sign: 'assertion' },
});
const message = decodePost({ SAMLResponse: samlResponse });

// Verified, and held against what is given.
const { issuer, unchecked } = examineMessage({
  message,
  certificates: [idp.certificate],
  audience: sp.entityId,
  now,
  skewMilliseconds: 0,
});
assert.equal(issuer, idp.entityId);
assert.deepEqual(unchecked, ['idpEntityId', 'acs', 'inResponseTo']);

// Nothing verified: what it says, indented for reading.
const { parts, xml } = describeMessage(message.octets);
assert.deepEqual(
  parts.map(({ title }) => title),
  ['Response', 'Assertion'],
);
assert.match(xml, /\n {2}<Assertion /);

// What test benches need around it, as strict as the engine itself.
assert.equal(messageTypeOf(decodeBase64(samlResponse, { whitespace: 'allowed' })), 'Response');
assert.ok(messageTypes.includes('LogoutRequest'));
assert.equal(readDateTime('2026-11-23T12:00:00.123456Z'), Date.UTC(2026, 10, 23, 12, 0, 0, 123));
