import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { suite, test } from 'node:test';
import { fixtureCertificate, fixtureKey, uris } from '../fixtures/hand-signer.ts';
import { metadataShapes } from '../fixtures/metadata-shapes.ts';
import { aggregateText, placed } from '../fixtures/metadata-text.ts';
import { samlsignComplaint, samlsigned } from '../fixtures/samlsign.ts';
import * as given from '../fixtures/web-sso.ts';
import { xmlsec1Complaint, xmlsec1Signed } from '../fixtures/xmlsec1.ts';
import { readAggregate } from '../metadata/aggregate.ts';
import { readIdpMetadata } from '../metadata/idp-metadata.ts';
import { readSpMetadata } from '../metadata/sp-metadata.ts';
import { namespaces, signatureAlgorithms } from '../names.ts';
import { signElement } from '../signature/sign.ts';
import { element } from '../xml/build.ts';
import { writeXml } from '../xml/write.ts';
import { judgedKeys } from './written-messages.ts';

/* Metadata between us and the two programs that federations sign theirs with: samlsign and xmlsec1. */

const { metadata, protocol } = namespaces;
const md = (
  local: string,
  attributes: Record<string, string>,
  children: Parameters<typeof element>[2] = [],
) => element({ namespace: metadata, local }, attributes, children);

/** An aggregate as our writer writes and signs one. */
function built(entityIds: readonly string[]) {
  const location = { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: given.replyUrl };
  return md(
    'EntitiesDescriptor',
    { ID: '_aggregate', Name: 'urn:federation', validUntil: '2030-01-01T00:00:00Z' },
    entityIds.map((entityID) =>
      md('EntityDescriptor', { entityID }, [
        md('SPSSODescriptor', { protocolSupportEnumeration: protocol }, [
          md('AssertionConsumerService', { ...location, index: '0' }),
        ]),
      ]),
    ),
  );
}

const names = ['urn:a', 'urn:b<&>', 'urn:日本'];

suite('an aggregate that we sign', () => {
  for (const { key, algorithm } of judgedKeys) {
    test(`with ${algorithm} is verified by samlsign, xmlsec1 and here`, async () => {
      const signing = { key: fixtureKey(key), certificate: fixtureCertificate(key), algorithm };
      const xml = writeXml(await signElement(built(names), signing));
      assert.equal(samlsignComplaint(xml, key), '');
      assert.equal(xmlsec1Complaint([xml], key), '');
      const trust = { certificates: [fixtureCertificate(key)] };
      const aggregate = readAggregate(Buffer.from(xml), { trust });
      assert.deepEqual(
        Array.from(aggregate.entities(), ({ entityId }) => entityId),
        names,
      );
      assert.equal(aggregate.signature, 'verified');
      assert.notEqual(samlsignComplaint(xml.replace('urn:a', 'urn:x'), key), '');
    });
  }
});

/** Far from canonical form: declarations, comments, instructions, character references, line ends. */
const untidy = placed(
  aggregateText({ name: 'urn:federation' }),
  '\r\n<!-- a comment --><?an instruction?>\r\n',
)
  .replace('<EntitiesDescriptor ', '<!-- in front -->\n<EntitiesDescriptor xmlns:unused="urn:unused" ')
  .replaceAll('<EntityDescriptor', '\n\t<!-- another --><EntityDescriptor')
  .replaceAll('></SingleSignOnService>', '/>')
  .replaceAll('entityID="https', "entityID='&#x68;ttps")
  .replaceAll(/entityID='([^"]*)"/g, "entityID='$1'");

const template = (canonicalization: string): string =>
  `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${canonicalization}"/>` +
  `<ds:SignatureMethod Algorithm="${uris.rsaSha256}"/><ds:Reference URI="#_metadata"><ds:Transforms><ds:Transform Algorithm="${uris.enveloped}"/>` +
  `<ds:Transform Algorithm="${canonicalization}"/></ds:Transforms><ds:DigestMethod Algorithm="${uris.sha256}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>`;

const verified = (xml: string, key: 'rsa' | 'ec-p256' | 'ec-p384' = 'rsa'): void => {
  const aggregate = readAggregate(Buffer.from(xml), { trust: { certificates: [fixtureCertificate(key)] } });
  assert.equal(aggregate.find(given.identityProvider)?.identityProvider().signature, 'verified');
  assert.equal(aggregate.find(given.serviceProvider)?.serviceProvider().signature, 'verified');
};

suite('an aggregate that they sign is verified here', () => {
  for (const [key, algorithm] of [
    ['rsa', 'rsa-sha256'],
    ['rsa', 'rsa-sha512'],
    ['ec-p256', 'ecdsa-sha256'],
    ['ec-p384', 'ecdsa-sha384'],
  ] as const) {
    test(`samlsign, with ${algorithm}`, () => {
      // OpenSAML refuses processing instructions altogether.
      const plain = untidy.replaceAll(/<\?.*?\?>/g, '');
      verified(
        samlsigned(plain, key, { algorithm: signatureAlgorithms[algorithm], digest: uris.sha256 }),
        key,
      );
    });
  }

  for (const canonicalization of [
    uris.exclusive,
    'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
    'http://www.w3.org/2006/12/xml-c14n11',
  ]) {
    test(`xmlsec1, with ${canonicalization}`, () => {
      const signed = xmlsec1Signed(
        placed(untidy.replace('<!-- in front -->\n', ''), template(canonicalization)),
        'rsa',
      );
      verified(signed);
      assert.throws(() => verified(signed.replace('urn:federation', 'urn:federatioN')), {
        code: 'signature-digest',
      });
    });
  }
});

suite('metadata in the shapes of the products, signed by samlsign, is verified here', () => {
  for (const [product, xml] of Object.entries(metadataShapes)) {
    // Signed already, or not readable without a switch.
    if (xml.includes('SignatureValue') || product.includes('base64')) continue;
    test(product, () => {
      const withId = / ID="/.test(xml) ? xml : xml.replace(' entityID=', ' ID="_metadata" entityID=');
      const signed = Buffer.from(
        samlsigned(withId, 'rsa', { algorithm: uris.rsaSha256, digest: uris.sha256 }),
      );
      const trust = { certificates: [fixtureCertificate('rsa')] };
      const read = product.includes('as-service-provider') ? readSpMetadata : readIdpMetadata;
      assert.equal(read(signed, { trust }).signature, 'verified');
    });
  }
});
