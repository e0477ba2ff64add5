import type { X509Certificate } from 'node:crypto';
import { certificatePeriod, readCertificates, SamlRejection } from '@countersign/saml';
import { thumbprint } from './certificate-validity.ts';

/** What an administrator copies from the identity provider and pastes, field by field, as text. */
export type ConnectionForm = { certificate: string; loginUrl: string; identifier: string; logoutUrl: string };

/** The four fields in the order in which a form shows them. */
export const connectionFields = ['certificate', 'loginUrl', 'identifier', 'logoutUrl'] as const;

/** Name of one of them. */
export type ConnectionField = (typeof connectionFields)[number];

/** Settings that can be saved as they are. */
export type ConnectionSettings = {
  certificates: string[];
  loginUrl: string;
  identifier: string;
  logoutUrl: string;
};

/** One mistake: the field it belongs to, a stable code, and a sentence that says what to do. */
export type SettingsError = { field: ConnectionField; code: string; says: string };

/** This application's own addresses: an administrator who pastes them back has mixed up the two sides. */
export type OwnAddresses = { entityId: string; assertionConsumerServiceUrl: string };

/** What a page shows of a certificate so that both consoles can be compared. */
export type CertificateSummary = {
  /** Empty where it has none. */
  subject: string;
  /** Epoch milliseconds, NaN where it cannot be read. */
  validFrom: number;
  validTo: number;
  /** SHA-1, upper-case hexadecimal. */
  thumbprint: string;
  /** SHA-256, upper-case hexadecimal. */
  thumbprint256: string;
};

const longestUrl = 2000;
const longestCertificates = 100_000;
const mostCertificates = 8;

/**
 * Reads the pasted settings. Nothing is guessed and nothing is corrected but blanks around a value; each field has at
 * most one error, the first that applies.
 *
 * @param now epoch milliseconds, for the validity of certificates
 * @returns what can be saved, or every field's error; nothing is thrown for what was pasted
 */
export function readConnectionSettings(
  form: ConnectionForm,
  own: OwnAddresses,
  now: number,
): { ok: true; settings: ConnectionSettings } | { ok: false; errors: SettingsError[] } {
  const loginUrl = form.loginUrl.trim();
  const identifier = form.identifier.trim();
  const logoutUrl = form.logoutUrl.trim();
  const certificates = readCertificateField(form.certificate.trim(), now);
  const problems: Record<ConnectionField, Problem | undefined> = {
    certificate: Array.isArray(certificates) ? undefined : certificates,
    loginUrl:
      swapped(loginUrl, identifier) ??
      pastedElsewhere(loginUrl, own) ??
      (loginUrl === ''
        ? { code: 'login-url-missing', says: 'Paste the Login URL of the identity provider.' }
        : undefined) ??
      urlProblem('Login URL', loginUrl),
    identifier:
      swapped(loginUrl, identifier) ?? pastedElsewhere(identifier, own) ?? identifierProblem(identifier),
    logoutUrl:
      logoutUrl === '' ? undefined : (pastedElsewhere(logoutUrl, own) ?? urlProblem('Logout URL', logoutUrl)),
  };
  const errors = connectionFields.flatMap((field) => {
    const problem = problems[field];
    return problem ? [{ field, ...problem }] : [];
  });
  if (errors.length > 0 || !Array.isArray(certificates)) return { ok: false, errors };
  return {
    ok: true,
    settings: { certificates: certificates.map((each) => each.toString()), loginUrl, identifier, logoutUrl },
  };
}

type Problem = { code: string; says: string };

function readCertificateField(text: string, now: number): X509Certificate[] | Problem {
  const problem = certificateTextProblem(text);
  if (problem) return problem;
  let certificates: X509Certificate[];
  try {
    certificates = readCertificates(text);
  } catch (error) {
    if (!(error instanceof SamlRejection)) throw error;
    if (error.code === 'certificate-key-costly')
      return {
        code: 'certificate-key',
        says: 'The certificate has an RSA key above 8192 bits, or with a public exponent above 32 bits; a usual one is needed.',
      };
    return {
      code: 'certificate-unreadable',
      says: 'This is not a certificate. Open the downloaded Certificate (Base64) file with a text editor and paste all of it.',
    };
  }
  const unique = certificates.filter(
    (each, index) =>
      certificates.findIndex((other) => other.fingerprint256 === each.fingerprint256) === index,
  );
  if (unique.length > mostCertificates)
    return { code: 'certificate-too-many', says: `Paste at most ${mostCertificates} certificates.` };
  for (const certificate of unique) {
    const fault = keyProblem(certificate) ?? periodProblem(certificate, now);
    if (fault) return fault;
  }
  return unique;
}

function certificateTextProblem(text: string): Problem | undefined {
  if (text === '')
    return {
      code: 'certificate-missing',
      says: 'Paste the certificate that the identity provider signs with.',
    };
  if (text.length > longestCertificates)
    return { code: 'certificate-too-long', says: 'This text is too long to be a few certificates.' };
  if (/PRIVATE KEY/.test(text))
    return {
      code: 'certificate-is-private-key',
      says: 'This is a private key. It was not saved; treat it as disclosed, and paste the certificate instead.',
    };
  if (/BEGIN CERTIFICATE REQUEST|BEGIN NEW CERTIFICATE REQUEST/.test(text))
    return {
      code: 'certificate-is-request',
      says: 'This is a certificate request. Paste the certificate that was made from it.',
    };
  if (/BEGIN PUBLIC KEY|BEGIN RSA PUBLIC KEY/.test(text))
    return {
      code: 'certificate-is-public-key',
      says: 'This is a bare public key. Paste the certificate that contains it.',
    };
  if (/<\s*(?:\w+:)?Ent(?:ity|ities)Descriptor/.test(text))
    return {
      code: 'certificate-is-metadata',
      says: 'This is federation metadata. Download Certificate (Base64) instead and paste that.',
    };
  if (/^https?:\/\//i.test(text))
    return {
      code: 'certificate-is-url',
      says: 'This is an address. Paste the text of the certificate here.',
    };
  if (/^(?:[0-9a-f]{2}[:\s]?){20}$|^(?:[0-9a-f]{2}[:\s]?){32}$/i.test(text))
    return {
      code: 'certificate-is-thumbprint',
      says: 'This is a thumbprint. Paste the text of the whole certificate.',
    };
  return undefined;
}

function keyProblem(certificate: X509Certificate): Problem | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048) return undefined;
  if (type === 'ec') return undefined;
  return {
    code: 'certificate-key',
    says:
      type === 'rsa'
        ? `The certificate's RSA key has ${details?.modulusLength} bits; at least 2048 are needed.`
        : 'The certificate has a key of a kind that is not accepted here; RSA or elliptic curve is needed.',
  };
}

function periodProblem(certificate: X509Certificate, now: number): Problem | undefined {
  const { from, to } = certificatePeriod(certificate);
  if (Number.isNaN(from) || Number.isNaN(to))
    return {
      code: 'certificate-untimely',
      says: `From when until when the certificate with thumbprint ${thumbprint(certificate)} is valid cannot be read. Have the identity provider make another one.`,
    };
  if (to >= now) return undefined;
  return {
    code: 'certificate-expired',
    says: `The certificate with thumbprint ${thumbprint(certificate)} expired on ${utcDate(to)}. Paste the one that is active at the identity provider now.`,
  };
}

function utcDate(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Products' pages name the two alike ("URL", "Issuer"), so they are pasted crosswise more often than not. */
function swapped(loginUrl: string, identifier: string): Problem | undefined {
  if (loginUrl === '' || identifier === '' || loginUrl === identifier) return undefined;
  if (!looksLikeIdentifier(loginUrl) || !looksLikeEndpoint(identifier)) return undefined;
  // An address below the identifier is an endpoint of it, whatever the identifier looks like.
  if (loginUrl.startsWith(identifier.replace(/[?#].*$/, ''))) return undefined;
  return { code: 'fields-swapped', says: 'Login URL and Identifier seem to be swapped.' };
}

function looksLikeEndpoint(value: string): boolean {
  const url = parse(value);
  return url !== undefined && /\/(?:saml2?|sso|ls|login|redirect|post)\/?$/i.test(url.pathname);
}

function looksLikeIdentifier(value: string): boolean {
  const url = parse(value);
  if (!url || !/^https?:$/.test(url.protocol)) return true;
  return url.hostname === 'sts.windows.net' || !looksLikeEndpoint(value);
}

function pastedElsewhere(value: string, own: OwnAddresses): Problem | undefined {
  if (/BEGIN CERTIFICATE/.test(value) || /^MII[A-Za-z0-9+/]{60}/.test(value))
    return {
      code: 'url-is-certificate',
      says: 'This is a certificate. It belongs into the field Certificate.',
    };
  if (value === own.assertionConsumerServiceUrl || value === own.entityId)
    return {
      code: 'url-is-own',
      says: 'This is an address of this application. Paste the one that the identity provider shows.',
    };
  return undefined;
}

function identifierProblem(value: string): Problem | undefined {
  if (value === '')
    return { code: 'identifier-missing', says: 'Paste the Identifier of the identity provider.' };
  if (value.length > 1024)
    return { code: 'identifier-too-long', says: 'An Identifier has at most 1024 characters.' };
  if (/[\s\u0000-\u001f\u007f]/.test(value))
    return {
      code: 'identifier-blank',
      says: 'An Identifier contains no blanks or line breaks; something else was pasted with it.',
    };
  return undefined;
}

function urlProblem(label: string, value: string): Problem | undefined {
  const url = parse(value);
  if (!url || /\s/.test(value) || value.length > longestUrl || !/^https?:$/.test(url.protocol))
    return { code: 'url-malformed', says: `The ${label} must be a whole address that begins with https://.` };
  if (/federationmetadata|\/metadata(?:\/|$|\.xml)/i.test(url.pathname))
    return { code: 'url-is-metadata', says: `This is the address of metadata. Paste the ${label} itself.` };
  if (url.protocol === 'http:' && !isLocal(url.hostname))
    return {
      code: 'url-not-https',
      says: `The ${label} must begin with https://: over http:// anybody on the way could read and change it.`,
    };
  if (url.username !== '' || url.password !== '')
    return { code: 'url-credentials', says: `The ${label} must not contain a user name or password.` };
  if (url.hash !== '') return { code: 'url-fragment', says: `The ${label} must not contain a #.` };
  return undefined;
}

function isLocal(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '127.0.0.1' ||
    hostname === '[::1]'
  );
}

function parse(value: string): URL | undefined {
  return URL.parse(value) ?? undefined;
}

/** What a page shows of a certificate after it was saved. */
export function summarizeCertificate(certificate: X509Certificate): CertificateSummary {
  // Of an empty name there is none, whatever the type says.
  const subject: string | undefined = certificate.subject;
  const { from, to } = certificatePeriod(certificate);
  return {
    subject: subject?.split('\n').join(', ') ?? '',
    validFrom: from,
    validTo: to,
    thumbprint: thumbprint(certificate),
    thumbprint256: certificate.fingerprint256.replaceAll(':', ''),
  };
}
