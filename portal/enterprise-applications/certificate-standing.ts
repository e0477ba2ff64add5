/** How long before its end a certificate is called out: time enough to change it on both sides. */
const warnBefore = 60 * 24 * 60 * 60 * 1000;

export type CertificateStanding = 'current' | 'expiring' | 'expired';

/** @param now epoch milliseconds */
export function certificateStanding(endDateTime: string, now: number): CertificateStanding {
  const left = Date.parse(endDateTime) - now;
  if (left <= 0) return 'expired';
  return left <= warnBefore ? 'expiring' : 'current';
}
