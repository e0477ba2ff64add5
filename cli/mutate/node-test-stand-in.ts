import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Stands in for `node:test` while mutants are judged: it collects the tests instead of running them, so that one process
 * can run any of them again and again.
 */
type Work = (context: object) => unknown;
type Given = string | object | Work;
type Suite = { name: string; before: Work[]; beforeEach: Work[]; afterEach: Work[]; started: boolean };

/** A test that can be run any number of times; it rejects when the test fails. */
export type CollectedTest = { file: string; name: string; run: () => Promise<void> };

/** The tests collected so far, and the file whose tests come next. */
export const collection: { file: string; tests: CollectedTest[] } = { file: '', tests: [] };

/** The suites around what is being defined; an asynchronous suite keeps its own. */
const around = new AsyncLocalStorage<Suite[]>();
let file = [newSuite('')];
const pending: Promise<unknown>[] = [];
const suitesHere = (): Suite[] => around.getStore() ?? file;

/** Starts the next file; its hooks are its own. */
export function startFile(path: string): void {
  collection.file = path;
  file = [newSuite('')];
}

/** Waits for suites that are asynchronous. */
export async function endFile(): Promise<void> {
  await Promise.all(pending.splice(0));
}

function newSuite(name: string): Suite {
  return { name, before: [], beforeEach: [], afterEach: [], started: false };
}

function take(given: readonly (Given | undefined)[]): { name: string; skipped: boolean; work: Work } {
  const work = given.find((each): each is Work => typeof each === 'function');
  const options = given.find((each) => typeof each === 'object') as
    | { skip?: unknown; todo?: unknown }
    | undefined;
  const name = typeof given[0] === 'string' ? given[0] : (work?.name ?? '');
  const skipped = work === undefined || Boolean(options?.skip) || Boolean(options?.todo);
  return { name, skipped, work: work ?? (() => undefined) };
}

export function test(...given: (Given | undefined)[]): Promise<void> {
  const { name, skipped, work } = take(given);
  const suites = suitesHere();
  const path = [...suites.slice(1).map((suite) => suite.name), name].join(' > ');
  if (!skipped)
    collection.tests.push({ file: collection.file, name: path, run: () => runTest(suites, work) });
  return Promise.resolve();
}

async function runTest(around: readonly Suite[], work: Work): Promise<void> {
  const cleanUp: Work[] = [];
  const context = {
    diagnostic: () => undefined,
    skip: () => undefined,
    after: (then: Work) => cleanUp.push(then),
    test: async (...given: (Given | undefined)[]) => take(given).work(context),
  };
  for (const suite of around) {
    if (!suite.started) for (const hook of suite.before) await hook(context);
    suite.started = true;
  }
  for (const hook of around.flatMap((suite) => suite.beforeEach)) await hook(context);
  try {
    await work(context);
  } finally {
    for (const hook of [...around.flatMap((suite) => suite.afterEach), ...cleanUp]) await hook(context);
  }
}

export function describe(...given: (Given | undefined)[]): Promise<void> {
  const { name, skipped, work } = take(given);
  if (skipped) return Promise.resolve();
  const result = around.run([...suitesHere(), newSuite(name)], () => work({}));
  if (result instanceof Promise) pending.push(result);
  return Promise.resolve();
}

test.skip = (): Promise<void> => Promise.resolve();
test.todo = test.skip;
describe.skip = test.skip;

export const before = (hook: Work): unknown => suitesHere().at(-1)?.before.push(hook);
export const beforeEach = (hook: Work): unknown => suitesHere().at(-1)?.beforeEach.push(hook);
export const afterEach = (hook: Work): unknown => suitesHere().at(-1)?.afterEach.push(hook);
/** What is left over at the end goes with the process. */
export const after = (): void => undefined;
export { describe as suite, test as it };
