import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import * as samlify from 'samlify';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { responseText, signedAssertionText } from '../fixtures/response-text.ts';
import * as given from '../fixtures/web-sso.ts';
import { xmlsec1Decrypted, xmlsec1Encrypted } from '../fixtures/xmlsec1.ts';
import { acceptResponse } from '../profiles/accept-response.ts';
import { issueResponse } from '../profiles/issue-response.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';

const contents = ['aes128-gcm', 'aes256-gcm', 'aes128-cbc', 'aes256-cbc'] as const;
type Content = (typeof contents)[number];
const uri = (content: Content): string =>
  `${content.endsWith('gcm') ? 'http://www.w3.org/2009/xmlenc11#' : 'http://www.w3.org/2001/04/xmlenc#'}${content}`;

const accept = (xml: string, allow: CompatibilitySwitch[] = []) =>
  acceptResponse(
    given.acceptInput(given.posted(xml), {
      identityProvider: {
        entityId: given.identityProvider,
        certificates: [given.certificate],
        allow,
        recentDecryptionFailures: 0,
      },
      serviceProvider: {
        entityId: given.serviceProvider,
        assertionConsumerServiceUrl: given.replyUrl,
        decryptionKeys: [fixtureKey('sp')],
      },
    }),
  );
const allowed = (content: Content): CompatibilitySwitch[] =>
  content.endsWith('cbc') ? ['cbc', 'cbc-unauthenticated'] : [];
const withoutDeclaration = (xml: string): string => xml.replace(/^<\?xml[^>]*\?>\s*/, '').trimEnd();

const issue = async (content: Content, sign: 'assertion' | 'response' | 'both') => {
  const { signing } = given.issueInput();
  return issueResponse(
    given.issueInput({
      encryption: { certificate: fixtureCertificate('sp'), content },
      signing: { ...signing, sign },
    }),
  );
};

for (const content of contents) {
  describe(content, () => {
    test('xmlsec1 decrypts what is encrypted here', async () => {
      const { xml } = await issue(content, 'assertion');
      const opened = xmlsec1Decrypted(xml, 'sp');
      assert.ok(opened.includes('<Assertion ') && opened.includes('b.simon@contoso.example'));
    });

    test('what xmlsec1 encrypts is decrypted here', () => {
      const template =
        `<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="${uri(content)}"/>` +
        '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>' +
        '<xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedData>';
      const cipher = content.includes('128') ? 'aes-128' : 'aes-256';
      const encrypted = withoutDeclaration(xmlsec1Encrypted(signedAssertionText(), template, 'sp', cipher));
      const xml = responseText({
        encrypt: () =>
          `<EncryptedAssertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${encrypted}</EncryptedAssertion>`,
      });
      assert.partialDeepStrictEqual(accept(xml, allowed(content)), {
        encrypted: true,
        assertionId: given.assertionId,
      });
    });

    test('node-saml decrypts what is encrypted here, and accepts it', async () => {
      for (const sign of ['assertion', 'response', 'both'] as const) {
        const { samlResponse } = await issue(content, sign);
        const peer = new SAML({
          callbackUrl: given.replyUrl,
          issuer: given.serviceProvider,
          audience: given.serviceProvider,
          idpIssuer: given.identityProvider,
          idpCert: given.certificate.toString(),
          decryptionPvk: fixtureKey('sp').export({ type: 'pkcs8', format: 'pem' }).toString(),
          wantAssertionsSigned: sign !== 'response',
          wantAuthnResponseSigned: sign !== 'assertion',
          validateInResponseTo: ValidateInResponseTo.never,
          acceptedClockSkewMs: -1,
        });
        const { profile } = await peer.validatePostResponseAsync({ SAMLResponse: samlResponse });
        assert.equal(profile?.nameID, 'b.simon@contoso.example');
      }
    });

    test('samlify decrypts what is encrypted here', async () => {
      const { xml } = await issue(content, 'assertion');
      const receiver = samlify.ServiceProvider({
        entityID: given.serviceProvider,
        encPrivateKey: fixtureKey('sp').export({ type: 'pkcs8', format: 'pem' }).toString(),
        assertionConsumerService: [
          { Binding: samlify.Constants.namespace.binding.post, Location: given.replyUrl },
        ],
      });
      const [, assertion] = await samlify.SamlLib.decryptAssertion(receiver, xml);
      assert.ok(assertion.startsWith('<Assertion ') && assertion.includes('b.simon@contoso.example'));
    });

    test('what samlify encrypts, with the package xml-encryption, is decrypted here', async () => {
      const pem = fixtureCertificate('sp').toString();
      const receiver = samlify.ServiceProvider({
        entityID: given.serviceProvider,
        encryptCert: pem,
        assertionConsumerService: [
          { Binding: samlify.Constants.namespace.binding.post, Location: given.replyUrl },
        ],
      });
      // Two of these are settings that its types leave out.
      const settings = {
        entityID: given.identityProvider,
        signingCert: given.certificate.toString(),
        isAssertionEncrypted: true,
        dataEncryptionAlgorithm: uri(content),
        keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
        singleSignOnService: [
          { Binding: samlify.Constants.namespace.binding.post, Location: given.endpoint },
        ],
      };
      const sender = samlify.IdentityProvider(settings);
      const envelope = await samlify.SamlLib.encryptAssertion(sender, receiver, responseText());
      const xml = Buffer.from(envelope, 'base64').toString();
      assert.ok(xml.includes('EncryptedAssertion'));
      assert.partialDeepStrictEqual(accept(xml, allowed(content)), {
        encrypted: true,
        assertionId: given.assertionId,
      });
    });
  });
}
