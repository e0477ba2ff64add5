/** Answers that a service gave, each with the question that must later find it kept. */
export type Ledger = {
  /** Writes down an answer; `stillTrue` throws where it was not kept. */
  note(what: string, stillTrue: () => Promise<void>): void;
  readonly size: number;
  /** Resolves once so many answers were noted. */
  reach(size: number): Promise<void>;
  /** Asks for everything noted since the last time, or for everything there is. */
  check(which: 'new' | 'all'): Promise<void>;
};

export function ledger(): Ledger {
  const entries: { what: string; stillTrue: () => Promise<void> }[] = [];
  let checked = 0;
  let awaited: { size: number; resolve: () => void }[] = [];
  return {
    note: (what, stillTrue) => {
      entries.push({ what, stillTrue });
      for (const { size, resolve } of awaited) if (entries.length >= size) resolve();
      awaited = awaited.filter(({ size }) => entries.length < size);
    },
    reach: (size) => new Promise((resolve) => void awaited.push({ size, resolve })),
    get size() {
      return entries.length;
    },
    check: async (which) => {
      const asked = which === 'all' ? [...entries] : entries.slice(checked);
      checked = entries.length;
      const broken: string[] = [];
      for (const { what, stillTrue } of asked) {
        try {
          await stillTrue();
        } catch (error) {
          broken.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      if (broken.length > 0)
        throw new Error(`${broken.length} of ${asked.length} answers were not kept:\n${broken.join('\n')}`);
    },
  };
}

/** A gate the workers pass while the services are up, and wait at while one is down. */
export type Gate = { close(): void; open(): void; pass(): Promise<void> };

export function gate(): Gate {
  let closed: Promise<void> | undefined;
  let release: () => void = () => {};
  return {
    close: () => {
      closed ??= new Promise((resolve) => {
        release = resolve;
      });
    },
    open: () => {
      closed = undefined;
      release();
    },
    pass: async () => {
      await closed;
    },
  };
}
