import assert from 'node:assert/strict';
import { createPrivateKey, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { seal, unseal } from './key-vault.ts';
import { makeCertificate, parseCertificate, threeYearsAfter, usualSubject } from './make-certificate.ts';
import { publishedCertificates, signingCertificate } from './signing-certificate.ts';

const now = Date.parse('2026-11-23T12:34:56.789Z');

describe('A signing certificate', () => {
  test('is RSA 2048, self-signed with SHA-256, and lasts three years to the second', async () => {
    const made = await makeCertificate(usualSubject, now);
    const certificate = parseCertificate(Buffer.from(made.certificate).toString('base64'));
    assert.equal(certificate.subject, 'CN=Countersign Federated SSO Certificate');
    assert.equal(certificate.issuer, certificate.subject);
    assert.equal(certificate.validFromDate.toISOString(), '2026-11-23T12:34:56.000Z');
    assert.equal(certificate.validToDate.toISOString(), '2029-11-23T12:34:56.000Z');
    assert.deepEqual(
      [certificate.publicKey.asymmetricKeyType, certificate.publicKey.asymmetricKeyDetails?.modulusLength],
      ['rsa', 2048],
    );
    assert.equal(certificate.signatureAlgorithm, 'sha256WithRSAEncryption');
    assert.equal(certificate.verify(certificate.publicKey), true);
    assert.equal(certificate.fingerprint.replaceAll(':', ''), made.thumbprint);
    assert.deepEqual([made.startDateTime % 1000, made.endDateTime % 1000], [0, 0]);
    const key = createPrivateKey({ key: Buffer.from(made.privateKey), format: 'der', type: 'pkcs8' });
    assert.equal(certificate.checkPrivateKey(key), true);
  });

  test('made on 29 February ends on 1 March', () => {
    assert.equal(
      new Date(threeYearsAfter(Date.parse('2028-02-29T10:00:00Z'))).toISOString(),
      '2031-03-01T10:00:00.000Z',
    );
  });
});

describe('A key in the vault', () => {
  const masterKey = new Uint8Array(randomBytes(32));
  const row = { tenantId: 'tenant', id: 'certificate' };
  const secret = randomBytes(1_200);

  test('comes out as it went in, and looks different each time', () => {
    const sealed = seal(masterKey, row, secret);
    assert.deepEqual(unseal(masterKey, row, sealed), secret);
    assert.notEqual(seal(masterKey, row, secret), sealed);
    assert.ok(!Buffer.from(sealed).includes(secret.subarray(0, 16)));
  });

  test('stays in for another master key, another row, another organisation', () => {
    const sealed = seal(masterKey, row, secret);
    assert.throws(() => unseal(new Uint8Array(32), row, sealed), /COUNTERSIGN_MASTER_KEY/);
    assert.throws(() => unseal(masterKey, { ...row, id: 'other' }, sealed), /not encrypted under this/);
    assert.throws(() => unseal(masterKey, { ...row, tenantId: 'other' }, sealed), /not encrypted under this/);
  });

  test('stays in when any octet was changed, or the end is missing', () => {
    const sealed = seal(masterKey, row, secret);
    const [version, nonce = '', body = ''] = sealed.split('.');
    const octets = Buffer.from(body, 'base64url');
    for (const at of [0, 600, octets.length - 1]) {
      const changed = Buffer.from(octets);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.throws(() => unseal(masterKey, row, `${version}.${nonce}.${changed.toString('base64url')}`));
    }
    assert.throws(() =>
      unseal(masterKey, row, `${version}.${nonce}.${octets.subarray(0, 8).toString('base64url')}`),
    );
    assert.throws(() => unseal(masterKey, row, `v2.${nonce}.${body}`), /unknown form/);
    assert.throws(() => unseal(masterKey, row, ''), /unknown form/);
  });

  test('needs a master key of 32 octets', () => {
    assert.throws(() => seal(new Uint8Array(16), row, secret), /32 octets/);
  });
});

describe('The certificate that signs', () => {
  const day = 86_400_000;
  const certificate = (thumbprint: string, from: number, until: number, made = from) => ({
    thumbprint,
    startDateTime: now + from * day,
    endDateTime: now + until * day,
    createdDateTime: now + made * day,
  });
  const active = { preferredTokenSigningKeyThumbprint: 'ACTIVE' };
  const signs = (...certificates: ReturnType<typeof certificate>[]) =>
    signingCertificate(active, certificates, now)?.thumbprint;

  test('is the active one, also when another one is newer', () => {
    assert.equal(signs(certificate('NEW', -1, 100), certificate('ACTIVE', -10, 10)), 'ACTIVE');
  });
  test('is the newest valid other one once the active one has expired', () => {
    assert.equal(
      signs(certificate('OLD', -90, 10), certificate('NEW', -1, 100), certificate('ACTIVE', -100, -1)),
      'NEW',
    );
  });
  test('is not one that is not valid yet or any more', () => {
    assert.equal(
      signs(certificate('LATER', 1, 100, -1), certificate('OVER', -50, -2), certificate('ACTIVE', -100, -1)),
      'ACTIVE',
    );
  });
  test('is the expired one where there is no other', () => {
    assert.equal(signs(certificate('ACTIVE', -100, 0)), 'ACTIVE');
  });
  test('is none where there is none', () => {
    assert.equal(signs(), undefined);
    assert.equal(signingCertificate({ preferredTokenSigningKeyThumbprint: null }, [], now), undefined);
  });
  test('stands first in metadata, before those that may follow; expired ones are left out', () => {
    const published = publishedCertificates(
      active,
      [certificate('NEXT', -1, 100), certificate('OVER', -100, -1), certificate('ACTIVE', -10, 10)],
      now,
    );
    assert.deepEqual(
      published.map(({ thumbprint }) => thumbprint),
      ['ACTIVE', 'NEXT'],
    );
  });
});
