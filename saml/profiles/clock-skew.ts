/** Three minutes: more would keep assertions alive that nobody wants to be. */
const longestSkew = 180_000;

/** Refuses a tolerance that no configuration may ask for. */
export function requireSkew(skewMilliseconds: number): void {
  if (!(skewMilliseconds >= 0 && skewMilliseconds <= longestSkew)) {
    throw new RangeError(`skewMilliseconds must lie between 0 and ${longestSkew}.`);
  }
}
