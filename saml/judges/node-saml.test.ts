import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Profile, SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import { decodePost } from '../bindings/http-post.ts';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { type Product, productResponse, products } from '../fixtures/products.ts';
import * as given from '../fixtures/web-sso.ts';
import { readSpMetadata } from '../metadata/sp-metadata.ts';
import { newMessageId } from '../names.ts';
import { acceptAuthnRequest, readAuthnRequest } from '../profiles/accept-authn-request.ts';
import { acceptLogoutRequest, readLogoutRequest } from '../profiles/accept-logout-request.ts';
import { acceptLogoutResponse, readLogoutResponse } from '../profiles/accept-logout-response.ts';
import { createLogoutRequest } from '../profiles/create-logout-request.ts';
import { createLogoutResponse } from '../profiles/create-logout-response.ts';
import { issueErrorResponse, issueResponse } from '../profiles/issue-response.ts';

/*
 * node-saml is a service provider. What it cannot do: issue a response; sign or verify with elliptic curves or SHA-384;
 * look at Recipient or Destination; tell a failed response from a successful one where an assertion is in it; send a logout
 * message by POST; sign, in a query, what it then sends, where the relay state has a blank. Its logout requests are signed only where it has a key, and then in the query alone.
 */

const { identityProvider, serviceProvider, replyUrl, endpoint } = given;
const logoutUrl = 'https://perform.trakstar.com/auth/saml/logout';
const now = Date.now();
const signing = { ...given.issueInput().signing };
const name = {
  value: 'b.simon@contoso.example',
  format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
};
const pem = (key: 'rsa' | 'rsa-other' | 'sp'): string =>
  fixtureKey(key).export({ type: 'pkcs8', format: 'pem' }).toString();

function nodeSaml(more: Partial<SamlConfig> = {}): SAML {
  return new SAML({
    callbackUrl: replyUrl,
    entryPoint: endpoint,
    logoutUrl: endpoint,
    logoutCallbackUrl: logoutUrl,
    issuer: serviceProvider,
    audience: serviceProvider,
    idpIssuer: identityProvider,
    idpCert: given.certificate.toString(),
    privateKey: pem('rsa-other'),
    publicCert: fixtureCertificate('rsa-other').toString(),
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: name.format,
    disableRequestedAuthnContext: true,
    ...more,
  });
}

const issueInput = (sign: 'assertion' | 'response' | 'both') =>
  given.issueInput({
    now,
    lifetime: { notBefore: now - 60_000, notOnOrAfter: now + 3_600_000 },
    signing: { ...signing, sign },
  });
const wants = (sign: 'assertion' | 'response' | 'both') => ({
  wantAssertionsSigned: sign !== 'response',
  wantAuthnResponseSigned: sign !== 'assertion',
});
const signsBy = { required: true, certificates: [fixtureCertificate('rsa-other')] };
const peer = { entityIds: [serviceProvider], certificates: signsBy.certificates };
const queryOf = (url: string): string => new URL(url).search.slice(1);

suite('what we issue, node-saml accepts', () => {
  for (const sign of ['assertion', 'response', 'both'] as const) {
    test(`a response with ${sign} signed`, async () => {
      const { samlResponse } = await issueResponse(issueInput(sign));
      const { profile } = await nodeSaml(wants(sign)).validatePostResponseAsync({
        SAMLResponse: samlResponse,
      });
      assert.equal(profile?.nameID, name.value);
      assert.equal(profile?.nameIDFormat, name.format);
      assert.equal(profile?.issuer, identityProvider);
      assert.equal(profile?.sessionIndex, given.assertionId);
      assert.equal(profile?.['http://schemas.microsoft.com/identity/claims/displayname'], 'B.Simon');
    });

    test(`and refuses it with ${sign} signed and then changed`, async () => {
      const { xml } = await issueResponse(issueInput(sign));
      const SAMLResponse = Buffer.from(xml.replace('b.simon@', 'admin@')).toString('base64');
      await assert.rejects(nodeSaml(wants(sign)).validatePostResponseAsync({ SAMLResponse }), /signature/i);
    });
  }

  test('a response to a request that it remembers, and to no other', async () => {
    const remembering = nodeSaml({ ...wants('both'), validateInResponseTo: ValidateInResponseTo.always });
    await remembering.cacheProvider.saveAsync(given.requestId, new Date(now).toISOString());
    const issued = await issueResponse(issueInput('both'));
    const { profile } = await remembering.validatePostResponseAsync({ SAMLResponse: issued.samlResponse });
    assert.equal(profile?.nameID, name.value);
    await assert.rejects(
      remembering.validatePostResponseAsync({ SAMLResponse: issued.samlResponse }),
      /InResponseTo/,
    );
  });

  test('a response without a person is told from one with', async () => {
    const { samlResponse } = await issueErrorResponse({
      ...issueInput('both'),
      status: {
        code: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
        subCode: 'urn:oasis:names:tc:SAML:2.0:status:AuthnFailed',
      },
    });
    await assert.rejects(
      nodeSaml().validatePostResponseAsync({ SAMLResponse: samlResponse }),
      /Responder|AuthnFailed/,
    );
  });

  test('a logout request by POST and by Redirect', async () => {
    const request = {
      id: newMessageId(),
      now,
      issuer: identityProvider,
      nameId: name,
      sessionIndexes: [given.assertionId],
      notOnOrAfter: now + 300_000,
      destination: logoutUrl,
      signing,
    };
    const posted = await createLogoutRequest({ ...request, binding: 'post' });
    assert.ok(posted.binding === 'post');
    const byPost = await nodeSaml().validatePostRequestAsync({
      SAMLRequest: posted.fields.SAMLRequest ?? '',
    });
    assert.equal(byPost.profile.nameID, name.value);
    assert.equal(byPost.loggedOut, true);

    const redirected = await createLogoutRequest({ ...request, binding: 'redirect', relayState: 'a b&c=d' });
    assert.ok(redirected.binding === 'redirect');
    const parameters = Object.fromEntries(new URL(redirected.url).searchParams);
    const byRedirect = await nodeSaml().validateRedirectAsync(parameters, queryOf(redirected.url));
    assert.equal(byRedirect.profile?.nameID, name.value);
    const touched = { ...parameters, RelayState: 'x' };
    await assert.rejects(
      nodeSaml().validateRedirectAsync(touched, queryOf(redirected.url).replace('a+b', 'x')),
      /signature/i,
    );
  });

  test('a logout response by Redirect', async () => {
    const waiting = nodeSaml({ validateInResponseTo: ValidateInResponseTo.never });
    const sent = await createLogoutResponse({
      id: newMessageId(),
      now,
      issuer: identityProvider,
      inResponseTo: given.requestId,
      outcome: 'success',
      binding: 'redirect',
      destination: logoutUrl,
      signing,
    });
    assert.ok(sent.binding === 'redirect');
    const parameters = Object.fromEntries(new URL(sent.url).searchParams);
    assert.equal((await waiting.validateRedirectAsync(parameters, queryOf(sent.url))).loggedOut, true);
  });
});

suite('what node-saml sends, we accept', () => {
  test('a request by Redirect, signed in the query', async () => {
    const url = await nodeSaml().getAuthorizeUrlAsync('/a?b+c&d=é', undefined, {});
    const received = readAuthnRequest(decodeRedirect(queryOf(url)));
    const party = given.relyingParty({ requestSignature: signsBy });
    assert.partialDeepStrictEqual(acceptAuthnRequest(received, party, { endpointUrls: [endpoint] }), {
      issuer: serviceProvider,
      replyUrl,
      relayState: '/a?b+c&d=é',
      nameIdFormat: name.format,
      signature: 'verified',
    });
  });

  test('not a relay state with a blank: it signs the blank as %20 and sends it as +', async () => {
    const received = readAuthnRequest(
      decodeRedirect(queryOf(await nodeSaml().getAuthorizeUrlAsync('a b', undefined, {}))),
    );
    const party = given.relyingParty({ requestSignature: signsBy });
    assert.throws(() => acceptAuthnRequest(received, party, { endpointUrls: [endpoint] }), {
      code: 'signature-invalid',
    });
  });

  test('a request by POST, signed in the message', async () => {
    const fields = await nodeSaml({
      authnRequestBinding: 'HTTP-POST',
      skipRequestCompression: true,
    }).getAuthorizeMessageAsync('here');
    const received = readAuthnRequest(
      decodePost({ SAMLRequest: `${fields.SAMLRequest}`, RelayState: 'here' }),
    );
    const party = given.relyingParty({ requestSignature: signsBy });
    assert.partialDeepStrictEqual(acceptAuthnRequest(received, party, { endpointUrls: [endpoint] }), {
      replyUrl,
      relayState: 'here',
      signature: 'verified',
    });
  });

  test('a request signed with SHA-1, as it does unless told otherwise, only by name', async () => {
    const { signatureAlgorithm: _, ...options } = nodeSaml().options;
    const url = await new SAML({ ...options, signatureAlgorithm: 'sha1' }).getAuthorizeUrlAsync(
      '',
      undefined,
      {},
    );
    const accept = (allow: CompatibilitySwitch[]) =>
      acceptAuthnRequest(
        readAuthnRequest(decodeRedirect(queryOf(url))),
        given.relyingParty({ requestSignature: { ...signsBy, allow } }),
        { endpointUrls: [endpoint] },
      );
    assert.throws(() => accept([]), { code: 'signature-algorithm' });
    assert.equal(accept(['sha1-signature']).signature, 'verified');
  });

  const user: Profile = {
    issuer: identityProvider,
    nameID: name.value,
    nameIDFormat: name.format,
    sessionIndex: given.assertionId,
  };
  const arrival = { endpointUrls: [endpoint], now, skewMilliseconds: 60_000 };

  test('a logout request by Redirect; unsigned, as without a key, only by name', async () => {
    const url = await nodeSaml().getLogoutUrlAsync(user, 'r', {});
    const accepted = acceptLogoutRequest(readLogoutRequest(decodeRedirect(queryOf(url))), peer, arrival);
    assert.partialDeepStrictEqual(accepted, {
      nameId: name,
      sessionIndexes: [given.assertionId],
      relayState: 'r',
      signature: 'verified',
    });

    const { privateKey: _, ...keyless } = nodeSaml().options;
    const unsigned = readLogoutRequest(
      decodeRedirect(queryOf(await new SAML(keyless).getLogoutUrlAsync(user, '', {}))),
    );
    assert.throws(() => acceptLogoutRequest(unsigned, peer, arrival), { code: 'logout-not-signed' });
    assert.equal(
      acceptLogoutRequest(unsigned, { ...peer, allow: ['unsigned-logout'] }, arrival).signature,
      'absent',
    );
  });

  test('a logout response by Redirect', async () => {
    const url = await nodeSaml().getLogoutResponseUrlAsync({ ...user, ID: given.requestId }, 'r', {}, true);
    const accepted = acceptLogoutResponse(readLogoutResponse(decodeRedirect(queryOf(url))), peer, {
      endpointUrls: [endpoint],
      request: { id: given.requestId },
    });
    assert.partialDeepStrictEqual(accepted, { outcome: 'success', relayState: 'r', signature: 'verified' });
  });

  test('metadata, signed', () => {
    const judged = nodeSaml({ signMetadata: true, decryptionPvk: pem('sp') });
    const xml = judged.generateServiceProviderMetadata(
      fixtureCertificate('sp').toString(),
      fixtureCertificate('rsa-other').toString(),
    );
    const metadata = readSpMetadata(Buffer.from(xml), { trust: { certificates: signsBy.certificates } });
    assert.equal(metadata.entityId, serviceProvider);
    assert.equal(metadata.signature, 'verified');
    assert.deepEqual(
      metadata.assertionConsumerServices.map(({ location }) => location),
      [replyUrl],
    );
    assert.deepEqual(
      metadata.certificates.map(({ fingerprint256 }) => fingerprint256),
      [fixtureCertificate('rsa-other').fingerprint256],
    );
  });
});

suite('of one mind about genuine responses of other products', () => {
  for (const [product, shape] of Object.entries<Product>(products)) {
    for (const sign of ['assertion', 'response', 'both'] as const) {
      test(`node-saml accepts ${product} with ${sign} signed, as we do`, async () => {
        const SAMLResponse = Buffer.from(productResponse(shape, { signs: sign, content: false })).toString(
          'base64',
        );
        const judged = nodeSaml({ ...wants(sign), acceptedClockSkewMs: -1 });
        const { profile } = await judged.validatePostResponseAsync({ SAMLResponse });
        assert.partialDeepStrictEqual(shape.says.nameId, { value: profile?.nameID });
      });
    }
  }
});
