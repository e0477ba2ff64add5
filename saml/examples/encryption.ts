/** The assertion is encrypted for the service provider: signed first, then encrypted, then the response is signed. */
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
const { xml, samlResponse } = await issueResponse({
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
  encryption: { certificate: sp.certificate },
});
assert.ok(!xml.includes('b.simon'));

const accepted = acceptResponse({
  message: decodePost({ SAMLResponse: samlResponse }),
  identityProvider: { entityId: idp.entityId, certificates: [idp.certificate] },
  serviceProvider: {
    entityId: sp.entityId,
    assertionConsumerServiceUrl: sp.assertionConsumerServiceUrl,
    decryptionKeys: [sp.key],
  },
  request: 'unsolicited',
  now,
  skewMilliseconds: 60_000,
});
assert.equal(accepted.nameId.value, 'b.simon@example.com');
assert.equal(accepted.encrypted, true);
