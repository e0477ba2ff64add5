import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { SignedXml } from 'xml-crypto';
import { type FixtureKey, fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { xmlsec1Complaint } from '../fixtures/xmlsec1.ts';
import { limits } from '../limits.ts';
import { namespaces, type SignatureAlgorithmName } from '../names.ts';
import { type BuiltChild, type BuiltElement, element } from '../xml/build.ts';
import { canonicalize } from '../xml/canonical.ts';
import { childElements } from '../xml/content.ts';
import { readXml } from '../xml/reader.ts';
import { writeXml } from '../xml/write.ts';
import { signElement, signRedirect } from './sign.ts';
import { verifyRedirectSignature, verifySignature } from './verify.ts';

// What XML has no way to say: control characters, non-characters and halves of surrogate pairs.
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const keyFor: Record<SignatureAlgorithmName, FixtureKey> = {
  'rsa-sha256': 'rsa',
  'rsa-sha384': 'rsa',
  'rsa-sha512': 'rsa-other',
  'rsa-pss-sha256': 'rsa',
  'rsa-pss-sha384': 'rsa',
  'rsa-pss-sha512': 'rsa',
  'rsa-sha1': 'rsa',
  'ecdsa-sha256': 'ec-p256',
  'ecdsa-sha384': 'ec-p384',
  'ecdsa-sha512': 'ec-p521',
};
const algorithms = Object.entries(keyFor) as [SignatureAlgorithmName, FixtureKey][];
const exceptions = ['rsa-pss', 'sha1-signature', 'sha1-digest'] as const;
const saml = (local: string, attributes = {}, children: BuiltChild[] = []): BuiltElement =>
  element({ namespace: namespaces.assertion, local }, attributes, children);

const assertion = saml(
  'Assertion',
  { ID: '_assertion', Version: '2.0', IssueInstant: '2026-11-23T12:00:00.000Z' },
  [
    saml('Issuer', {}, ['https://id.example/']),
    saml('Subject', {}, [saml('NameID', {}, ['Ä <&>"\' \r\n\t \u{1f600}'])]),
  ],
);

function response(content: BuiltChild): BuiltElement {
  const name = { namespace: namespaces.protocol, local: 'Response', prefix: 'samlp' };
  return element(name, { ID: '_response', Version: '2.0' }, [
    saml('Issuer', {}, ['https://id.example/']),
    content,
  ]);
}

const signing = (algorithm: SignatureAlgorithmName, key: FixtureKey) => ({
  key: fixtureKey(key),
  certificate: fixtureCertificate(key),
  algorithm,
  allow: exceptions,
});

const assertionSignature = '/*/*[local-name()="Assertion"]/*[local-name()="Signature"]';

describe('signing', () => {
  for (const [algorithm, key] of algorithms) {
    test(`with ${algorithm} verifies here and gives back the tree that was signed`, async () => {
      const xml = writeXml(response(await signElement(assertion, signing(algorithm, key))));
      const document = readXml(Buffer.from(xml), limits.message);
      const [, owner = assert.fail()] = childElements(document.root);
      const trust = { certificates: [fixtureCertificate(key)], allow: exceptions };
      const signed = verifySignature(document, owner, trust).value;
      assert.equal(canonicalize(signed, { method: 'exclusive' }), writeXml(assertion));
    });
  }

  // xmlsec1 1.2 does not know RSASSA-PSS.
  for (const [algorithm, key] of algorithms.filter(([name]) => !name.startsWith('rsa-pss'))) {
    test(`with ${algorithm} satisfies xmlsec1, of the assertion and of the response around it`, async () => {
      const inner = await signElement(assertion, signing(algorithm, key));
      const xml = writeXml(await signElement(response(inner), signing(algorithm, key)));
      assert.equal(xmlsec1Complaint([xml], key), '');
      assert.equal(xmlsec1Complaint([xml], key, assertionSignature), '');
      assert.match(xmlsec1Complaint([xml.replace('id.example', 'ID.example')], key), /.+/);
    });
  }

  for (const algorithm of ['rsa-sha256', 'rsa-sha512'] as const) {
    test(`with ${algorithm} satisfies xml-crypto`, async () => {
      const xml = writeXml(await signElement(assertion, signing(algorithm, 'rsa')));
      const [signature = assert.fail()] = /<Signature.*<\/Signature>/.exec(xml) ?? [];
      const judge = new SignedXml({
        publicCert: fixtureCertificate('rsa').toString(),
        getCertFromKeyInfo: () => null,
      });
      judge.loadSignature(signature);
      assert.equal(judge.checkSignature(xml), true);
      assert.deepEqual(judge.getSignedReferences(), [writeXml(assertion)]);
    });
  }

  test('of any text that XML can carry satisfies xmlsec1', async () => {
    const xmlText = fc
      .string({ unit: 'binary', maxLength: 30 })
      .map((text) => text.replaceAll(forbidden, '?'));
    const texts = fc.sample(fc.tuple(xmlText, xmlText), 25);
    const documents = await Promise.all(
      texts.map(async ([text, value]) => {
        const tree = saml('Assertion', { ID: '_a', Version: value }, [saml('Issuer', {}, [text]), text]);
        return writeXml(await signElement(tree, signing('ecdsa-sha256', 'ec-p256')));
      }),
    );
    assert.equal(xmlsec1Complaint(documents, 'ec-p256'), '');
  });

  test('puts the signature behind a leading Issuer, and first where there is none', async () => {
    const names = async (tree: BuiltElement): Promise<string[]> => {
      const signed = await signElement(tree, signing('rsa-sha256', 'rsa'));
      const { root } = readXml(Buffer.from(writeXml(signed)), limits.message);
      return childElements(root).map(({ local }) => local);
    };
    assert.deepEqual(await names(assertion), ['Issuer', 'Signature', 'Subject']);
    assert.deepEqual(await names(saml('Assertion', { ID: '_a' }, [saml('Subject')])), [
      'Signature',
      'Subject',
    ]);
    assert.deepEqual(await names(saml('Assertion', { ID: '_a' })), ['Signature']);
  });

  test('carries the certificate for products that want to see it', async () => {
    const xml = writeXml(await signElement(assertion, signing('rsa-sha256', 'rsa')));
    assert.ok(
      xml.includes(`<X509Certificate>${fixtureCertificate('rsa').raw.toString('base64')}</X509Certificate>`),
    );
  });

  for (const [what, algorithm, key, code, actual] of [
    [
      'an RSA algorithm for an elliptic-curve key',
      'rsa-sha256',
      'ec-p256',
      'signature-key-type',
      'ec for rsa-sha256',
    ],
    [
      'an elliptic-curve algorithm for an RSA key',
      'ecdsa-sha256',
      'rsa',
      'signature-key-type',
      'rsa for ecdsa-sha256',
    ],
    [
      'an elliptic curve that is not listed',
      'ecdsa-sha256',
      'ec-k256',
      'signature-key-type',
      'ec for ecdsa-sha256',
    ],
    ['an RSA key below 2048 bits', 'rsa-sha256', 'rsa-1024', 'signature-key-weak', undefined],
    [
      'an RSA key that is costly to verify with',
      'rsa-sha256',
      'rsa-exponent-33-bits',
      'certificate-key-costly',
      undefined,
    ],
    ['SHA-1 unless it is allowed by name', 'rsa-sha1', 'rsa', 'signature-algorithm', 'rsa-sha1'],
    [
      'RSASSA-PSS unless it is allowed by name',
      'rsa-pss-sha256',
      'rsa',
      'signature-algorithm',
      'rsa-pss-sha256',
    ],
  ] as const) {
    test(`refuses ${what}`, async () => {
      const refused = actual === undefined ? { code } : { code, actual };
      await assert.rejects(signElement(assertion, { key: fixtureKey(key), algorithm }), refused);
    });
  }

  test('refuses an RSA key below 1024 bits whatever is allowed, and keys of other kinds', async () => {
    const { privateKey: short } = generateKeyPairSync('rsa', { modulusLength: 768 });
    const { privateKey: other } = generateKeyPairSync('ed25519');
    const allow = ['rsa-1024'] as const;
    await assert.rejects(signElement(assertion, { key: short, algorithm: 'rsa-sha256', allow }), {
      code: 'signature-key-weak',
    });
    await assert.rejects(signElement(assertion, { key: other, algorithm: 'ecdsa-sha256', allow }), {
      code: 'signature-key-type',
      actual: 'ed25519 for ecdsa-sha256',
    });
  });

  test('refuses a tree whose ID could not be referenced', async () => {
    await assert.rejects(signElement(saml('Assertion'), signing('rsa-sha256', 'rsa')), /NCName/);
    await assert.rejects(signElement(saml('Assertion', { ID: '1' }), signing('rsa-sha256', 'rsa')), /NCName/);
  });
});

describe('the signature of a redirect', () => {
  const query = Buffer.from('SAMLRequest=fZ&RelayState=a&SigAlg=b');
  const uri = (algorithm: 'rsa-sha256' | 'ecdsa-sha256'): string =>
    `http://www.w3.org/2001/04/xmldsig-more#${algorithm}`;

  for (const [algorithm, key] of [
    ['rsa-sha256', 'rsa'],
    ['ecdsa-sha256', 'ec-p256'],
  ] as const) {
    test(`with ${algorithm} verifies here, and by OpenSSL alone`, () => {
      const signature = signRedirect(query, signing(algorithm, key));
      const trust = { certificates: [fixtureCertificate('rsa-other'), fixtureCertificate(key)] };
      const received = { algorithm: uri(algorithm), signature, signedOctets: query };
      assert.equal(verifyRedirectSignature(received, trust, (octets) => octets).value, query);
      const publicKey: KeyObject = createPublicKey(fixtureKey(key));
      assert.ok(verify('sha256', query, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature));
    });
  }

  test('covers every octet, and nothing is read before it is verified', () => {
    const signature = signRedirect(query, signing('rsa-sha256', 'rsa'));
    const changed = Buffer.from(query.toString().replace('RelayState=a', 'RelayState=b'));
    const received = { algorithm: uri('rsa-sha256'), signature, signedOctets: changed };
    const trust = { certificates: [fixtureCertificate('rsa')] };
    const read = (): never => assert.fail('read before verification');
    assert.throws(() => verifyRedirectSignature(received, trust, read), { code: 'signature-invalid' });
    const unknown = {
      ...received,
      signedOctets: query,
      algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    };
    assert.throws(() => verifyRedirectSignature(unknown, trust, read), { code: 'signature-algorithm' });
    assert.throws(() => verifyRedirectSignature(received, { certificates: [] }, read), {
      code: 'signature-key-missing',
    });
  });
});
