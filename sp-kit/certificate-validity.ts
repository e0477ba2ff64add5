import { X509Certificate } from 'node:crypto';
import { certificatePeriod, SamlRejection } from '@countersign/saml';
import { type SignInFacts, SignInRefusal } from './refusal.ts';

/** The engine's answers that mean: none of these certificates made this signature. */
const otherKey = new Set<string>(['signature-invalid', 'signature-key-missing', 'signature-key-type']);

type Clock = { now: number; skewMilliseconds: number; facts: SignInFacts };

/**
 * Verifies with the certificates that are valid now. The engine verifies signatures with keys and does not look at
 * validity; a service provider must. Where only a certificate outside its period would verify, the refusal names that,
 * because the administrator must act otherwise than on a wrong key. Nothing verified with such a certificate gets out.
 *
 * @throws SignInRefusal `signing-certificate-expired`, `signing-certificate-not-yet-valid`; whatever `attempt` throws
 */
export function withinValidity<R>(
  pems: string[],
  clock: Clock,
  attempt: (certificates: X509Certificate[]) => R,
): R {
  const certificates = pems.map((pem) => new X509Certificate(pem));
  const valid = certificates.filter((certificate) => validityAt(certificate, clock) === 'valid');
  try {
    return attempt(valid);
  } catch (error) {
    if (!(error instanceof SamlRejection) || !otherKey.has(error.code)) throw error;
    for (const certificate of certificates) {
      if (validityAt(certificate, clock) !== 'valid' && hasSigned(certificate, attempt))
        throw outOfPeriod(certificate, clock);
    }
    if (valid.length === 0 && certificates.length > 0) attempt(certificates);
    throw error;
  }
}

function hasSigned<R>(
  certificate: X509Certificate,
  attempt: (certificates: X509Certificate[]) => R,
): boolean {
  try {
    attempt([certificate]);
    return true;
  } catch (error) {
    if (error instanceof SamlRejection) return !otherKey.has(error.code);
    throw error;
  }
}

function outOfPeriod(certificate: X509Certificate, clock: Clock): SignInRefusal {
  const expired = validityAt(certificate, clock) === 'expired';
  const { from, to } = certificatePeriod(certificate);
  return new SignInRefusal(
    expired ? 'signing-certificate-expired' : 'signing-certificate-not-yet-valid',
    clock.facts,
    {
      expected: `valid at ${new Date(clock.now).toISOString()}`,
      actual: `valid from ${dateText(from)} to ${dateText(to)}, thumbprint ${thumbprint(certificate)}`,
    },
  );
}

function dateText(instant: number): string {
  return Number.isNaN(instant) ? '(no readable date)' : new Date(instant).toISOString();
}

/**
 * Where `now` lies to a certificate's period: before a beginning that cannot be read, and after such an end. The other
 * side's clock may be ahead when it has just made one.
 */
export function validityAt(
  certificate: X509Certificate,
  clock: { now: number; skewMilliseconds: number },
): 'valid' | 'expired' | 'not-yet-valid' {
  const { from, to } = certificatePeriod(certificate);
  if (!(clock.now <= to)) return 'expired';
  return clock.now + clock.skewMilliseconds >= from ? 'valid' : 'not-yet-valid';
}

/** SHA-1 of the DER as upper-case hexadecimal: how administrators' consoles name a certificate. */
export function thumbprint(certificate: X509Certificate): string {
  return certificate.fingerprint.replaceAll(':', '');
}
