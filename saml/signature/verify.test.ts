import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import { SignedXml } from 'xml-crypto';
import type { CompatibilitySwitch } from '../compatibility.ts';
import {
  algorithm,
  assertionText,
  type Change,
  type FixtureKey,
  fixtureCertificate,
  fixtureKey,
  handSignature,
  responseText,
  signedAssertionText,
  uris,
} from '../fixtures/hand-signer.ts';
import { harmlessWrapping, wrappingAttacks } from '../fixtures/wrapping-attacks.ts';
import { xmlsec1Signed } from '../fixtures/xmlsec1.ts';
import { type Limits, limits } from '../limits.ts';
import { SamlRejection } from '../rejection.ts';
import type { RuleCode } from '../rules.ts';
import { canonicalize } from '../xml/canonical.ts';
import { childElements } from '../xml/content.ts';
import { readXml } from '../xml/reader.ts';
import type { XmlElement } from '../xml/tree.ts';
import { verifySignature } from './verify.ts';

type Options = { owner?: string; keys?: FixtureKey[]; allow?: CompatibilitySwitch[]; limits?: Limits };

/** The canonical text of what a consumer is given for the root, or for the root's first child of a name. */
function verified(message: string, options: Options = {}): string {
  const document = readXml(Buffer.from(message), options.limits ?? limits.message);
  const { owner: local } = options;
  const owner =
    local === undefined ? document.root : childElements(document.root).find((child) => child.local === local);
  const certificates = (options.keys ?? ['rsa']).map(fixtureCertificate);
  const trust = { certificates, allow: options.allow ?? [], limits: options.limits ?? limits.message };
  return exclusive(verifySignature(document, owner ?? assert.fail(), trust).value);
}

/** The canonical text of an element. */
function exclusive(element: XmlElement): string {
  return canonicalize(element, { method: 'exclusive' });
}

function refuses(code: RuleCode, message: string, options?: Options): void {
  assert.throws(() => verified(message, options), { name: 'SamlRejection', code });
}

const prefixList = (list: string): string =>
  `<ec:InclusiveNamespaces xmlns:ec="${uris.exclusive}" PrefixList="${list}"></ec:InclusiveNamespaces>`;

describe('what was verified is what is read', () => {
  test('the verified data is what was signed, without the signature', () => {
    assert.equal(verified(signedAssertionText()), assertionText());
    assert.equal(verified(responseText(signedAssertionText()), { owner: 'Assertion' }), assertionText());
  });

  test('a change outside the signed element does not touch the verified data', () => {
    const message = responseText(signedAssertionText()).replace('status:Success', 'status:Requester');
    assert.equal(verified(message, { owner: 'Assertion' }), assertionText());
  });

  for (const [name, { message }] of Object.entries(wrappingAttacks)) {
    test(`${name}: whichever element a consumer may go for, the forgery does not come out`, () => {
      let elements = 0;
      const document = readXml(Buffer.from(message), limits.message);
      const waiting = [document.root];
      for (let owner = waiting.pop(); owner !== undefined; owner = waiting.pop()) {
        elements++;
        waiting.push(
          ...owner.children.filter((child) => typeof child !== 'string' && child.kind === 'element'),
        );
        let text = '';
        try {
          text = exclusive(
            verifySignature(document, owner, { certificates: [fixtureCertificate('rsa')] }).value,
          );
        } catch (error) {
          assert.ok(error instanceof SamlRejection, String(error));
        }
        assert.ok(!text.includes('admin@contoso.example'));
      }
      assert.ok(elements > 20);
    });
  }

  test('a forgery where nobody reads leaves the original as it is', () => {
    assert.equal(verified(harmlessWrapping, { owner: 'Assertion' }), assertionText());
  });

  test('a comment that splits a name is refused, with the signature intact under canonicalization', () => {
    const name = 'admin@contoso.example.attacker.example';
    const signed = signedAssertionText({}, { user: name });
    assert.equal(verified(signed), assertionText({ user: name }));
    refuses('xml-comment', signed.replace('.attacker', '<!---->.attacker'));
    refuses('xml-comment', signed.replace('.attacker', '<!---->.attacker'), { limits: limits.metadata });
    refuses('xml-processing-instruction', signed.replace('.attacker', '<?x?>.attacker'));
  });

  test('the same name spelled with CDATA and references is read whole', () => {
    const name = 'admin@contoso.example.attacker.example';
    const signed = signedAssertionText({}, { user: name });
    const spelled = signed.replace(
      name,
      '<![CDATA[admin@contoso.example]]>&#x2E;attacker<![CDATA[]]>.example',
    );
    assert.equal(verified(spelled), assertionText({ user: name }));
  });

  test('a comment between elements of metadata is not part of what is signed', () => {
    const message = signedAssertionText().replace('<saml:Subject>', '<saml:Subject><!-- a remark -->');
    assert.equal(verified(message, { limits: limits.metadata }), assertionText());
  });

  test('a processing instruction of metadata is part of what is signed inside, and not outside', () => {
    const around = (text: string): string =>
      responseText(signedAssertionText()).replace('<saml:Assertion', text);
    const options: Options = { owner: 'Assertion', limits: limits.metadata };
    assert.equal(verified(around('<?x y?><saml:Assertion'), options), assertionText());
    const inside = responseText(signedAssertionText()).replace('<saml:Subject>', '<?x y?><saml:Subject>');
    refuses('signature-digest', inside, options);
  });

  test('the order in which attributes are written makes no difference, nor do those of other namespaces', () => {
    const honest = signedAssertionText();
    const reordered = honest.replace(/ (ID="\w+") (IssueInstant="\S+") (Version="2.0")/, ' $3\n$2 \t$1');
    assert.notEqual(reordered, honest);
    assert.equal(verified(reordered), assertionText());
    const decoy = signedAssertionText({}, { idAttribute: 'xmlns:p="urn:p" ID="_assertion" p:ID="_decoy"' });
    const first = decoy.replace('ID="_assertion" p:ID="_decoy"', 'p:ID="_decoy" ID="_assertion"');
    refuses('signature-digest', first);
  });

  test('a comment inside the digest of metadata does not shorten it', () => {
    const message = signedAssertionText().replace('<ds:DigestValue>', '<ds:DigestValue><!---->');
    refuses('xml-comment', message, { limits: limits.metadata });
  });

  test('a look-alike of another namespace is neither a signature nor an owner', () => {
    const lookAlike = (text: string): string =>
      text.replaceAll('http://www.w3.org/2000/09/xmldsig#"', 'http://www.w3.org/2000/09/xmldsig#x"');
    refuses('signature-missing', lookAlike(signedAssertionText()));
    refuses(
      'signature-misplaced',
      signedAssertionText().replaceAll('SAML:2.0:assertion', 'SAML:2.0:assertion:x'),
    );
    refuses('signature-misplaced', signedAssertionText().replaceAll('saml:Assertion', 'saml:assertion'));
  });

  test('what stands before and behind the root makes no difference; prefixes do, for they are signed', () => {
    const honest = signedAssertionText();
    assert.equal(verified(`<?xml version="1.0"?>\r\n${honest}\r\n`), assertionText());
    refuses('signature-digest', honest.replaceAll('saml:', 'saml2:').replace('xmlns:saml=', 'xmlns:saml2='));
  });
});

describe('signatures as products make them', () => {
  const transforms = (uri: string, content = ''): string =>
    algorithm('Transform', uris.enveloped) + algorithm('Transform', uri, content);

  test('line breaks in the digest and in the signature value', () => {
    const lines = (text: string): string => text.replaceAll(/.{20}/g, '$&\n\t');
    const message = signedAssertionText({
      references: (reference) => reference.replace(/(?<=<ds:DigestValue>)[^<]+/, lines),
      signatureValue: lines,
    });
    assert.equal(message.split('\n\t').length, 2 + 17 + 1);
    assert.equal(verified(message), assertionText());
  });

  test('with an Id on every part and anything in KeyInfo', () => {
    const message = signedAssertionText({
      keyInfo:
        '<ds:KeyInfo Id="_k"><ds:X509Data><ds:X509Certificate>not one</ds:X509Certificate></ds:X509Data><x/></ds:KeyInfo>',
      signedInfo: (text) =>
        text.replace('<ds:Reference ', '<ds:Reference Id="_r" ').replace('#">', '#" Id="_i">'),
    })
      .replace('<ds:SignatureValue>', '<ds:SignatureValue Id="_v">')
      .replace('<ds:Signature ', '<ds:Signature Id="_s" ');
    assert.equal(verified(message), assertionText());
  });

  test('with an attribute that nobody knows on any part it is refused, however genuine it is', () => {
    const trusted = (text: string, local: string): string => text.replace(`<ds:${local}`, `$& Trusted="x"`);
    const inside = (local: string): string =>
      signedAssertionText({
        // Declarations come in front of attributes in canonical form.
        signedInfo: (honest) =>
          local === 'SignedInfo' ? honest.replace('#">', '#" Trusted="x">') : trusted(honest, local),
      });
    for (const local of ['Signature', 'SignatureValue'])
      refuses('signature-grammar', trusted(signedAssertionText(), `${local}`));
    for (const local of ['SignedInfo', 'Transforms', 'DigestValue'])
      refuses('signature-grammar', inside(local));
    refuses('signature-reference', inside('Reference'));
  });

  test('with a PrefixList whose prefixes do not occur', () => {
    const message = signedAssertionText({
      transforms: transforms(uris.exclusive, prefixList('xs #default xsi')),
    });
    assert.equal(verified(message), assertionText());
  });

  test('with a PrefixList of 32 prefixes, the most there may be', () => {
    const list = Array.from({ length: 32 }, (_, i) => `p${i}`).join(' ');
    const message = signedAssertionText({ transforms: transforms(uris.exclusive, prefixList(list)) });
    assert.equal(verified(message), assertionText());
  });

  test('a reference to something else is refused with both, the expected and the actual one', () => {
    assert.throws(() => verified(signedAssertionText({ uri: '#_other' })), {
      code: 'signature-reference',
      expected: '#_assertion',
      actual: '#_other',
    });
  });

  test('any of several configured keys, in any order, and none but them', () => {
    const message = signedAssertionText({ key: 'rsa-other' });
    assert.equal(verified(message, { keys: ['ec-p256', 'rsa', 'rsa-other'] }), assertionText());
    refuses('signature-invalid', message, { keys: ['ec-p256', 'rsa'] });
  });

  test('made with a key whose public exponent is 3, as old products chose it', () => {
    const message = signedAssertionText({ key: 'rsa-exponent-3' });
    assert.equal(verified(message, { keys: ['rsa-exponent-3'] }), assertionText());
  });

  test('beside a key that is costly to verify with, which is passed over', () => {
    const keys: FixtureKey[] = ['rsa-exponent-33-bits', 'rsa'];
    assert.equal(verified(signedAssertionText(), { keys }), assertionText());
    refuses('signature-invalid', signedAssertionText({ key: 'rsa-exponent-33-bits' }), { keys });
    refuses('certificate-key-costly', signedAssertionText(), { keys: ['rsa-exponent-33-bits'] });
  });

  const exceptions: [what: string, Change, RuleCode, FixtureKey, CompatibilitySwitch[]][] = [
    [
      'SHA-1 in the signature',
      {
        hash: 'sha1',
        signatureMethod: algorithm('SignatureMethod', 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'),
      },
      'signature-algorithm',
      'rsa',
      ['sha1-signature'],
    ],
    [
      'SHA-1 in the digest',
      {
        digestHash: 'sha1',
        digestMethod: algorithm('DigestMethod', 'http://www.w3.org/2000/09/xmldsig#sha1'),
      },
      'signature-digest-algorithm',
      'rsa',
      ['sha1-digest'],
    ],
    ['an RSA key of 1024 bits', { key: 'rsa-1024' }, 'signature-key-weak', 'rsa-1024', ['rsa-1024']],
    [
      'RSASSA-PSS',
      {
        signatureMethod: algorithm(
          'SignatureMethod',
          'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
        ),
        signingOptions: { padding: 6, saltLength: 32 },
      },
      'signature-algorithm',
      'rsa',
      ['rsa-pss'],
    ],
  ];
  for (const [what, change, code, key, allow] of exceptions) {
    test(`${what} needs its switch, and no other switch will do`, () => {
      const message = signedAssertionText(change);
      const others = exceptions
        .flatMap(([, , , , switches]) => switches)
        .filter((name) => !allow.includes(name));
      refuses(code, message, { keys: [key] });
      refuses(code, message, { keys: [key], allow: others });
      assert.equal(verified(message, { keys: [key], allow }), assertionText());
    });
  }

  test('an ID that is no XML name needs its switch', () => {
    const message = signedAssertionText({}, { id: '1:a' });
    assert.equal(verified(message, { allow: ['id-not-ncname'] }), assertionText({ id: '1:a' }));
    refuses('signature-reference', signedAssertionText({}, { id: '' }), { allow: ['id-not-ncname'] });
  });

  test('a signature at the end needs its switch', () => {
    const message = assertionText({ last: handSignature(assertionText(), '_assertion') });
    assert.equal(verified(message, { allow: ['signature-last'] }), assertionText());
    const both = assertionText({
      signature: handSignature(assertionText(), '_assertion'),
      last: handSignature(assertionText(), '_assertion'),
    });
    refuses('signature-misplaced', both, { allow: ['signature-last'] });
  });

  test('made by xml-crypto', () => {
    const signer = new SignedXml({
      privateKey: fixtureKey('rsa').export({ type: 'pkcs8', format: 'pem' }),
      signatureAlgorithm: uris.rsaSha256,
      canonicalizationAlgorithm: uris.exclusive,
    });
    signer.addReference({
      xpath: "//*[local-name(.)='Assertion']",
      transforms: [uris.enveloped, uris.exclusive],
      digestAlgorithm: uris.sha256,
    });
    signer.computeSignature(responseText(assertionText()), {
      prefix: 'ds',
      location: { reference: "//*[local-name(.)='Assertion']/*[local-name(.)='Issuer']", action: 'after' },
    });
    assert.equal(verified(signer.getSignedXml(), { owner: 'Assertion' }), assertionText());
  });

  const exclusively = (prefixes: string): string =>
    `<ec:InclusiveNamespaces xmlns:ec="${uris.exclusive}" PrefixList="${prefixes}"/>`;
  const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
  const inclusive11 = 'http://www.w3.org/2006/12/xml-c14n11';
  const prefixes = exclusively('xs #default samlp nowhere');
  for (const [what, info, transform, content] of [
    ['exclusive canonicalization', uris.exclusive, uris.exclusive, ''],
    ['exclusive canonicalization with a PrefixList', uris.exclusive, uris.exclusive, prefixes],
    ['inclusive canonicalization 1.0', inclusive, inclusive, ''],
    ['inclusive canonicalization 1.1', inclusive11, inclusive11, ''],
    ['inclusive canonicalization of the SignedInfo alone', inclusive11, uris.exclusive, ''],
    ['inclusive canonicalization of the assertion alone', uris.exclusive, inclusive, ''],
  ] as const) {
    for (const key of ['rsa', 'ec-p384'] as const) {
      test(`made by xmlsec1 with ${what} and a key of ${key}, in a document full of namespaces`, () => {
        const method = key === 'rsa' ? uris.rsaSha256 : 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384';
        const template =
          '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">\n<SignedInfo>\r\n' +
          `<CanonicalizationMethod Algorithm="${info}">${content}</CanonicalizationMethod><SignatureMethod Algorithm="${method}"/>` +
          `<Reference URI="#_assertion"><Transforms><Transform Algorithm="${uris.enveloped}"/>` +
          `<Transform Algorithm="${transform}">${content}</Transform></Transforms>` +
          '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha512"/><DigestValue/></Reference>' +
          '</SignedInfo><SignatureValue/><KeyInfo/></Signature>';
        const assertion = assertionText({ signature: template })
          .replace(
            '<saml:Subject>',
            '\n  <saml:Subject\n xmlns:xs="urn:xs:2"  xmlns=""  >\r\n<!-- a remark --><plain b="2" a="1"/>',
          )
          .replace('<saml:NameID>', '<saml:NameID xmlns:xsi="urn:xsi" xsi:type="xs:string" xml:lang="de">');
        const message = responseText(assertion).replace(
          '<samlp:Response ',
          '<samlp:Response xmlns="urn:default" xmlns:xs="urn:xs:1" xmlns:unused="urn:unused" xml:lang="en" xml:space="preserve" ',
        );
        const signed = xmlsec1Signed(message, key);
        const options: Options = { owner: 'Assertion', keys: [key], limits: limits.metadata };
        assert.match(verified(signed, options), /<saml:NameID [^>]*>b\.simon@contoso\.example</);
        refuses('signature-digest', signed.replace('xml:lang="de"', 'xml:lang="fr"'), options);
        // What is declared around and not used counts for inclusive canonicalization, and only for it.
        const unused = signed.replace('urn:unused', 'urn:used');
        if (info !== uris.exclusive) refuses('signature-invalid', unused, options);
        else if (transform !== uris.exclusive) refuses('signature-digest', unused, options);
        else assert.equal(verified(unused, options), verified(signed, options));
      });
    }
  }
});
