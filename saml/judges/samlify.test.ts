import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as samlify from 'samlify';
import { decodePost } from '../bindings/http-post.ts';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { schemaComplaint } from '../fixtures/oasis-schemas.ts';
import * as given from '../fixtures/web-sso.ts';
import { readIdpMetadata, writeIdpMetadata } from '../metadata/idp-metadata.ts';
import { readSpMetadata, writeSpMetadata } from '../metadata/sp-metadata.ts';
import { newMessageId } from '../names.ts';
import { acceptAuthnRequest, readAuthnRequest } from '../profiles/accept-authn-request.ts';
import { acceptLogoutRequest, readLogoutRequest } from '../profiles/accept-logout-request.ts';
import { acceptLogoutResponse, readLogoutResponse } from '../profiles/accept-logout-response.ts';
import { acceptResponse } from '../profiles/accept-response.ts';
import { createAuthnRequest, createPostedAuthnRequest } from '../profiles/create-authn-request.ts';
import { createLogoutRequest } from '../profiles/create-logout-request.ts';
import { createLogoutResponse } from '../profiles/create-logout-response.ts';
import { issueResponse } from '../profiles/issue-response.ts';

/*
 * samlify is both sides. What it cannot do: sign or verify with elliptic curves; look at Audience, Recipient or
 * InResponseTo; write an AuthnStatement unless the application gives it a template with one; write metadata in the order
 * of the schema, unless told. Where it signs a response before it encrypts the assertion in it,
 * which is its default, the signature covers a response that is never sent.
 */

const { identityProvider, serviceProvider, replyUrl, endpoint } = given;
const { redirect, post } = samlify.Constants.namespace.binding;
const now = Date.now();
const logoutUrl = 'https://perform.trakstar.com/auth/saml/logout';
const name = {
  value: 'b.simon@contoso.example',
  format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
};
const pem = (key: 'rsa' | 'rsa-other' | 'sp'): string =>
  fixtureKey(key).export({ type: 'pkcs8', format: 'pem' }).toString();
const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

// Where a schema is needed it asks for a validator; here the OASIS schemas answer.
samlify.setSchemaValidator({
  validate: async (xml: string) => {
    const complaint = schemaComplaint(xml, 'protocol');
    if (complaint !== '') throw new Error(complaint);
    return 'valid';
  },
});

const both = (Location: string) => [redirect, post].map((Binding) => ({ Binding, Location }));

const samlifyIdp = (more: object = {}) =>
  samlify.IdentityProvider({
    entityID: identityProvider,
    privateKey: pem('rsa'),
    signingCert: given.certificate.toString(),
    requestSignatureAlgorithm: rsaSha256,
    wantAuthnRequestsSigned: true,
    wantLogoutRequestSigned: true,
    wantLogoutResponseSigned: true,
    nameIDFormat: [name.format],
    singleSignOnService: both(endpoint),
    singleLogoutService: both(endpoint),
    ...more,
  });

const samlifySp = (more: object = {}) =>
  samlify.ServiceProvider({
    entityID: serviceProvider,
    privateKey: pem('rsa-other'),
    signingCert: fixtureCertificate('rsa-other').toString(),
    requestSignatureAlgorithm: rsaSha256,
    authnRequestsSigned: true,
    wantAssertionsSigned: true,
    wantLogoutRequestSigned: true,
    wantLogoutResponseSigned: true,
    nameIDFormat: [name.format],
    assertionConsumerService: [{ Binding: post, Location: replyUrl }],
    singleLogoutService: both(logoutUrl),
    ...more,
  });

const signing = given.issueInput().signing;
const spSigning = {
  key: fixtureKey('rsa-other'),
  certificate: fixtureCertificate('rsa-other'),
  algorithm: 'rsa-sha256',
} as const;
const signsBy = { required: true, certificates: [spSigning.certificate] };
const party = given.relyingParty({ requestSignature: signsBy });
const sp = { entityIds: [serviceProvider], certificates: signsBy.certificates };
const idp = { entityIds: [identityProvider], certificates: [given.certificate] };
const queryOf = (url: string): string => new URL(url).search.slice(1);
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
      const receiver = samlifySp({ wantAssertionsSigned: sign !== 'response', wantMessageSigned: sign !== 'assertion' });
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

/** samlify's own template with the AuthnStatement that the profile requires and samlify leaves empty. */
const template = {
  context: samlify.SamlLib.defaultLoginResponseTemplate.context,
  attributes: [
    {
      name: 'mail',
      valueTag: 'user.email',
      nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
      valueXsiType: 'xs:string',
    },
  ],
};
const authnStatement =
  '<saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="{AssertionID}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>';

suite('what samlify sends, we accept', () => {
  async function loginResponse(
    spMore: object,
    idpMore: object,
    how: { encryptThenSign?: boolean; authnStatement?: string } = {},
  ) {
    const instant = new Date(now).toISOString();
    const values: Record<string, string> = {
      ID: newMessageId(),
      AssertionID: newMessageId(),
      Destination: replyUrl,
      Audience: serviceProvider,
      SubjectRecipient: replyUrl,
      Issuer: identityProvider,
      IssueInstant: instant,
      StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success',
      ConditionsNotBefore: instant,
      ConditionsNotOnOrAfter: new Date(now + 300_000).toISOString(),
      SubjectConfirmationDataNotOnOrAfter: new Date(now + 300_000).toISOString(),
      NameIDFormat: name.format,
      NameID: name.value,
      InResponseTo: given.requestId,
      attrUserEmail: name.value,
    };
    const fill = (text: string) => ({
      id: values.ID ?? '',
      context: samlify.SamlLib.replaceTagsByValue(
        text.replace('{AuthnStatement}', how.authnStatement ?? authnStatement),
        values,
      ),
    });
    const sender = samlifyIdp({ loginResponseTemplate: template, ...idpMore });
    const context = { extract: { request: { id: given.requestId } } };
    const sent = await sender.createLoginResponse(
      samlifySp(spMore),
      context,
      'post',
      { email: name.value },
      {
        customTagReplacement: fill,
        ...(how.encryptThenSign === undefined ? {} : { encryptThenSign: how.encryptThenSign }),
      },
    );
    return sent.context;
  }

  const accept = (SAMLResponse: string, allow: CompatibilitySwitch[] = []) =>
    acceptResponse(
      given.acceptInput(decodePost({ SAMLResponse }), {
        identityProvider: { entityId: identityProvider, certificates: [given.certificate], allow },
        serviceProvider: {
          entityId: serviceProvider,
          assertionConsumerServiceUrl: replyUrl,
          decryptionKeys: [fixtureKey('sp')],
        },
        now,
        skewMilliseconds: 60_000,
      }),
    );

  for (const [signed, settings] of [
    ['assertion', { wantAssertionsSigned: true }],
    ['response', { wantAssertionsSigned: false, wantMessageSigned: true }],
    ['both', { wantAssertionsSigned: true, wantMessageSigned: true }],
  ] as const) {
    test(`a response with ${signed} signed`, async () => {
      assert.partialDeepStrictEqual(accept(await loginResponse(settings, {})), {
        nameId: name,
        attributes: [{ name: 'mail', values: [name.value] }],
        signed,
        encrypted: false,
      });
    });

    const encrypted = (encryptThenSign: boolean) =>
      loginResponse(
        { ...settings, encryptCert: fixtureCertificate('sp').toString() },
        {
          isAssertionEncrypted: true,
          dataEncryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
          keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
        },
        { encryptThenSign },
      );

    test(`a response with ${signed} signed and its assertion encrypted`, async () => {
      const sent = await encrypted(signed !== 'assertion');
      assert.partialDeepStrictEqual(accept(sent), { nameId: name, signed, encrypted: true });
    });

    if (signed === 'assertion') continue;
    test(`not one with ${signed} signed before its assertion was encrypted: that signature covers what nobody receives`, async () => {
      const sent = await encrypted(false);
      assert.throws(() => accept(sent), { code: 'signature-digest' });
    });
  }

  test('not a response as samlify writes it unasked: it lacks the AuthnStatement', async () => {
    const sent = await loginResponse({}, {}, { authnStatement: '' });
    assert.throws(() => accept(sent), { code: 'authn-statement-missing' });
  });

  test('a request by Redirect, signed in the query', () => {
    const { context } = samlifySp().createLoginRequest(samlifyIdp(), 'redirect', { relayState: 'a b+c&d=é' });
    const accepted = acceptAuthnRequest(readAuthnRequest(decodeRedirect(queryOf(context))), party, {
      endpointUrls: [endpoint],
    });
    assert.partialDeepStrictEqual(accepted, { replyUrl, relayState: 'a b+c&d=é', signature: 'verified' });
  });

  test('a request by POST, signed in the message', () => {
    const { context } = samlifySp().createLoginRequest(samlifyIdp(), 'post');
    const accepted = acceptAuthnRequest(readAuthnRequest(decodePost({ SAMLRequest: context })), party, {
      endpointUrls: [endpoint],
    });
    assert.partialDeepStrictEqual(accepted, { replyUrl, nameIdFormat: name.format, signature: 'verified' });
  });

  const user = { logoutNameID: name.value, sessionIndex: '_s' };
  const arrival = { endpointUrls: [endpoint], now, skewMilliseconds: 60_000 };

  for (const binding of ['redirect', 'post'] as const) {
    test(`a logout request by ${binding}`, () => {
      const { context } = samlifySp().createLogoutRequest(samlifyIdp(), binding, user, { relayState: 'r' });
      const received = readLogoutRequest(
        binding === 'post' ? decodePost({ SAMLRequest: context }) : decodeRedirect(queryOf(context)),
      );
      assert.partialDeepStrictEqual(acceptLogoutRequest(received, sp, arrival), {
        sessionIndexes: ['_s'],
        signature: 'verified',
      });
    });

    test(`a logout response by ${binding}`, () => {
      const info = { extract: { request: { id: given.requestId } } };
      const { context } = samlifyIdp().createLogoutResponse(samlifySp(), info, binding, { relayState: 'r' });
      const received = readLogoutResponse(
        binding === 'post' ? decodePost({ SAMLResponse: context }) : decodeRedirect(queryOf(context)),
      );
      const at = { endpointUrls: [logoutUrl], request: { id: given.requestId } };
      assert.partialDeepStrictEqual(acceptLogoutResponse(received, idp, at), {
        outcome: 'success',
        signature: 'verified',
      });
    });
  }

  test('metadata of either side in the order of the schema, and not as it is written unasked', () => {
    const unaskedOfIdp = Buffer.from(samlifyIdp().getMetadata());
    assert.throws(() => readIdpMetadata(unaskedOfIdp), { code: 'element-unexpected' });
    const { idp: orders, shibboleth: elementsOrder } = samlify.Constants.elementsOrder;
    const ofIdp = readIdpMetadata(
      Buffer.from(samlifyIdp({ elementsOrder: orders.shibboleth }).getMetadata()),
    );
    assert.equal(ofIdp.entityId, identityProvider);
    assert.deepEqual(
      ofIdp.certificates.map(({ fingerprint256 }) => fingerprint256),
      [given.certificate.fingerprint256],
    );

    const unaskedOfSp = Buffer.from(samlifySp().getMetadata());
    assert.throws(() => readSpMetadata(unaskedOfSp), { code: 'element-unexpected' });
    const ofSp = readSpMetadata(Buffer.from(samlifySp({ elementsOrder }).getMetadata()));
    assert.equal(ofSp.entityId, serviceProvider);
    assert.deepEqual(
      ofSp.assertionConsumerServices.map(({ location }) => location),
      [replyUrl],
    );
  });
});
