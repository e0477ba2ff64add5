import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodePost } from '../bindings/http-post.ts';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import * as given from '../fixtures/web-sso.ts';
import { acceptAuthnRequest, issueResponse, readAuthnRequest } from './idp-web-sso.ts';
import { acceptResponse, createAuthnRequest } from './sp-web-sso.ts';

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
    relayState: 'where to go?&=',
  });
});
