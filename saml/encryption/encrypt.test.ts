import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { schemaComplaint } from '../fixtures/oasis-schemas.ts';
import * as given from '../fixtures/web-sso.ts';
import { type AcceptResponseInput, acceptResponse } from '../profiles/accept-response.ts';
import { type IssueInput, issueResponse } from '../profiles/issue-response.ts';
import type { Encryption } from './encrypt.ts';

const certificate = fixtureCertificate('sp');
const contents = ['aes128-gcm', 'aes256-gcm', 'aes128-cbc', 'aes256-cbc'] as const;
const transports = ['rsa-oaep-mgf1p', 'rsa-oaep'] as const;
const signs = ['assertion', 'response', 'both'] as const;
const what = ['assertion', 'name-id', 'both'] as const;

const issue = async (
  encryption: NonNullable<IssueInput['encryption']>,
  sign: (typeof signs)[number] = 'assertion',
) => {
  const { signing } = given.issueInput();
  return (await issueResponse(given.issueInput({ encryption, signing: { ...signing, sign } }))).xml;
};

const receiver = (allow: AcceptResponseInput['identityProvider']['allow'] = []) => ({
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
});

describe('whatever is encrypted here is accepted here, says what was put in, and is valid by the schemas', () => {
  const { nameId, attributes } = given.issueInput();
  for (const content of contents) {
    for (const keyTransport of transports) {
      for (const sign of signs) {
        for (const encrypt of what) {
          test(`${content} under ${keyTransport}, ${encrypt} encrypted, ${sign} signed`, async () => {
            const xml = await issue({ certificate, content, keyTransport, encrypt }, sign);
            const accepted = acceptResponse(
              given.acceptInput(
                given.posted(xml),
                receiver(content.endsWith('cbc') ? ['cbc', 'cbc-unauthenticated'] : []),
              ),
            );
            assert.partialDeepStrictEqual(accepted, {
              nameId,
              attributes,
              signed: sign,
              encrypted: encrypt !== 'name-id',
            });
            assert.equal(schemaComplaint(xml, 'protocol'), '');
            assert.ok(!xml.includes('b.simon'), 'the name is there to be read');
          });
        }
      }
    }
  }
});

test('what is not said is AES-256-GCM under RSA-OAEP-MGF1P with SHA-1, for the assertion', async () => {
  const xml = await issue({ certificate });
  assert.equal(
    xml.replace(/^.*<EncryptedAssertion/, '<EncryptedAssertion').replaceAll(/>[A-Za-z0-9+/=]+</g, '>…<'),
    '<EncryptedAssertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element">' +
      '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"></xenc:EncryptionMethod>' +
      '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p">' +
      '<ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"></ds:DigestMethod></xenc:EncryptionMethod>' +
      '<xenc:CipherData><xenc:CipherValue>…</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>' +
      '<xenc:CipherData><xenc:CipherValue>…</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></EncryptedAssertion></samlp:Response>',
  );
});

test('the newer key transport names SHA-256 for digest and mask', async () => {
  const xml = await issue({ certificate, keyTransport: 'rsa-oaep' });
  assert.ok(
    xml.includes(
      '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#rsa-oaep">' +
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>' +
        '<xenc11:MGF xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" Algorithm="http://www.w3.org/2009/xmlenc11#mgf1sha256"></xenc11:MGF>',
    ),
  );
});

test('no key, vector or ciphertext is used twice', async () => {
  const seen = new Set<string>();
  for (let i = 0; i < 20; i++) {
    const xml = await issue({ certificate, content: i % 2 === 0 ? 'aes128-gcm' : 'aes128-cbc' });
    for (const [, value = ''] of xml.matchAll(/<xenc:CipherValue>([^<]*)</g)) {
      const start = value.slice(0, 16);
      assert.ok(!seen.has(start));
      seen.add(start);
    }
  }
  assert.equal(seen.size, 40);
});

describe('the response is signed over the ciphertext', () => {
  for (const sign of ['response', 'both'] as const) {
    test(sign, async () => {
      const xml = await issue({ certificate }, sign);
      const other = await issue({ certificate }, sign);
      const encrypted = (text: string) =>
        /<EncryptedAssertion.*<\/EncryptedAssertion>/.exec(text)?.[0] ?? assert.fail();
      const exchanged = xml.replace(encrypted(xml), encrypted(other));
      assert.throws(() => acceptResponse(given.acceptInput(given.posted(exchanged), receiver())), {
        code: 'signature-digest',
      });
    });
  }
});

describe('nothing is encrypted for a key that is too weak', () => {
  const attempts: [string, Encryption, { expected: string; actual: string }][] = [
    [
      'RSA with 1024 bits',
      { certificate: fixtureCertificate('rsa-1024') },
      { expected: 'RSA with 2048 bits or more', actual: '1024' },
    ],
    [
      'an elliptic curve',
      { certificate: fixtureCertificate('ec-p256'), allow: ['rsa-1024'] },
      { expected: 'RSA with 1024 bits or more', actual: '0' },
    ],
  ];
  for (const [name, encryption, says] of attempts) {
    test(name, async () => {
      await assert.rejects(issue(encryption), { code: 'encryption-key-weak', ...says });
    });
  }

  test('unless the receiver has no longer one, by name', async () => {
    const xml = await issue({ certificate: fixtureCertificate('rsa-1024'), allow: ['rsa-1024'] });
    const { serviceProvider, ...peer } = receiver(['rsa-1024']);
    const accepted = acceptResponse(
      given.acceptInput(given.posted(xml), {
        ...peer,
        serviceProvider: { ...serviceProvider, decryptionKeys: [fixtureKey('rsa-1024')] },
      }),
    );
    assert.equal(accepted.encrypted, true);
  });
});
