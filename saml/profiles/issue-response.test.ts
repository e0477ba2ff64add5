import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { SignedXml } from 'xml-crypto';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { type FixtureKey, fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import * as given from '../fixtures/web-sso.ts';
import { xmlsec1Complaint } from '../fixtures/xmlsec1.ts';
import { attributeNameFormats, nameIdFormats, statusCodes } from '../names.ts';
import { acceptResponse } from './accept-response.ts';
import { type IssueInput, issueErrorResponse, issueResponse, type Signing } from './issue-response.ts';

const signing = (
  sign: IssueInput['signing']['sign'],
  algorithm: Signing['algorithm'] = 'rsa-sha256',
  key: FixtureKey = 'rsa',
): IssueInput['signing'] => ({
  key: fixtureKey(key),
  certificate: fixtureCertificate(key),
  algorithm,
  sign,
});

const withoutSignatures = (xml: string): string =>
  xml.replaceAll(
    /<Signature xmlns="http:\/\/www\.w3\.org\/2000\/09\/xmldsig#">.*?<\/Signature>/g,
    '{Signature}',
  );

describe('the response', () => {
  test('has the shape of the one it stands in for, element by element', async () => {
    const { xml } = await issueResponse(given.issueInput({ signing: signing('both') }));
    assert.equal(
      withoutSignatures(xml),
      [
        `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Destination="${given.replyUrl}" ID="${given.responseId}" InResponseTo="${given.requestId}" IssueInstant="2026-11-23T12:00:00.000Z" Version="2.0">`,
        `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${given.identityProvider}</Issuer>{Signature}`,
        '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status>',
        `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="${given.assertionId}" IssueInstant="2026-11-23T12:00:00.000Z" Version="2.0">`,
        `<Issuer>${given.identityProvider}</Issuer>{Signature}`,
        '<Subject><NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">b.simon@contoso.example</NameID>',
        '<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
        `<SubjectConfirmationData InResponseTo="${given.requestId}" NotOnOrAfter="2026-11-23T13:00:00.000Z" Recipient="${given.replyUrl}"></SubjectConfirmationData></SubjectConfirmation></Subject>`,
        '<Conditions NotBefore="2026-11-23T11:55:00.000Z" NotOnOrAfter="2026-11-23T13:00:00.000Z">',
        `<AudienceRestriction><Audience>${given.serviceProvider}</Audience></AudienceRestriction></Conditions>`,
        '<AttributeStatement><Attribute Name="http://schemas.microsoft.com/identity/claims/displayname"><AttributeValue>B.Simon</AttributeValue></Attribute>',
        '<Attribute Name="http://schemas.microsoft.com/claims/authnmethodsreferences"><AttributeValue>http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password</AttributeValue></Attribute></AttributeStatement>',
        `<AuthnStatement AuthnInstant="2026-11-23T11:59:00.000Z" SessionIndex="${given.assertionId}">`,
        '<AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement>',
        '</Assertion></samlp:Response>',
      ].join(''),
    );
  });

  test('carries the certificate in an unprefixed signature with a reference to the ID', async () => {
    const { xml } = await issueResponse(given.issueInput());
    const certificate = given.certificate.raw.toString('base64');
    assert.ok(
      xml.includes(
        `<KeyInfo><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo>`,
      ),
    );
    assert.ok(xml.includes(`<Reference URI="#${given.assertionId}">`));
    assert.equal(xml.split('<Signature ').length, 2);
  });

  test('goes to the registered address with the relay state and both IDs', async () => {
    const issued = await issueResponse(given.issueInput({ relayState: '"><script>' }));
    assert.equal(Buffer.from(issued.samlResponse, 'base64').toString(), issued.xml);
    const { xml, samlResponse, ...rest } = issued;
    assert.ok(xml.length > 0 && samlResponse.length > 0);
    assert.deepEqual(rest, {
      action: given.replyUrl,
      relayState: '"><script>',
      responseId: given.responseId,
      assertionId: given.assertionId,
    });
  });

  test('that answers nothing has no InResponseTo anywhere, and without attributes no statement of them', async () => {
    const { inResponseTo, ...unsolicited } = given.issueInput({ attributes: [] });
    assert.ok(inResponseTo !== undefined);
    const { xml } = await issueResponse(unsolicited);
    assert.ok(!xml.includes('InResponseTo'));
    assert.ok(!xml.includes('AttributeStatement'));
  });
});

const keys: [Signing['algorithm'], FixtureKey][] = [
  ['rsa-sha256', 'rsa'],
  ['rsa-sha384', 'rsa'],
  ['rsa-sha512', 'rsa'],
  ['ecdsa-sha256', 'ec-p256'],
  ['ecdsa-sha384', 'ec-p384'],
  ['ecdsa-sha512', 'ec-p521'],
];

for (const sign of ['assertion', 'response', 'both'] as const) {
  for (const [algorithm, key] of keys) {
    test(`with the signature on ${sign}, ${algorithm}, it is accepted here and by xmlsec1`, async () => {
      const { xml } = await issueResponse(given.issueInput({ signing: signing(sign, algorithm, key) }));
      const accepted = acceptResponse(
        given.acceptInput(given.posted(xml), {
          identityProvider: { entityId: given.identityProvider, certificates: [fixtureCertificate(key)] },
        }),
      );
      assert.equal(accepted.signed, sign);
      const owners =
        sign === 'both' ? ['Response', 'Assertion'] : [sign === 'response' ? 'Response' : 'Assertion'];
      for (const owner of owners) {
        const path = `//*[local-name()='${owner}']/*[local-name()='Signature']`;
        assert.equal(xmlsec1Complaint([xml], key, path), '');
      }
    });
  }
}

test('SHA-1 is written only by name, and accepted only by name', async () => {
  const sha1 = signing('assertion', 'rsa-sha1');
  await assert.rejects(issueResponse(given.issueInput({ signing: sha1 })), { code: 'signature-algorithm' });
  const { xml } = await issueResponse(given.issueInput({ signing: { ...sha1, allow: ['sha1-signature'] } }));
  const accept = (allow: CompatibilitySwitch[]) =>
    acceptResponse(
      given.acceptInput(given.posted(xml), {
        identityProvider: { entityId: given.identityProvider, certificates: [given.certificate], allow },
      }),
    );
  assert.throws(() => accept(['sha1-digest']), { code: 'signature-algorithm' });
  assert.throws(() => accept(['sha1-signature']), { code: 'signature-digest-algorithm' });
  assert.equal(accept(['sha1-signature', 'sha1-digest']).signed, 'assertion');
});

test('xml-crypto verifies what is issued', async () => {
  for (const sign of ['assertion', 'response'] as const) {
    const { xml } = await issueResponse(given.issueInput({ signing: signing(sign) }));
    const verifier = new SignedXml({ publicCert: given.certificate.toString() });
    verifier.loadSignature(/<Signature .*<\/Signature>/.exec(xml)?.[0] ?? '');
    assert.ok(verifier.checkSignature(xml));
    const [signed = ''] = verifier.getSignedReferences();
    assert.ok(signed.includes('b.simon@contoso.example'));
  }
});

/** Text that XML can carry, with what breaks careless writers and readers. */
const text = fc.oneof(
  fc
    .string({ unit: 'binary', maxLength: 40 })
    .filter(
      (value) => value.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(value),
    ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '&amp;',
    '<!-- -->',
    ']]>',
    '<![CDATA[x]]>',
    '"\'<>&',
    ' \t\r\n',
    '\r\n',
    '\u0085\u2028',
    'Ünïcödé 日本 \u{1f600}',
    '\u202eevil',
    'a'.repeat(20_000),
  ),
);
const name = text.filter((value) => value !== '');
const instant = fc.integer({ min: given.now - 86_400_000, max: given.now + 86_400_000 });

const inputs: fc.Arbitrary<IssueInput> = fc
  .record(
    {
      audience: name,
      relayState: text.filter((each) => Buffer.byteLength(each) <= 4_096),
      inResponseTo: fc.constantFrom('_a', 'id-1.2_3', 'ümlaut', `_${'x'.repeat(300)}`),
      nameId: fc.record(
        {
          value: name,
          format: fc.constantFrom(...Object.values(nameIdFormats)),
          nameQualifier: text,
          spNameQualifier: text,
        },
        { requiredKeys: ['value', 'format'], noNullPrototype: true },
      ),
      attributes: fc.uniqueArray(
        fc.record(
          {
            name,
            nameFormat: fc.constantFrom(attributeNameFormats.uri, attributeNameFormats.basic),
            values: fc.array(text, { maxLength: 4 }),
          },
          { requiredKeys: ['name', 'values'], noNullPrototype: true },
        ),
        { maxLength: 5, selector: (attribute) => JSON.stringify([attribute.name, attribute.nameFormat]) },
      ),
      authentication: fc.record(
        {
          instant,
          contextClassRef: name,
          sessionNotOnOrAfter: fc.integer({ min: given.now + 1, max: given.now + 86_400_000 }),
        },
        { requiredKeys: ['instant', 'contextClassRef'], noNullPrototype: true },
      ),
      signing: fc.constantFrom(signing('assertion'), signing('response'), signing('both')),
    },
    {
      requiredKeys: ['audience', 'nameId', 'attributes', 'authentication', 'signing'],
      noNullPrototype: true,
    },
  )
  .map((change) => {
    const { inResponseTo, ...base } = given.issueInput();
    void inResponseTo;
    return { ...base, ...change };
  });

test('whatever is issued is accepted, and says what was put in', async () => {
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const issued = await issueResponse(input);
      const accepted = acceptResponse(
        given.acceptInput(given.posted(issued.xml, input.relayState), {
          serviceProvider: { entityId: input.audience, assertionConsumerServiceUrl: given.replyUrl },
          request: input.inResponseTo === undefined ? 'unsolicited' : { id: input.inResponseTo },
        }),
      );
      const { authentication, inResponseTo, relayState } = input;
      assert.deepEqual(accepted, {
        assertionId: given.assertionId,
        issuer: given.identityProvider,
        ...(inResponseTo === undefined ? {} : { inResponseTo }),
        nameId: input.nameId,
        audiences: [input.audience],
        attributes: input.attributes,
        authnInstant: authentication.instant,
        authnContextClassRef: authentication.contextClassRef,
        sessionIndex: given.assertionId,
        ...(authentication.sessionNotOnOrAfter === undefined
          ? {}
          : { sessionNotOnOrAfter: authentication.sessionNotOnOrAfter }),
        notOnOrAfter: input.lifetime.notOnOrAfter,
        signed: input.signing.sign,
        encrypted: false,
        ...(relayState === undefined ? {} : { relayState }),
      });
    }),
    { numRuns: 300 },
  );
});

describe('what cannot be written is refused while writing', () => {
  const cases: [string, Partial<IssueInput>, string][] = [
    ['a NUL in an attribute value', { attributes: [{ name: 'a', values: ['x\u0000y'] }] }, 'xml-character'],
    ['an escape in an attribute name', { attributes: [{ name: 'a\u001b', values: ['x'] }] }, 'xml-character'],
    ['half a character in the NameID', { nameId: { value: 'a\ud800', format: 'x' } }, 'xml-character'],
    ['a form feed in the audience', { audience: 'a\fb' }, 'xml-character'],
    ['an empty NameID', { nameId: { value: '', format: 'x' } }, 'value-malformed'],
    ['an empty audience', { audience: '' }, 'value-malformed'],
    ['an empty issuer', { issuer: '' }, 'value-malformed'],
    ['an empty context', { authentication: { instant: 0, contextClassRef: '' } }, 'value-malformed'],
    ['an assertion ID with a digit first', { assertionId: '1a' }, 'id-not-ncname'],
    ['a response ID with a quote', { responseId: '_a"' }, 'id-not-ncname'],
    ['an empty response ID', { responseId: '' }, 'id-not-ncname'],
    ['an answer to an ID with a space', { inResponseTo: '_a b' }, 'id-not-ncname'],
    ['a weak key', { signing: signing('assertion', 'rsa-sha256', 'rsa-1024') }, 'signature-key-weak'],
    ['a key that does not fit', { signing: signing('assertion', 'ecdsa-sha256') }, 'signature-key-type'],
  ];
  for (const [what, change, code] of cases) {
    test(what, async () => {
      await assert.rejects(issueResponse(given.issueInput(change)), { name: 'SamlRejection', code });
    });
  }
});

test('a request whose ID was allowed to be no NCName can be answered', async () => {
  for (const inResponseTo of ['4f1c2e7a', 'a:b']) {
    const { xml } = await issueResponse(given.issueInput({ inResponseTo }));
    const accepted = acceptResponse(given.acceptInput(given.posted(xml), { request: { id: inResponseTo } }));
    assert.equal(accepted.inResponseTo, inResponseTo);
  }
});

describe('a response that reports a failure', () => {
  const input = {
    issuer: given.identityProvider,
    replyUrl: given.replyUrl,
    inResponseTo: given.requestId,
    relayState: 'r',
    now: given.now,
    responseId: given.responseId,
    status: {
      code: statusCodes.responder,
      subCode: statusCodes.noPassive,
      message: 'AADSTS50058: <nobody> is signed in & nobody may be asked.',
    },
  };
  const says = {
    name: 'SamlRejection',
    code: 'status-not-success',
    actual: `${statusCodes.responder} ${statusCodes.noPassive} ${input.status.message}`,
  };

  test('has a status and no assertion', async () => {
    const issued = await issueErrorResponse(input);
    assert.equal(issued.assertionId, '');
    assert.equal(issued.action, given.replyUrl);
    assert.ok(!issued.xml.includes('Assertion '));
    assert.throws(() => acceptResponse(given.acceptInput(given.posted(issued.xml))), says);
  });

  test('has one of three codes outermost: others are nested, and success has an assertion', async () => {
    for (const code of ['requester', 'responder', 'versionMismatch'] as const) {
      assert.ok(await issueErrorResponse({ ...input, status: { code: statusCodes[code] } }));
    }
    const others = [statusCodes.success, statusCodes.noPassive, statusCodes.requestDenied, 'urn:own', ''];
    for (const code of others) {
      const written = issueErrorResponse({ ...input, status: { code, subCode: statusCodes.responder } });
      await assert.rejects(written, { name: 'SamlRejection', code: 'value-malformed', actual: code });
    }
  });

  test('is signed where a key is given, and then cannot be changed', async () => {
    const { xml } = await issueErrorResponse({ ...input, signing: signing('response') });
    assert.equal(xmlsec1Complaint([xml], 'rsa'), '');
    assert.throws(() => acceptResponse(given.acceptInput(given.posted(xml))), says);
    const forged = xml.replace('nobody&gt;', 'somebody&gt;').replace('&lt;nobody', '&lt;somebody');
    assert.throws(() => acceptResponse(given.acceptInput(given.posted(forged))), {
      code: 'signature-digest',
    });
  });
});
