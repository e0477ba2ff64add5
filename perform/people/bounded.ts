/** More work waits than is ever let to wait. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

/**
 * Lets a few pieces of work run at once and the rest wait in order of arrival.
 *
 * @returns a function that runs work when its turn comes; it throws TooManyWaiting where `waitingAtMost` wait already
 */
export function bounded(atOnce: number, waitingAtMost: number): <R>(work: () => Promise<R>) => Promise<R> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingAtMost) throw new TooManyWaiting();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      // The place is handed on to the one that waits longest, so nobody can slip in between.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
