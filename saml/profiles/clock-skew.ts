/** Three minutes: more would keep assertions alive that nobody wants to be. */
const longestSkew = 180_000;

/**
 * Refuses a tolerance that no configuration may ask for. A text would be put behind the instant it is added to, which is
 * some ten thousand years.
 */
export function requireSkew(skewMilliseconds: number): void {
  if (skewMilliseconds === undefined) throw new TypeError('skewMilliseconds is missing.');
  if (typeof skewMilliseconds !== 'number') throw new TypeError('skewMilliseconds is no number.');
  if (!(skewMilliseconds >= 0 && skewMilliseconds <= longestSkew)) {
    throw new RangeError(`skewMilliseconds must lie between 0 and ${longestSkew}.`);
  }
}
