import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

/** PEM texts of a key and of the certificate made for it. */
export type Identity = { privateKey: string; certificate: string };

/**
 * Makes a fresh RSA key and a certificate signed by itself, valid from an hour ago for `days` days
 * (a negative number makes one that is over already), for every host named.
 */
export async function selfSigned(commonName: string, hosts: string[] = [], days = 30): Promise<Identity> {
  const keys = await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
  const hour = 3_600_000;
  const notBefore = days > 0 ? Date.now() - hour : Date.now() + (days - 1) * 24 * hour;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(9)))
      .toString('hex')
      .replace(/^[89a-f]/, '1'),
    name: `CN=${commonName}`,
    notBefore: new Date(notBefore),
    notAfter: new Date(notBefore + Math.max(Math.abs(days), 1) * 24 * hour),
    signingAlgorithm: rsa,
    keys: keys as Parameters<typeof x509.X509CertificateGenerator.createSelfSigned>[0]['keys'],
    extensions:
      hosts.length > 0
        ? [new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value })))]
        : [],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    privateKey: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    certificate: certificate.toString('pem'),
  };
}
