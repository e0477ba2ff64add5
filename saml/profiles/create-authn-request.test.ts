import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodePost } from '../bindings/http-post.ts';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { schemaComplaint } from '../fixtures/oasis-schemas.ts';
import { everyOption, honoursAll, plainRequest, requestOptions } from '../fixtures/request-options.ts';
import * as given from '../fixtures/web-sso.ts';
import { bindings } from '../names.ts';
import { acceptAuthnRequest, type AcceptedAuthnRequest, readAuthnRequest } from './accept-authn-request.ts';
import {
  createAuthnRequest,
  type CreateAuthnRequestInput,
  createPostedAuthnRequest,
  type PostedAuthnRequest,
} from './create-authn-request.ts';

const relyingParty = given.relyingParty({
  replyUrls: [
    { url: given.replyUrl, index: 3, isDefault: true },
    { url: given.replyUrl, index: 4, binding: bindings.httpArtifact },
  ],
});
const at = { endpointUrls: [given.endpoint], honours: honoursAll };
const byRedirect = ({ url }: { url: string }) =>
  readAuthnRequest(decodeRedirect(url.slice(url.indexOf('?') + 1)));
const byPost = ({ samlRequest, relayState }: PostedAuthnRequest) =>
  readAuthnRequest(
    decodePost({
      SAMLRequest: samlRequest,
      ...(relayState === undefined ? {} : { RelayState: relayState }),
    }),
  );

/** What must come out of what went in. */
function expectedOf(input: CreateAuthnRequestInput): AcceptedAuthnRequest {
  const { nameIdPolicy = {}, requestedAuthnContext: context, conditions, subject } = input;
  const { format, spNameQualifier, allowCreate } = nameIdPolicy;
  const { audiences, ...period } = conditions ?? {};
  return {
    requestId: input.id,
    issuer: input.issuer,
    replyUrl: given.replyUrl,
    responseBinding: input.protocolBinding ?? bindings.httpPost,
    forceAuthn: input.forceAuthn ?? false,
    isPassive: input.isPassive ?? false,
    ...(format === undefined ? {} : { nameIdFormat: format }),
    ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
    ...(allowCreate === undefined ? {} : { allowCreate }),
    ...(subject === undefined ? {} : { subject: subject.nameId }),
    ...(context === undefined
      ? {}
      : {
          requestedAuthnContext: {
            comparison: context.comparison ?? 'exact',
            classRefs: [...(context.classRefs ?? [])],
            ...(context.declRefs === undefined ? {} : { declRefs: [...context.declRefs] }),
          },
        }),
    ...(input.scoping === undefined ? {} : { scoping: input.scoping }),
    ...(conditions === undefined
      ? {}
      : {
          conditions: {
            ...period,
            audienceRestrictions: audiences === undefined ? [] : [[...audiences]],
          } as NonNullable<AcceptedAuthnRequest['conditions']>,
        }),
    ...(input.attributeConsumingServiceIndex === undefined
      ? {}
      : { attributeConsumingServiceIndex: input.attributeConsumingServiceIndex }),
    ...(input.providerName === undefined ? {} : { providerName: input.providerName }),
    ...(input.consent === undefined ? {} : { consent: input.consent }),
    ...(input.relayState === undefined ? {} : { relayState: input.relayState }),
    signature: 'absent',
  };
}

/** XML cannot carry some characters, and writing such a text is refused: those runs say nothing here. */
function writable<T>(write: () => T): T | undefined {
  try {
    return write();
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'xml-character');
    return undefined;
  }
}

describe('what a service provider asks for', () => {
  test('arrives whole by Redirect, whatever it says, and the OASIS schema accepts it', () => {
    fc.assert(
      fc.property(requestOptions, fc.constantFrom('', '?tenant=a&b=%20c'), (options, query) => {
        const destination = given.endpoint + query;
        const input = { ...plainRequest, ...options, destination };
        const sent = writable(() => createAuthnRequest(input));
        if (sent === undefined) return;
        assert.ok(sent.url.startsWith(`${destination}${query === '' ? '?' : '&'}SAMLRequest=`));
        assert.equal(schemaComplaint(sent.xml, 'protocol'), '');
        const accepted = acceptAuthnRequest(byRedirect(sent), relyingParty, {
          ...at,
          endpointUrls: [destination],
        });
        assert.deepEqual(accepted, expectedOf(input));
      }),
      { numRuns: 300 },
    );
  });

  test('arrives whole by POST, whatever it says, signed and unsigned', async () => {
    const party = {
      ...relyingParty,
      requestSignature: { required: true, certificates: [fixtureCertificate('ec-p256')] },
    };
    const signing = { key: fixtureKey('ec-p256'), algorithm: 'ecdsa-sha256' } as const;
    await fc.assert(
      fc.asyncProperty(requestOptions, fc.boolean(), async (options, sign) => {
        const input = { ...plainRequest, ...options };
        let sent: PostedAuthnRequest;
        try {
          sent = await createPostedAuthnRequest({ ...input, ...(sign ? { signing } : {}) });
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'xml-character');
          return;
        }
        assert.equal(sent.action, given.endpoint);
        assert.equal(schemaComplaint(sent.xml, 'protocol'), '');
        const accepted = acceptAuthnRequest(byPost(sent), sign ? party : relyingParty, at);
        assert.deepEqual(accepted, { ...expectedOf(input), signature: sign ? 'verified' : 'absent' });
      }),
      { numRuns: 200 },
    );
  });

  test('arrives whole where it says everything at once', () => {
    const input = { ...plainRequest, ...everyOption };
    const sent = createAuthnRequest(input);
    assert.equal(schemaComplaint(sent.xml, 'protocol'), '');
    assert.deepEqual(acceptAuthnRequest(byRedirect(sent), relyingParty, at), expectedOf(input));
  });

  test('may be an answer at the registered address of an index, with its binding', () => {
    const { assertionConsumerServiceUrl: _url, ...input } = plainRequest;
    for (const [index, binding] of [
      [3, bindings.httpPost],
      [4, bindings.httpArtifact],
    ] as const) {
      const sent = createAuthnRequest({ ...input, assertionConsumerServiceIndex: index });
      assert.equal(schemaComplaint(sent.xml, 'protocol'), '');
      const accepted = acceptAuthnRequest(byRedirect(sent), relyingParty, at);
      assert.equal(accepted.replyUrl, given.replyUrl);
      assert.equal(accepted.responseBinding, binding);
    }
  });

  test('is an answer at the default address, where it names none', () => {
    const { assertionConsumerServiceUrl: _url, ...input } = plainRequest;
    assert.deepEqual(acceptAuthnRequest(byRedirect(createAuthnRequest(input)), relyingParty, at), {
      ...expectedOf(plainRequest),
    });
  });

  test('is written in this one way', () => {
    const { xml } = createAuthnRequest({
      ...plainRequest,
      ...everyOption,
      extensions: [{ namespace: 'urn:x', local: 'x' }],
    });
    assert.equal(
      xml,
      `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" AssertionConsumerServiceURL="${given.replyUrl}"` +
        ' AttributeConsumingServiceIndex="65535" Consent="urn:oasis:names:tc:SAML:2.0:consent:obtained"' +
        ` Destination="${given.endpoint}" ForceAuthn="true" ID="${given.requestId}" IsPassive="true"` +
        ' IssueInstant="2026-11-23T12:00:00.000Z" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"' +
        ' ProviderName="Perform &amp; &quot;Co&quot; &lt;1>" Version="2.0">' +
        `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${given.serviceProvider}</Issuer>` +
        '<samlp:Extensions><x xmlns="urn:x"></x></samlp:Extensions>' +
        '<Subject xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" NameQualifier="https://q" SPNameQualifier="https://s">b.simon@contoso.example</NameID></Subject>' +
        '<samlp:NameIDPolicy AllowCreate="true" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" SPNameQualifier="https://group.example"></samlp:NameIDPolicy>' +
        '<Conditions xmlns="urn:oasis:names:tc:SAML:2.0:assertion" NotBefore="2026-11-23T12:00:00.000Z" NotOnOrAfter="2026-11-23T12:01:00.000Z">' +
        `<AudienceRestriction><Audience>${given.serviceProvider}</Audience><Audience>https://other.example</Audience></AudienceRestriction><OneTimeUse></OneTimeUse></Conditions>` +
        '<samlp:RequestedAuthnContext Comparison="minimum"><AuthnContextClassRef xmlns="urn:oasis:names:tc:SAML:2.0:assertion">urn:x:a</AuthnContextClassRef><AuthnContextClassRef xmlns="urn:oasis:names:tc:SAML:2.0:assertion">urn:x:b</AuthnContextClassRef></samlp:RequestedAuthnContext>' +
        '<samlp:Scoping ProxyCount="2"><samlp:IDPList><samlp:IDPEntry Loc="https://idp.example/saml" Name="One" ProviderID="https://idp.example/"></samlp:IDPEntry><samlp:IDPEntry ProviderID="https://two.example/"></samlp:IDPEntry>' +
        '<samlp:GetComplete>https://sp.example/idps</samlp:GetComplete></samlp:IDPList><samlp:RequesterID>https://first.example/</samlp:RequesterID><samlp:RequesterID>https://second.example/</samlp:RequesterID></samlp:Scoping>' +
        '</samlp:AuthnRequest>',
    );
  });

  test('says no more than it has to', () => {
    const { xml } = createAuthnRequest({
      ...plainRequest,
      forceAuthn: false,
      isPassive: false,
      extensions: [],
    });
    assert.equal(
      xml,
      `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" AssertionConsumerServiceURL="${given.replyUrl}"` +
        ` Destination="${given.endpoint}" ID="${given.requestId}" IssueInstant="2026-11-23T12:00:00.000Z"` +
        ' ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Version="2.0">' +
        `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${given.serviceProvider}</Issuer></samlp:AuthnRequest>`,
    );
  });
});

describe('a request for a subject', () => {
  const nameId = { value: 'b.simon@contoso.example', format: 'urn:x' };
  const subject = { nameId, encryption: { certificate: fixtureCertificate('sp') } };
  const ask = () => createAuthnRequest({ ...plainRequest, subject });

  test('may hide who it is from everybody but the identity provider', () => {
    const sent = ask();
    assert.equal(schemaComplaint(sent.xml, 'protocol'), '');
    assert.ok(!sent.xml.includes('b.simon') && sent.xml.includes('<EncryptedID>'));
    const decryptionKeys = [fixtureKey('rsa-other'), fixtureKey('sp')];
    const accepted = acceptAuthnRequest(byRedirect(sent), relyingParty, { ...at, decryptionKeys });
    assert.deepEqual(accepted, expectedOf({ ...plainRequest, subject: { nameId } }));
  });

  test('is refused by an identity provider that cannot read who it is', () => {
    const sent = ask();
    assert.throws(() => acceptAuthnRequest(byRedirect(sent), relyingParty, at), {
      code: 'request-subject-unidentified',
    });
    assert.throws(
      () => acceptAuthnRequest(byRedirect(sent), relyingParty, { endpointUrls: at.endpointUrls }),
      { code: 'request-subject-present' },
    );
  });
});

describe('a signed request', () => {
  const pairs = [
    ['rsa-sha256', 'rsa'],
    ['rsa-sha384', 'rsa'],
    ['rsa-sha512', 'rsa'],
    ['ecdsa-sha256', 'ec-p256'],
    ['ecdsa-sha384', 'ec-p384'],
    ['ecdsa-sha512', 'ec-p521'],
    ['rsa-pss-sha256', 'rsa'],
  ] as const;
  for (const [algorithm, key] of pairs) {
    test(`with ${algorithm} is verified by Redirect and by POST`, async () => {
      const allow = algorithm.startsWith('rsa-pss') ? ['rsa-pss' as const] : [];
      const requestSignature = { required: true, certificates: [fixtureCertificate(key)], allow };
      const input = {
        ...plainRequest,
        relayState: 'r s+t&=é',
        signing: { key: fixtureKey(key), algorithm, allow },
      };
      const party = { ...relyingParty, requestSignature };
      const posted = await createPostedAuthnRequest(input);
      assert.equal(schemaComplaint(posted.xml, 'protocol'), '');
      for (const received of [byRedirect(createAuthnRequest(input)), byPost(posted)]) {
        assert.deepEqual(acceptAuthnRequest(received, party, at), {
          ...expectedOf(input),
          signature: 'verified',
        });
      }
    });
  }

  test('by Redirect carries no signature in the message, by POST none beside it', async () => {
    const input = { ...plainRequest, signing: { key: given.key, algorithm: 'rsa-sha256' as const } };
    assert.ok(!createAuthnRequest(input).xml.includes('Signature'));
    const posted = await createPostedAuthnRequest(input);
    assert.deepEqual(Object.keys(posted), ['action', 'samlRequest', 'xml']);
    assert.equal(Buffer.from(posted.samlRequest, 'base64').toString(), posted.xml);
    assert.ok(posted.xml.includes('<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">'));
  });

  test('with an algorithm of another key is not made', async () => {
    const input = { ...plainRequest, signing: { key: given.key, algorithm: 'ecdsa-sha256' as const } };
    assert.throws(() => createAuthnRequest(input), { code: 'signature-key-type' });
    await assert.rejects(createPostedAuthnRequest(input), { code: 'signature-key-type' });
  });
});
