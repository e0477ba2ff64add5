import { dirname } from 'node:path';
import type { Mutant } from './find-mutants.ts';
import { judgeFromTheStart, Runner } from './pool.ts';
import type { Outcome } from './results-cache.ts';
import type { Coverage, RunnerTask, Verdict } from './runner.ts';

/** A mutant to be judged. `killer` names the test that killed it the last time. */
export type Candidate = { id: number; mutant: Mutant; killer: string | undefined };

export type Judging = {
  folder: string;
  /** The test files, and which of them import a given module. */
  files: string[];
  importing: (module: string) => string[];
  mutants: number;
  jobs: number;
  /** Is told of each outcome as it comes. */
  settle: (id: number, outcome: Outcome) => void;
  say: (line: string) => void;
};

/** Runs every candidate against the tests that reach it, `jobs` at a time. */
export async function judgeMutants(candidates: readonly Candidate[], judging: Judging): Promise<void> {
  const task: RunnerTask = {
    root: judging.folder,
    files: judging.files,
    mutants: judging.mutants,
    coverageFile: `${judging.folder}/coverage.json`,
    measure: false,
  };
  const first = new Runner(task);
  const coverage = await first.measure();
  for (const { file, name } of coverage.tests.filter(({ sound }) => !sound))
    judging.say(`left out, because it fails by itself or takes long: ${file}: ${name}`);
  for (const { file, because } of coverage.unloadable)
    judging.say(`left out, because it does not load: ${file}: ${because}`);
  const waiting = [...candidates];
  const runners = [first, ...Array.from({ length: judging.jobs - 1 }, () => new Runner(task))];
  const judge = new Judge(task, coverage, judging);
  await Promise.all(
    runners.map(async (runner) => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        judging.settle(next.id, await judge.outcome(next, runner));
      runner.stop();
    }),
  );
}

class Judge {
  readonly #task: RunnerTask;
  readonly #coverage: Coverage;
  readonly #judging: Judging;
  readonly #numbers: Map<string, number>;
  readonly #loading: Set<number>;
  /** By module: the test that killed its last mutant, which often kills the next. */
  readonly #lastKiller = new Map<string, number>();

  constructor(task: RunnerTask, coverage: Coverage, judging: Judging) {
    this.#task = task;
    this.#coverage = coverage;
    this.#judging = judging;
    this.#numbers = new Map(coverage.tests.map(({ file, name }, index) => [`${file}: ${name}`, index]));
    this.#loading = new Set(coverage.whileLoading);
  }

  async outcome({ id, mutant, killer }: Candidate, runner: Runner): Promise<Outcome> {
    const known = killer === undefined ? undefined : this.#numbers.get(killer);
    const first = [known, this.#lastKiller.get(mutant.file)].filter((each) => each !== undefined);
    let verdict: Verdict;
    if (this.#coverage.reached[id] !== undefined) verdict = await runner.judge({ id, first });
    else if (this.#loading.has(id)) verdict = await this.#fromTheStart(id, mutant.file, first[0]);
    else return { status: 'not-reached' };
    if (verdict.killedBy !== undefined) this.#lastKiller.set(mutant.file, verdict.killedBy);
    return this.#named(verdict);
  }

  #fromTheStart(id: number, module: string, first: number | undefined): Promise<Verdict> {
    const promising = first === undefined ? undefined : this.#coverage.tests[first]?.file;
    const time = new Map<string, number>();
    for (const { file, milliseconds, sound } of this.#coverage.tests)
      if (sound) time.set(file, (time.get(file) ?? 0) + milliseconds);
    const rank = (file: string): number => {
      if (file === promising) return -2;
      return dirname(file) === dirname(module) ? -1 : (time.get(file) ?? 0);
    };
    const files = this.#judging
      .importing(module)
      .filter((file) => !this.#coverage.unloadable.some((each) => each.file === file))
      .sort((a, b) => rank(a) - rank(b));
    return judgeFromTheStart({ ...this.#task, files, fromTheStart: id });
  }

  #named({ killedBy, timeout }: Verdict): Outcome {
    const test = killedBy === undefined ? undefined : this.#coverage.tests[killedBy];
    if (timeout === true) return { status: 'timeout' };
    if (killedBy === undefined) return { status: 'survived' };
    return { status: 'killed', ...(test === undefined ? {} : { by: `${test.file}: ${test.name}` }) };
  }
}
