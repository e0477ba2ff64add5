import { type KeyObject, X509Certificate } from 'node:crypto';
import { decodeBase64, encodeBase64 } from './base64.ts';
import type { CompatibilitySwitch } from './compatibility.ts';
import { reject, SamlRejection } from './rejection.ts';

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

/**
 * Reads what people paste: one or several PEM certificates, or the bare base64 of one. Text between PEM blocks is
 * ignored as RFC 7468 section 2 allows. Refuses anything that is not a certificate, and a private key in particular.
 *
 * @returns at least one certificate, in the order of the text
 * @throws SamlRejection `certificate-unreadable`, `certificate-key-costly`
 * @example const certificates = readCertificates(pem);
 */
export function readCertificates(text: string): X509Certificate[] {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    reject('certificate-unreadable', { expected: 'a certificate', actual: 'a private key' });
  }
  if (!text.includes('-----BEGIN')) return [readOne(text)];
  const certificates: X509Certificate[] = [];
  for (let from = text.indexOf(begin); from !== -1; from = text.indexOf(begin, from)) {
    const to = text.indexOf(end, from);
    if (to === -1) reject('certificate-unreadable', { expected: end });
    certificates.push(readOne(text.slice(from + begin.length, to)));
    from = to + end.length;
  }
  if (certificates.length === 0) reject('certificate-unreadable', { expected: begin });
  return certificates;
}

/**
 * Reads the text of an `X509Certificate` element: the base64 of one certificate (XML Signature 4.4.4). `base64-pem` lets
 * pass one in PEM as well, as it is or in base64 once more.
 */
export function readKeyInfoCertificate(
  text: string,
  allow?: readonly CompatibilitySwitch[],
): X509Certificate {
  if (!(allow ?? []).includes('base64-pem')) return readOne(text);
  const pem = text.includes(begin) ? text : decodedPem(text);
  if (pem === undefined) return readOne(text);
  const [certificate, second] = readCertificates(pem);
  if (certificate === undefined || second !== undefined) {
    reject('certificate-unreadable', { expected: 'one certificate' });
  }
  return certificate;
}

/** The PEM that base64 hides; undefined where it hides something else. */
function decodedPem(base64: string): string | undefined {
  // What begins with five hyphens, in base64.
  if (!base64.trimStart().startsWith('LS0tLS1')) return undefined;
  return new TextDecoder('latin1').decode(decodeBase64(base64, { whitespace: 'allowed' }));
}

const texts = new WeakMap<X509Certificate, string>();

/** The base64 of a certificate, as `X509Certificate` elements carry it. */
export function certificateText(certificate: X509Certificate): string {
  const known = texts.get(certificate);
  if (known !== undefined) return known;
  const text = encodeBase64(certificate.raw);
  texts.set(certificate, text);
  return text;
}

/**
 * Whether a signature takes too long to check with this key: RSA above 8192 bits, or with a public exponent above 32 bits.
 * Both are a matter of the one whose key it is, and everybody's usual exponent has 17 bits.
 */
export function isCostly(key: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  return modulusLength > 8192 || publicExponent >= 2n ** 32n;
}

function readOne(base64: string): X509Certificate {
  const { certificate, key } = readWithKey(base64);
  if (isCostly(key)) {
    const { modulusLength, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
    const actual = `${modulusLength} bits, exponent of ${publicExponent.toString(2).length} bits`;
    reject('certificate-key-costly', {
      expected: 'RSA of at most 8192 bits, exponent of at most 32 bits',
      actual,
    });
  }
  return certificate;
}

function readWithKey(base64: string): { certificate: X509Certificate; key: KeyObject } {
  try {
    const octets = decodeBase64(base64, { whitespace: 'allowed' });
    const certificate = new X509Certificate(octets);
    // OpenSSL reads the key only when it is asked for, and throws then; that must not be while a message is verified.
    const key = certificate.publicKey;
    // OpenSSL stops at the end of the certificate and takes PEM as well; what we store must be what was given.
    if (certificate.raw.equals(octets)) return { certificate, key };
  } catch (error) {
    const reason = error instanceof SamlRejection ? error.actual : 'not an X.509 certificate';
    reject('certificate-unreadable', { actual: reason });
  }
  reject('certificate-unreadable', { actual: 'octets behind the certificate' });
}

/**
 * From when until when a certificate is valid (RFC 5280 4.1.2.5), in epoch milliseconds; NaN for what cannot be read. OpenSSL
 * loads certificates whose times are none. Node's Date of such a time is whatever lay in memory; its text says what it is.
 *
 * @example const isOver = !(certificatePeriod(certificate).to > Date.now());
 */
export function certificatePeriod({ validFrom, validTo }: X509Certificate): { from: number; to: number } {
  return { from: Date.parse(validFrom), to: Date.parse(validTo) };
}
