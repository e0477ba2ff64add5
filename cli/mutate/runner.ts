/**
 * The process in which mutants live. It loads the instrumented copy once, with `node:test` replaced by a stand-in, and
 * then runs single tests with single mutants switched on. `pool.ts` starts it and kills it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CollectedTest } from './node-test-stand-in.ts';

/** What the process is told when it starts. */
export type RunnerTask = {
  /** The folder of the instrumented copy. */
  root: string;
  /** The test files to load, in this order. */
  files: string[];
  /** How many mutants there are. */
  mutants: number;
  /** Where what was covered is read from, or written to if `measure`. */
  coverageFile: string;
  measure: boolean;
  /** The mutant that is on from the beginning, for code that runs while modules load; else the mutants come as messages. */
  fromTheStart?: number;
};

/** What running every test once has shown. Tests are counted in the order in which they are defined. */
export type Coverage = {
  tests: { file: string; name: string; milliseconds: number; sound: boolean }[];
  /** By mutant: the tests that reach it, fastest first. */
  reached: Record<string, number[]>;
  /** By mutant: how often one test reaches it at most. */
  hits: Record<string, number>;
  /** The mutants that are reached while modules load. */
  whileLoading: number[];
  /** Test files that do not load by themselves. */
  unloadable: { file: string; because: string }[];
};

export type JudgeMutant = { id: number; first: readonly number[] };
export type Verdict = { id: number; killedBy?: number; timeout?: boolean; poisoned?: boolean };

/** In milliseconds of the processor. Tests that take longer are not run against mutants: a mutant that only they would kill counts as having survived. */
export const longestTest = 1_000;

/** In milliseconds of the processor: what is spent on one mutant. One that survives that long counts as having survived. */
const patience = 6_000;

class EndlessLoop extends Error {}

const task: RunnerTask = JSON.parse(process.env.MUTATION_TASK ?? '{}');
const hits = new Uint32Array(task.mutants);
let active = task.fromTheStart ?? -1;
let hitsLeft = Number.POSITIVE_INFINITY;
let looping = false;
const unloadable: Coverage['unloadable'] = [];

Object.assign(globalThis, {
  __mutant: (id: number): boolean => {
    if (active === -1) hits[id] = (hits[id] ?? 0) + 1;
    if (id !== active) return false;
    if (--hitsLeft < 0) {
      looping = true;
      throw new EndlessLoop('The mutant runs in a circle.');
    }
    return true;
  },
});

const standIn = new URL('./node-test-stand-in.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === 'node:test') return { url: standIn, shortCircuit: true };
    // By its own name the package would be found in the working tree.
    if (specifier !== '@countersign/saml') return next(specifier, context);
    return { url: pathToFileURL(join(task.root, 'saml/index.ts')).href, shortCircuit: true };
  },
});
const { collection, endFile, startFile } = await import('./node-test-stand-in.ts');

// Shrinking a counterexample only makes the answer come later; a fixed seed makes it the same each time.
createRequire(join(task.root, 'saml', 'package.json'))('fast-check').configureGlobal({
  endOnFailure: true,
  seed: 1,
});
process.on('unhandledRejection', () => undefined);
// Whoever asked is gone.
process.on('disconnect', () => process.exit());

const deadline = watchOver();

if (task.fromTheStart !== undefined) process.send?.(await judgeFromTheStart(task.fromTheStart));
else {
  for (const file of task.files)
    await load(file).catch((error) => unloadable.push({ file, because: String(error) }));
  const coverage: Coverage = task.measure
    ? await measure()
    : JSON.parse(readFileSync(task.coverageFile, 'utf8'));
  if (task.measure) writeFileSync(task.coverageFile, JSON.stringify(coverage));
  process.on('message', async (message: JudgeMutant) => process.send?.(await judge(message, coverage)));
  process.send?.('ready');
}

async function load(file: string): Promise<void> {
  startFile(file);
  await import(pathToFileURL(join(task.root, file)).href);
  await endFile();
}

/**
 * Kills this process when a test takes far longer than it should; a loop without an end lets nothing else run. What counts
 * is the time of the processor, so that a busy machine kills nobody; but what waits for what never comes is not busy.
 */
function watchOver(): Float64Array {
  const shared = new SharedArrayBuffer(16);
  const program = `
    const { workerData } = require('node:worker_threads');
    const deadline = new Float64Array(workerData);
    setInterval(() => {
      const { user, system } = process.cpuUsage();
      if (deadline[0] > 0 && ((user + system) / 1000 > deadline[0] || Date.now() > deadline[1]))
        process.kill(process.pid, 'SIGKILL');
    }, 100);`;
  new Worker(program, { eval: true, workerData: shared }).unref();
  return new Float64Array(shared);
}

/** Milliseconds that the processor has spent on this process. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function setDeadline(milliseconds: number): void {
  deadline[1] = Date.now() + 30_000 + milliseconds;
  deadline[0] = processorTime() + milliseconds;
}

/** Runs one test; answers whether it failed. */
async function fails(test: CollectedTest, milliseconds: number): Promise<boolean> {
  setDeadline(3_000 + 20 * milliseconds);
  // A promise that is never settled keeps nothing busy.
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, 5_000 + 10 * milliseconds, new Error('The test does not end.'));
  });
  try {
    await Promise.race([test.run(), never]);
    return looping;
  } catch {
    return true;
  } finally {
    clearTimeout(timer);
    deadline[0] = 0;
  }
}

async function measure(): Promise<Coverage> {
  const whileLoading = [...hits.keys()].filter((id) => hits[id]);
  const coverage: Coverage = { tests: [], reached: {}, hits: {}, whileLoading, unloadable };
  for (const [index, test] of collection.tests.entries()) {
    hits.fill(0);
    const started = processorTime();
    const failed = await fails(test, 60_000);
    const milliseconds = processorTime() - started;
    const sound = !failed && milliseconds <= longestTest;
    coverage.tests.push({ file: test.file, name: test.name, milliseconds, sound });
    for (const [id, count] of hits.entries()) {
      if (count === 0 || !sound) continue;
      (coverage.reached[id] ??= []).push(index);
      coverage.hits[id] = Math.max(coverage.hits[id] ?? 0, count);
    }
  }
  const time = (index: number): number => coverage.tests[index]?.milliseconds ?? 0;
  for (const tests of Object.values(coverage.reached)) tests.sort((a, b) => time(a) - time(b));
  return coverage;
}

async function judge({ id, first }: JudgeMutant, coverage: Coverage): Promise<Verdict> {
  const reached = coverage.reached[id] ?? [];
  const known = new Set(reached);
  const end = processorTime() + patience;
  for (const index of new Set([...first.filter((each) => known.has(each)), ...reached])) {
    const test = collection.tests[index];
    const milliseconds = coverage.tests[index]?.milliseconds ?? 0;
    if (test === undefined) throw new Error(`There is no test ${index}.`);
    if (processorTime() > end) break;
    active = id;
    looping = false;
    hitsLeft = 100 * (coverage.hits[id] ?? 0) + 10_000;
    const failed = await fails(test, milliseconds);
    active = -1;
    if (!failed) continue;
    // A mutant may leave something broken behind. Then whatever comes next must start afresh.
    return { id, killedBy: index, timeout: looping, poisoned: await fails(test, milliseconds) };
  }
  return { id };
}

async function judgeFromTheStart(id: number): Promise<Verdict> {
  const coverage: Coverage = JSON.parse(readFileSync(task.coverageFile, 'utf8'));
  const number = (test: CollectedTest): number =>
    coverage.tests.findIndex(({ file, name }) => file === test.file && name === test.name);
  for (const file of task.files) {
    if (processorTime() > patience) break;
    const from = collection.tests.length;
    try {
      setDeadline(10_000);
      await load(file);
    } catch {
      return { id, killedBy: coverage.tests.findIndex((test) => test.file === file) };
    }
    const tests = collection.tests.slice(from).map((test) => ({ test, known: coverage.tests[number(test)] }));
    tests.sort((a, b) => (a.known?.milliseconds ?? 0) - (b.known?.milliseconds ?? 0));
    for (const { test, known } of tests) {
      if (processorTime() > patience) break;
      if (known?.sound && (await fails(test, known.milliseconds))) return { id, killedBy: number(test) };
    }
  }
  return { id };
}
