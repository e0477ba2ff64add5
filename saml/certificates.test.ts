import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import { readCertificates, readKeyInfoCertificate } from './certificates.ts';
import { fixtureCertificate } from './fixtures/hand-signer.ts';
import { rsaCertificate } from './fixtures/made-certificate.ts';

const refused = { name: 'SamlRejection', code: 'certificate-unreadable' };
const rsa = fixtureCertificate('rsa');
const other = fixtureCertificate('ec-p256');
const fingerprints = (text: string): string[] =>
  readCertificates(text).map(({ fingerprint256 }) => fingerprint256);

describe('reading certificates', () => {
  test('takes one PEM certificate, with any line ends and text around it', () => {
    const pem = rsa.toString();
    for (const text of [pem, pem.replaceAll('\n', '\r\n'), `subject=CN = x\n${pem}\nbehind`, pem.trim()]) {
      assert.deepEqual(fingerprints(text), [rsa.fingerprint256]);
    }
  });

  test('takes several PEM certificates in their order', () => {
    const text = `${rsa}${other}`;
    assert.deepEqual(fingerprints(text), [rsa.fingerprint256, other.fingerprint256]);
  });

  test('takes the bare base64 that metadata and consoles show, in one line or many', () => {
    const bare = rsa.raw.toString('base64');
    assert.deepEqual(fingerprints(bare), [rsa.fingerprint256]);
    assert.deepEqual(fingerprints(`\n  ${bare.replaceAll(/.{64}/g, '$&\n  ')}\n`), [rsa.fingerprint256]);
  });

  test('refuses what is no certificate, what has octets behind it, and base64 of PEM', () => {
    const appended = Buffer.concat([rsa.raw, Buffer.from('more')]).toString('base64');
    const twice = Buffer.from(rsa.toString()).toString('base64');
    const cut = rsa.toString().replace(/-----END.*/s, '');
    for (const text of ['', 'x', 'aGVsbG8=', appended, twice, cut, `${rsa}${cut}`]) {
      assert.throws(() => readCertificates(text), refused);
    }
  });

  test('says so when it is handed a private key', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';
    assert.throws(() => readCertificates(`${rsa}${key}`), { ...refused, actual: 'a private key' });
  });

  test('takes RSA keys of up to 8192 bits with exponents of up to 32, and refuses larger ones', () => {
    const most = 2n ** 32n - 1n;
    const pem = rsaCertificate(8192, most).toString();
    assert.equal(readCertificates(pem).length, 1);
    for (const [bits, exponent] of [
      [8193, 3n],
      [16_384, 65_537n],
      [2048, most + 2n],
      [3072, 2n ** 3070n + 1n],
    ] as const) {
      const actual = `${bits} bits, exponent of ${exponent.toString(2).length} bits`;
      const costly = { code: 'certificate-key-costly', actual };
      assert.throws(() => readCertificates(pem + rsaCertificate(bits, exponent).toString()), costly);
    }
  });
});

describe('the text of an X509Certificate element', () => {
  const bare = rsa.raw.toString('base64');
  const pem = rsa.toString();
  const twice = Buffer.from(pem).toString('base64');

  test('is the base64 of one certificate', () => {
    assert.equal(readKeyInfoCertificate(bare).fingerprint256, rsa.fingerprint256);
    for (const text of [pem, twice]) {
      assert.throws(() => readKeyInfoCertificate(text), refused);
      assert.throws(() => readKeyInfoCertificate(text, ['rsa-1024']), refused);
    }
  });

  test('may be PEM, as it is or in base64 once more, where that is allowed by name', () => {
    for (const text of [bare, pem, twice, `\n ${twice}`])
      assert.equal(readKeyInfoCertificate(text, ['base64-pem']).fingerprint256, rsa.fingerprint256);
  });

  test('is one certificate and no more, whatever is allowed', () => {
    const two = `${pem}${other}`;
    for (const text of [two, Buffer.from(two).toString('base64')])
      assert.throws(() => readKeyInfoCertificate(text, ['base64-pem']), {
        ...refused,
        expected: 'one certificate',
      });
    for (const text of ['', 'x', 'aGVsbG8=', Buffer.from('-----nothing').toString('base64')])
      assert.throws(() => readKeyInfoCertificate(text, ['base64-pem']), refused);
  });
});
