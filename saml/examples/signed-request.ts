/** An application that must sign its requests: in a form by the POST binding, and in the query of a redirect. */
import assert from 'node:assert/strict';
import {
  acceptAuthnRequest,
  createAuthnRequest,
  createPostedAuthnRequest,
  decodePost,
  decodeRedirect,
  newMessageId,
  readAuthnRequest,
} from '@countersign/saml';
import { idp, sp } from './parties.ts';

const wanted = {
  id: newMessageId(),
  now: Date.now(),
  issuer: sp.entityId,
  destination: idp.singleSignOnUrl,
  assertionConsumerServiceUrl: sp.assertionConsumerServiceUrl,
  forceAuthn: true,
  signing: { key: sp.key, algorithm: 'rsa-sha256' },
} as const;
const application = {
  entityIds: [sp.entityId],
  replyUrls: [{ url: sp.assertionConsumerServiceUrl }],
  requestSignature: { required: true, certificates: [sp.certificate] },
};

const { action, samlRequest } = await createPostedAuthnRequest(wanted);
assert.equal(action, idp.singleSignOnUrl);
const { url } = createAuthnRequest(wanted);

for (const message of [decodePost({ SAMLRequest: samlRequest }), decodeRedirect(url.split('?')[1] ?? '')]) {
  const request = acceptAuthnRequest(readAuthnRequest(message), application, {
    endpointUrls: [idp.singleSignOnUrl],
  });
  assert.equal(request.signature, 'verified');
  assert.equal(request.forceAuthn, true);
}
