import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as samlify from 'samlify';
import {
  logoutUrl,
  name,
  now,
  queryOf,
  samlifyIdp,
  samlifySp,
  spSigning,
} from '../fixtures/samlify-parties.ts';
import * as given from '../fixtures/web-sso.ts';
import { writeIdpMetadata } from '../metadata/idp-metadata.ts';
import { writeSpMetadata } from '../metadata/sp-metadata.ts';
import { newMessageId } from '../names.ts';
import { createAuthnRequest, createPostedAuthnRequest } from '../profiles/create-authn-request.ts';
import { createLogoutRequest } from '../profiles/create-logout-request.ts';
import { createLogoutResponse } from '../profiles/create-logout-response.ts';
import { issueResponse } from '../profiles/issue-response.ts';

const { identityProvider, serviceProvider, replyUrl, endpoint } = given;
const signing = given.issueInput().signing;
/** What samlify wants of a web framework: the parameters, and the octets that were signed. */
const redirected = (url: string) => ({
  query: Object.fromEntries(new URL(url).searchParams),
  octetString: queryOf(url).replace(/&Signature=.*/, ''),
});

suite('what we send, samlify accepts', () => {
  for (const sign of ['assertion', 'response', 'both'] as const) {
    test(`a response with ${sign} signed`, async () => {
      const { samlResponse } = await issueResponse(
        given.issueInput({
          now,
          lifetime: { notBefore: now - 60_000, notOnOrAfter: now + 3_600_000 },
          signing: { ...signing, sign },
        }),
      );
      const receiver = samlifySp({
        wantAssertionsSigned: sign !== 'response',
        wantMessageSigned: sign !== 'assertion',
      });
      const { extract } = await receiver.parseLoginResponse(samlifyIdp(), 'post', {
        body: { SAMLResponse: samlResponse },
      });
      assert.equal(extract.nameID, name.value);
      assert.equal(extract.issuer, identityProvider);
      assert.equal(extract.audience, serviceProvider);
      assert.equal(
        extract.attributes?.['http://schemas.microsoft.com/identity/claims/displayname'],
        'B.Simon',
      );
    });
  }

  const request = {
    id: newMessageId(),
    now,
    issuer: serviceProvider,
    destination: endpoint,
    assertionConsumerServiceUrl: replyUrl,
    signing: spSigning,
  };

  test('a request by Redirect, signed in the query', async () => {
    const { url } = createAuthnRequest({ ...request, relayState: 'a b+c&d=é' });
    const { extract } = await samlifyIdp().parseLoginRequest(samlifySp(), 'redirect', redirected(url));
    assert.equal(extract.request?.id, request.id);
    assert.equal(extract.issuer, serviceProvider);
  });

  test('a request by POST, signed in the message', async () => {
    const { samlRequest } = await createPostedAuthnRequest(request);
    const { extract } = await samlifyIdp().parseLoginRequest(samlifySp(), 'post', {
      body: { SAMLRequest: samlRequest },
    });
    assert.equal(extract.request?.id, request.id);
  });

  test('a logout request and its answer, by Redirect and by POST', async () => {
    const logout = {
      id: newMessageId(),
      now,
      issuer: identityProvider,
      nameId: name,
      sessionIndexes: ['_s'],
      destination: logoutUrl,
      signing,
    };
    const answer = {
      id: newMessageId(),
      now,
      issuer: identityProvider,
      inResponseTo: logout.id,
      outcome: 'success',
      destination: logoutUrl,
      signing,
    } as const;

    const asked = await createLogoutRequest({ ...logout, binding: 'redirect' });
    assert.ok(asked.binding === 'redirect');
    const byRedirect = await samlifySp().parseLogoutRequest(samlifyIdp(), 'redirect', redirected(asked.url));
    assert.equal(byRedirect.extract.nameID, name.value);
    const answered = await createLogoutResponse({ ...answer, binding: 'redirect' });
    assert.ok(answered.binding === 'redirect');
    const answerByRedirect = await samlifySp().parseLogoutResponse(
      samlifyIdp(),
      'redirect',
      redirected(answered.url),
    );
    assert.equal(answerByRedirect.extract.response?.inResponseTo, logout.id);

    const posted = await createLogoutRequest({ ...logout, binding: 'post' });
    assert.ok(posted.binding === 'post');
    const byPost = await samlifySp().parseLogoutRequest(samlifyIdp(), 'post', { body: { ...posted.fields } });
    assert.equal(byPost.extract.nameID, name.value);
    const answerPosted = await createLogoutResponse({ ...answer, binding: 'post' });
    assert.ok(answerPosted.binding === 'post');
    const answerByPost = await samlifySp().parseLogoutResponse(samlifyIdp(), 'post', {
      body: { ...answerPosted.fields },
    });
    assert.equal(answerByPost.extract.response?.inResponseTo, logout.id);
  });

  test('metadata of either side', async () => {
    const forIdp = await writeIdpMetadata({
      entityId: identityProvider,
      id: '_m',
      singleSignOnUrl: endpoint,
      singleLogoutUrl: endpoint,
      certificates: [given.certificate],
      signing,
    });
    const readIdp = samlify.IdentityProvider({ metadata: forIdp });
    assert.equal(readIdp.entityMeta.getEntityID(), identityProvider);
    assert.equal(readIdp.entityMeta.getSingleSignOnService('redirect'), endpoint);
    const forSp = await writeSpMetadata({
      entityId: serviceProvider,
      id: '_m',
      assertionConsumerServiceUrl: replyUrl,
      signing: spSigning,
    });
    const readSp = samlify.ServiceProvider({ metadata: forSp });
    assert.equal(readSp.entityMeta.getEntityID(), serviceProvider);
    assert.equal(readSp.entityMeta.getAssertionConsumerService('post'), replyUrl);
  });
});
