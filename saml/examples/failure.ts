/** Nobody is signed in and nobody may be asked (IsPassive): the identity provider answers with a status. */
import assert from 'node:assert/strict';
import {
  acceptResponse,
  decodePost,
  issueErrorResponse,
  newMessageId,
  SamlRejection,
  statusCodes,
} from '@countersign/saml';
import { idp, sp } from './parties.ts';

const requestId = newMessageId();
const { samlResponse } = await issueErrorResponse({
  issuer: idp.entityId,
  replyUrl: sp.assertionConsumerServiceUrl,
  inResponseTo: requestId,
  now: Date.now(),
  responseId: newMessageId(),
  status: { code: statusCodes.responder, subCode: statusCodes.noPassive, message: 'Nobody is signed in.' },
  signing: { key: idp.key, certificate: idp.certificate, algorithm: 'rsa-sha256' },
});

try {
  acceptResponse({
    message: decodePost({ SAMLResponse: samlResponse }),
    identityProvider: { entityId: idp.entityId, certificates: [idp.certificate] },
    serviceProvider: { entityId: sp.entityId, assertionConsumerServiceUrl: sp.assertionConsumerServiceUrl },
    request: { id: requestId },
    now: Date.now(),
    skewMilliseconds: 60_000,
  });
  assert.fail('A failure signs nobody in.');
} catch (error) {
  assert.ok(error instanceof SamlRejection);
  assert.equal(error.code, 'status-not-success');
  assert.match(error.actual ?? '', /NoPassive/);
}
