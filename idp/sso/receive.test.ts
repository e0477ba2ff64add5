import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine, shared } from '@countersign/database/testing.ts';
import { encodePost } from '@countersign/saml';
import {
  acs,
  addTrakstar,
  type Answer,
  install,
  type Installation,
  requestOf,
  textOf,
} from '../browser-testing.ts';
import type { Tables } from '../tables.ts';
import { assertRefused, open, post, stateOf } from './refusal-testing.ts';

eachEngine<Tables>('requests that are refused as they arrive', (openEmpty) => {
  const ready = shared(async () => {
    const idp = await install(await openEmpty());
    await addTrakstar(idp);
    return idp;
  });

  const atOnce: {
    name: string;
    send: (idp: Installation) => Promise<Answer>;
    code: number;
    status?: number;
    says: RegExp;
    mender: RegExp;
  }[] = [
    {
      name: 'a reply URL that is not registered',
      send: (idp) => open(idp, { assertionConsumerServiceUrl: `${acs}2` }),
      code: 50011,
      says: /The reply URL '.*namespace=contoso2' of the request is none of those registered for Trakstar/,
      mender: /An administrator of Contoso, or whoever runs Trakstar/,
    },
    {
      name: 'a reply URL whose query differs',
      send: (idp) =>
        open(idp, { assertionConsumerServiceUrl: 'https://perform.trakstar.com/auth/saml/callback' }),
      code: 50011,
      says: /reply URL/,
      mender: /octet for octet and with its query/,
    },
    {
      name: 'an issuer that no application has',
      send: (idp) => open(idp, { issuer: 'https://perform.trakstar.com/' }),
      code: 700016,
      says: /No application with the identifier 'https:\/\/perform\.trakstar\.com\/' was found in Contoso/,
      mender: /Identifier \(Entity ID\)/,
    },
    {
      name: 'an ID that is no XML ID',
      send: (idp) => post(idp, requestOf(idp).xml.replace(/ ID="_[^"]*"/, ' ID="1abc"')),
      code: 7500529,
      says: /not a valid one/,
      mender: /Whoever runs Trakstar/,
    },
    {
      name: 'no request at all',
      send: (idp) => idp.browser().open(`/${idp.tenantId}/saml2`),
      code: 750054,
      says: /SAMLRequest is missing/,
      mender: /You\. Start at the application/,
    },
    {
      name: 'a request that is no base64',
      send: (idp) => idp.browser().open(`/${idp.tenantId}/saml2?SAMLRequest=%25%25`),
      code: 75005,
      says: /not a valid SAML 2\.0 request/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'XML that is not well-formed',
      send: (idp) => post(idp, '<samlp:AuthnRequest'),
      code: 7500525,
      says: /XML of the SAML request/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'XML with a document type',
      send: (idp) => post(idp, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${requestOf(idp).xml}`),
      code: 7500525,
      says: /XML of the SAML request/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'a request without a version',
      send: (idp) => post(idp, requestOf(idp).xml.replace(' Version="2.0"', '')),
      code: 75005,
      says: /not a valid SAML 2\.0 request/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'a NameID format that is not issued',
      send: (idp) =>
        open(idp, { nameIdPolicy: { format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos' } }),
      code: 75016,
      says: /nameid-format:kerberos/,
      mender: /Whoever runs Trakstar/,
    },
    {
      name: 'a subject in the request',
      send: (idp) =>
        post(
          idp,
          requestOf(idp).xml.replace(
            /<\/([a-z]*:?)Issuer>/,
            '</$1Issuer><s:Subject xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion"><s:NameID>x</s:NameID></s:Subject>',
          ),
        ),
      code: 900236,
      says: /a property that is not supported/,
      mender: /login_hint/,
    },
    {
      name: 'another destination',
      send: (idp) => open(idp, { destination: 'https://id.fabrikam.example/saml2' }, idp.tenantId),
      code: 75008,
      says: /addressed to another place: 'https:\/\/id\.fabrikam\.example\/saml2'/,
      mender: /Login URL/,
    },
    {
      name: 'a response instead of a request',
      send: (idp) =>
        idp
          .browser()
          .open(`/${idp.tenantId}/saml2`, { form: { SAMLResponse: encodePost('<x/>') }, crossSite: true }),
      code: 75005,
      says: /not a valid SAML 2\.0 request/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'a logout request',
      send: (idp) =>
        post(
          idp,
          '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a" Version="2.0" IssueInstant="2026-11-23T12:00:00Z"/>',
        ),
      code: 50061,
      says: /asked to sign you out/,
      mender: /sign-out page/,
    },
  ];
  for (const { name, send, code, status = 400, says, mender } of atOnce)
    test(`${name}: ${code}`, async () => {
      const idp = await ready();
      const before = await stateOf(idp);
      await assertRefused(idp, await send(idp), { code, status, says, mender }, before);
    });

  test('an organisation that does not exist: 90002, on a page', async () => {
    const idp = await ready();
    const before = await stateOf(idp);
    const answer = await idp.browser().open('/fabrikam.example/saml2?SAMLRequest=x');
    assert.equal(answer.status, 404);
    assert.match(textOf(answer), /AADSTS90002: There is no organisation 'fabrikam\.example' here/);
    assert.deepEqual(await stateOf(idp), before);
  });

  test('what the request brings is shown as text', async () => {
    const idp = await ready();
    const answer = await open(idp, { issuer: 'urn:<script>alert(1)</script>' });
    assert.doesNotMatch(answer.text, /<script>alert/);
  });
});
