import { createHash, webcrypto, X509Certificate } from 'node:crypto';

export const usualSubject = 'CN=Countersign Federated SSO Certificate';
export const longestYears = 3;

/** A new key pair with its self-signed certificate. */
export type MadeCertificate = {
  subject: string;
  /** DER. */
  certificate: Uint8Array;
  /** PKCS #8, not encrypted. */
  privateKey: Uint8Array;
  /** SHA-1 of the certificate, upper-case hex: how administrators tell certificates apart. */
  thumbprint: string;
  startDateTime: number;
  endDateTime: number;
};

/**
 * Makes a signing certificate: RSA 2048, SHA-256, self-signed.
 *
 * @param from epoch milliseconds; certificates know whole seconds
 * @param until left out: three years later to the second
 */
export async function makeCertificate(
  subject: string,
  from: number,
  until: number = threeYearsAfter(from),
): Promise<MadeCertificate> {
  // Loaded when the first certificate is made: starting the service must not wait for it.
  await import('reflect-metadata');
  const { X509CertificateGenerator } = await import('@peculiar/x509');
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const startDateTime = wholeSeconds(from);
  const endDateTime = wholeSeconds(until);
  // The generator's types name those of a browser, which are not quite those of Node.
  type GeneratorKeys = Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]['keys'];
  const made = await X509CertificateGenerator.createSelfSigned(
    {
      name: subject,
      keys: keys as GeneratorKeys,
      notBefore: new Date(startDateTime),
      notAfter: new Date(endDateTime),
      signingAlgorithm: algorithm,
    },
    webcrypto as Crypto,
  );
  const certificate = new Uint8Array(made.rawData);
  return {
    subject,
    certificate,
    privateKey: new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
    thumbprint: thumbprintOf(certificate),
    startDateTime,
    endDateTime,
  };
}

/** SHA-1 of the DER, upper-case hex. */
export function thumbprintOf(certificate: Uint8Array): string {
  return createHash('sha1').update(certificate).digest('hex').toUpperCase();
}

/** The same moment three years later; from 29 February to 1 March. */
export function threeYearsAfter(time: number): number {
  const date = new Date(time);
  date.setUTCFullYear(date.getUTCFullYear() + longestYears);
  return date.getTime();
}

/** The stored certificate, parsed. @param base64 DER in base64 */
export function parseCertificate(base64: string): X509Certificate {
  return new X509Certificate(Buffer.from(base64, 'base64'));
}

function wholeSeconds(time: number): number {
  return Math.floor(time / 1000) * 1000;
}
