/**
 * Smart lockout: after ten wrong passwords in a row the account is locked for a minute; every further wrong password
 * after that locks it again, for longer. A right password starts over.
 */
const threshold = 10;
const minute = 60_000;

/** How long the account is locked after the tenth, eleventh, … wrong password in a row; the last one stays. */
const durations = [minute, 2 * minute, 5 * minute, 15 * minute, 60 * minute];

/** Failures in a row that lock, with the length of the lock in milliseconds; the last holds for every greater count. */
export const lockouts: readonly { failures: number; duration: number }[] = durations.map(
  (duration, index) => ({
    failures: threshold + index,
    duration,
  }),
);

/** How long an account stays locked after so many failures in a row: milliseconds, 0 for not at all. */
export function lockoutAfter(failures: number): number {
  return lockouts.findLast((lockout) => lockout.failures <= failures)?.duration ?? 0;
}
