import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { algorithm, uris } from '../fixtures/hand-signer.ts';
import { takers } from '../fixtures/message-takers.ts';
import { samlsignComplaint, samlsigned } from '../fixtures/samlsign.ts';
import { wrappingKinds } from '../fixtures/wrapping-kinds.ts';
import type { WrappingKind } from '../fixtures/wrapping-permutations.ts';
import { xmlsec1Complaint, xmlsec1Signed } from '../fixtures/xmlsec1.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { judgedKeys, writtenMessages } from './written-messages.ts';

/*
 * Two programs of the Shibboleth project’s world, which share no code with us: xmlsec1 (libxml2, OpenSSL) and samlsign
 * (OpenSAML, Xerces, Santuario). What they cannot do: neither knows the signature of a redirect, nor any rule of SAML
 * beyond the signature; samlsign takes a message without the SOAP around it.
 */

const withoutSoap = (xml: string): string => /<soap[^>]*Body>(.*)<\/[^>]*Body>/s.exec(xml)?.[1] ?? xml;

for (const judged of judgedKeys) {
  suite(`what we sign with ${judged.algorithm}`, async () => {
    const written = await writtenMessages(judged);
    // Every kind of message with one algorithm, every algorithm with the message that is signed twice.
    const kinds =
      judged.algorithm === 'rsa-sha256'
        ? Object.keys(written)
        : ['signed response with its assertion signed'];
    for (const what of kinds) {
      const { xml = '', signed = [] } = written[what] ?? {};

      test(`${what}: xmlsec1 verifies every signature`, () => {
        assert.ok(signed.length > 0);
        for (const { owner } of signed) {
          const path = `//*[local-name()='${owner}']/*[local-name()='Signature']`;
          assert.equal(xmlsec1Complaint([xml], judged.key, path), '', owner);
        }
      });

      test(`${what}: samlsign verifies every signature, and none that was touched`, () => {
        for (const { owner, id } of signed) {
          assert.equal(samlsignComplaint(withoutSoap(xml), judged.key, id), '', owner);
        }
        const touched = withoutSoap(xml)
          .replaceAll('Version="2.0"', 'Version="2.1"')
          .replace('entityID="https', 'entityID="http');
        assert.notEqual(samlsignComplaint(touched, judged.key, signed[0]?.id), '');
      });
    }
  });
}

const template = (id: string): string =>
  '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>' +
  algorithm('CanonicalizationMethod', uris.exclusive) +
  algorithm('SignatureMethod', uris.rsaSha256) +
  `<ds:Reference URI="#${id}"><ds:Transforms>${algorithm('Transform', uris.enveloped)}${algorithm('Transform', uris.exclusive)}</ds:Transforms>` +
  `${algorithm('DigestMethod', uris.sha256)}<ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>`;

function withTemplate({ original, id, signatureBehind }: WrappingKind): string {
  const at =
    signatureBehind === ''
      ? original.indexOf('>') + 1
      : original.indexOf(signatureBehind) + signatureBehind.length;
  return original.slice(0, at) + template(id) + original.slice(at);
}

const signedThere = [
  'assertion-in-a-response',
  'encrypted-assertion-in-a-response',
  'response',
  'authn-request',
  'logout-request',
  'logout-response',
  'artifact-resolve',
  'artifact-response',
  'metadata-of-an-identity-provider',
  'aggregate-of-entities',
] as const;

suite('what they sign', () => {
  for (const kind of signedThere) {
    const how: WrappingKind = wrappingKinds[kind];
    const around = how.around ?? ((text: string) => text);
    const { takes, genuine } = takers[kind];
    const sha1: CompatibilitySwitch[] = ['sha1-signature'];

    test(`${kind}: signed by xmlsec1, accepted here`, () => {
      const signed = xmlsec1Signed(withTemplate(how), 'rsa')
        .replace(/^<\?xml[^>]*\?>\s*/, '')
        .trimEnd();
      assert.deepEqual(takes(around(signed)), genuine);
    });

    test(`${kind}: signed by samlsign as told, accepted here; signed as it does unasked, with SHA-1, only by name`, () => {
      const signed = samlsigned(how.original, 'rsa', { algorithm: uris.rsaSha256, digest: uris.sha256 });
      assert.deepEqual(takes(around(signed)), genuine);
      const unasked = around(samlsigned(how.original, 'rsa'));
      assert.deepEqual(takes(unasked, { allow: sha1 }), genuine);
      assert.throws(() => takes(unasked), { code: 'signature-algorithm' });
    });
  }

  test('a response with elliptic curves: signed by samlsign, accepted here', () => {
    const ecdsa = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';
    const signed = samlsigned(wrappingKinds.response.original, 'ec-p256', {
      algorithm: ecdsa,
      digest: uris.sha256,
    });
    assert.deepEqual(takers.response.takes(signed, { key: 'ec-p256' }), takers.response.genuine);
  });
});
