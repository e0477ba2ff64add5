import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';

/** A key and a certificate for it, made by hand in DER (RFC 5280 4.1) so that a test can choose its period. */
export type SelfSigned = { key: KeyObject; certificate: X509Certificate; pem: string };

/**
 * @param commonName none at all where it is empty
 * @param notBefore epoch milliseconds, from 1950 to 2049 as UTCTime allows; NaN writes what is no time
 */
export function selfSigned(commonName: string, notBefore: number, notAfter: number, bits = 2048): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const algorithm = sequence(oid('2a864886f70d01010b'), der(0x05));
  const named = der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(commonName))));
  const name = commonName === '' ? sequence() : sequence(named);
  const body = sequence(
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(utcTime(notBefore), utcTime(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const certificate = new X509Certificate(sequence(body, algorithm, signature));
  return { key: privateKey, certificate, pem: certificate.toString() };
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function utcTime(epoch: number): Buffer {
  if (Number.isNaN(epoch)) return der(0x17, Buffer.from('XXXXXXXXXXXXZ'));
  const text = new Date(epoch).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${text}Z`));
}
