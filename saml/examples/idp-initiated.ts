/** A tile in a portal: the identity provider signs somebody in to an application that asked for nothing. */
import assert from 'node:assert/strict';
import {
  acceptResponse,
  authnContexts,
  decodePost,
  issueResponse,
  nameIdFormats,
  newMessageId,
} from '@countersign/saml';
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
  signing: { key: idp.key, certificate: idp.certificate, algorithm: 'rsa-sha256', sign: 'both' },
});

// The service provider must have decided that this identity provider may do so: anybody can plant such a response.
const accepted = acceptResponse({
  message: decodePost({ SAMLResponse: samlResponse }),
  identityProvider: { entityId: idp.entityId, certificates: [idp.certificate] },
  serviceProvider: { entityId: sp.entityId, assertionConsumerServiceUrl: sp.assertionConsumerServiceUrl },
  request: 'unsolicited',
  now,
  skewMilliseconds: 60_000,
});
assert.equal(accepted.signed, 'both');
assert.equal(accepted.inResponseTo, undefined);
