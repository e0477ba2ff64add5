import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SAML } from '@node-saml/node-saml';
import * as samlify from 'samlify';
import { decodePost } from '../bindings/http-post.ts';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { xmlsec1Complaint } from '../fixtures/xmlsec1.ts';
import { nameIdFormats } from '../names.ts';
import { acceptLogoutRequest, readLogoutRequest } from './accept-logout-request.ts';
import { acceptLogoutResponse, readLogoutResponse } from './accept-logout-response.ts';
import { createLogoutRequest } from './create-logout-request.ts';
import { createLogoutResponse } from './create-logout-response.ts';
import type { SentMessage } from './send-message.ts';

// node-saml holds messages against the clock of the machine.
const now = Date.now();
const here = { entityId: 'https://here.example/saml', logout: 'https://here.example/logout' };
const there = { entityId: 'https://there.example/saml', logout: 'https://there.example/logout' };
const nameId = { value: 'b.simon@contoso.example', format: nameIdFormats.emailAddress };
const our = { key: fixtureKey('rsa'), certificate: fixtureCertificate('rsa') };
const their = { key: fixtureKey('rsa-other'), certificate: fixtureCertificate('rsa-other') };
const pem = (key: typeof our.key): string => String(key.export({ type: 'pkcs8', format: 'pem' }));
const peer = { entityIds: [there.entityId], certificates: [their.certificate] };
const at = { endpointUrls: [here.logout], now, skewMilliseconds: 60_000 };

const sending = (binding: 'redirect' | 'post') => ({
  binding,
  destination: there.logout,
  signing: { ...our, algorithm: 'rsa-sha256' as const },
});
const request = (binding: 'redirect' | 'post') =>
  createLogoutRequest({
    id: '_request',
    now,
    issuer: here.entityId,
    nameId,
    sessionIndexes: ['_session'],
    notOnOrAfter: now + 300_000,
    relayState: 'r s',
    ...sending(binding),
  });
const response = (binding: 'redirect' | 'post', outcome: 'success' | 'failed' = 'success') =>
  createLogoutResponse({
    id: '_response',
    now,
    issuer: here.entityId,
    inResponseTo: '_request',
    outcome,
    ...sending(binding),
  });

const queryOf = (url: string): string => url.slice(url.indexOf('?') + 1);
const rawQuery = (sent: SentMessage): string =>
  sent.binding === 'redirect' ? queryOf(sent.url) : assert.fail();
const fieldsOf = (sent: SentMessage) => (sent.binding === 'post' ? sent.fields : assert.fail());
const parametersOf = (query: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(query));

suite('xmlsec1 verifies what is signed here', () => {
  test('logout requests and responses by POST, with RSA and ECDSA', async () => {
    for (const [key, algorithm] of [
      ['rsa', 'rsa-sha256'],
      ['rsa', 'rsa-sha512'],
      ['ec-p256', 'ecdsa-sha256'],
      ['ec-p521', 'ecdsa-sha512'],
    ] as const) {
      const signing = { key: fixtureKey(key), algorithm };
      const base = {
        now,
        issuer: here.entityId,
        binding: 'post',
        destination: there.logout,
        signing,
      } as const;
      const sent = await createLogoutRequest({ ...base, id: '_q', nameId });
      const answer = await createLogoutResponse({
        ...base,
        id: '_r',
        inResponseTo: '_q',
        outcome: 'partial',
      });
      assert.equal(xmlsec1Complaint([sent.xml], key), '');
      assert.equal(xmlsec1Complaint([answer.xml], key), '');
    }
  });
});

suite('node-saml', () => {
  const nodeSaml = new SAML({
    callbackUrl: 'https://there.example/acs',
    entryPoint: 'https://here.example/sso',
    logoutUrl: here.logout,
    issuer: there.entityId,
    idpIssuer: here.entityId,
    idpCert: our.certificate.toString(),
    privateKey: pem(their.key),
    signatureAlgorithm: 'sha256',
    generateUniqueId: () => '_theirs',
  });
  const user = {
    issuer: here.entityId,
    nameID: nameId.value,
    nameIDFormat: nameId.format,
    sessionIndex: '_session',
  };

  test('takes our requests by Redirect and by POST', async () => {
    const query = rawQuery(await request('redirect'));
    const byRedirect = await nodeSaml.validateRedirectAsync(parametersOf(query), query);
    assert.equal(byRedirect.profile?.nameID, nameId.value);
    assert.equal(byRedirect.profile?.sessionIndex, '_session');
    const { SAMLRequest } = fieldsOf(await request('post'));
    const byPost = await nodeSaml.validatePostRequestAsync({ SAMLRequest: SAMLRequest ?? '' });
    assert.equal(byPost.profile?.nameID, nameId.value);
  });

  test('takes our responses by Redirect', async () => {
    await nodeSaml.cacheProvider.saveAsync('_request', new Date(now).toISOString());
    const query = rawQuery(await response('redirect'));
    assert.equal((await nodeSaml.validateRedirectAsync(parametersOf(query), query)).loggedOut, true);
  });

  test('makes requests and responses that are accepted here', async () => {
    // It signs a space as %20 and sends a plus sign: its relay states must do without.
    const asked = decodeRedirect(queryOf(await nodeSaml.getLogoutUrlAsync(user, 'r', {})));
    const accepted = acceptLogoutRequest(readLogoutRequest(asked), peer, at);
    assert.deepEqual(
      [accepted.nameId, accepted.sessionIndexes, accepted.relayState],
      [nameId, ['_session'], 'r'],
    );
    assert.equal(accepted.signature, 'verified');

    for (const success of [true, false]) {
      const profile = { ...user, ID: '_ours' };
      const answered = await nodeSaml.getLogoutResponseUrlAsync(profile, 'r', {}, success);
      const received = readLogoutResponse(decodeRedirect(queryOf(answered)));
      const { outcome, signature } = acceptLogoutResponse(received, peer, {
        ...at,
        request: { id: '_ours' },
      });
      assert.deepEqual([outcome, signature], [success ? 'success' : 'failed', 'verified']);
    }
  });
});

suite('samlify', () => {
  // It leaves validating to its users; its own signatures are what is asked for here.
  samlify.setSchemaValidator({ validate: async () => 'skipped' });
  const { binding } = samlify.Constants.namespace;
  const services = (location: string) =>
    [binding.redirect, binding.post].map((Binding) => ({ Binding, Location: location }));
  const us = samlify.IdentityProvider({
    entityID: here.entityId,
    signingCert: our.certificate.toString(),
    privateKey: pem(our.key),
    wantLogoutRequestSigned: true,
    wantLogoutResponseSigned: true,
    singleSignOnService: services('https://here.example/sso'),
    singleLogoutService: services(here.logout),
  });
  const them = samlify.ServiceProvider({
    entityID: there.entityId,
    signingCert: their.certificate.toString(),
    privateKey: pem(their.key),
    wantLogoutRequestSigned: true,
    wantLogoutResponseSigned: true,
    requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    assertionConsumerService: services('https://there.example/acs'),
    singleLogoutService: services(there.logout),
  });
  const redirected = (sent: SentMessage) => {
    const query = rawQuery(sent);
    return { query: parametersOf(query), octetString: query.slice(0, query.indexOf('&Signature=')) };
  };

  test('takes our requests by Redirect and by POST', async () => {
    const byRedirect = await them.parseLogoutRequest(us, 'redirect', redirected(await request('redirect')));
    assert.equal(byRedirect.extract['nameID'], nameId.value);
    const byPost = await them.parseLogoutRequest(us, 'post', { body: fieldsOf(await request('post')) });
    assert.equal(byPost.extract['nameID'], nameId.value);
  });

  test('takes our responses by Redirect and by POST', async () => {
    const byRedirect = await them.parseLogoutResponse(us, 'redirect', redirected(await response('redirect')));
    assert.equal(byRedirect.extract['response']?.inResponseTo, '_request');
    const byPost = await them.parseLogoutResponse(us, 'post', { body: fieldsOf(await response('post')) });
    assert.equal(byPost.extract['response']?.inResponseTo, '_request');
  });

  test('makes requests and responses that are accepted here, by Redirect and by POST', async () => {
    const user = { logoutNameID: nameId.value, sessionIndex: '_session' };
    const byRedirect = them.createLogoutRequest(us, 'redirect', user, { relayState: 'r' }).context;
    const byPost = them.createLogoutRequest(us, 'post', user).context;
    for (const message of [decodeRedirect(queryOf(byRedirect)), decodePost({ SAMLRequest: byPost })]) {
      const accepted = acceptLogoutRequest(readLogoutRequest(message), peer, at);
      assert.equal(accepted.nameId.value, nameId.value);
      assert.equal(accepted.signature, 'verified');
    }
    const info = { extract: { request: { id: '_ours' } } };
    const answers = [
      decodeRedirect(queryOf(them.createLogoutResponse(us, info, 'redirect', { relayState: 'r' }).context)),
      decodePost({ SAMLResponse: them.createLogoutResponse(us, info, 'post').context }),
    ];
    for (const message of answers) {
      const { outcome, signature } = acceptLogoutResponse(readLogoutResponse(message), peer, {
        ...at,
        request: { id: '_ours' },
      });
      assert.deepEqual([outcome, signature], ['success', 'verified']);
    }
  });
});
