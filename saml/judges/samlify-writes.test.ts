import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as samlify from 'samlify';
import { decodePost } from '../bindings/http-post.ts';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
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
import { readIdpMetadata } from '../metadata/idp-metadata.ts';
import { readSpMetadata } from '../metadata/sp-metadata.ts';
import { newMessageId } from '../names.ts';
import { acceptAuthnRequest, readAuthnRequest } from '../profiles/accept-authn-request.ts';
import { acceptLogoutRequest, readLogoutRequest } from '../profiles/accept-logout-request.ts';
import { acceptLogoutResponse, readLogoutResponse } from '../profiles/accept-logout-response.ts';
import { acceptResponse } from '../profiles/accept-response.ts';

const { identityProvider, serviceProvider, replyUrl, endpoint } = given;
const signsBy = { required: true, certificates: [spSigning.certificate] };
const party = given.relyingParty({ requestSignature: signsBy });
const sp = { entityIds: [serviceProvider], certificates: signsBy.certificates };
const idp = { entityIds: [identityProvider], certificates: [given.certificate] };

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
        identityProvider: {
          entityId: identityProvider,
          certificates: [given.certificate],
          allow,
          recentDecryptionFailures: 0,
        },
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
