/**
 * `npm run mutate -- saml/<folder or file> [--jobs 2] [--json] [--fresh]`: changes the engine in one small place at a time and
 * asks whether a test notices. Works in a temporary copy; remembers outcomes in `.cache/mutants.json`.
 */
import { existsSync, globSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../install.js';
import type { Equivalent } from './equivalent-mutants.ts';
import { importClosure } from './import-closure.ts';
import { judgeMutants } from './judge-mutants.ts';
import { isEngine, makeMutatedCopy } from './mutated-copy.ts';
import { mutantKeys, type Outcome, ResultsCache, stateOf } from './results-cache.ts';
import { printScores, scoreOf } from './scores.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    jobs: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => {
  if (!values.json) console.log(line);
};

/** These measure time, compile, or run long: under a mutant they say nothing, or say it late. */
const saysNothing = /\/(speed|budget|misuse|fuzz)\.test\.ts$/;

const files = positionals
  .map((path) => path.replace(/\/$/, ''))
  .flatMap((path) =>
    existsSync(join(root, path)) && statSync(join(root, path)).isDirectory()
      ? globSync(`${path}/**/*.ts`, { cwd: root })
      : [path],
  )
  .filter((file) => isEngine(file) && existsSync(join(root, file)))
  .sort();
if (files.length === 0) {
  console.error('Which part of the engine? For example: npm run mutate -- saml/xml');
  process.exit(1);
}

const { folder, mutants } = makeMutatedCopy(root, files);
try {
  const imports = new Map<string, string[]>();
  const tests = globSync('saml/**/*.test.ts', { cwd: folder })
    .filter((file) => !saysNothing.test(file))
    .sort()
    .map((file) => ({ file, needs: importClosure(folder, file, imports) }));
  const importing = (module: string): string[] =>
    tests.filter(({ needs }) => needs.has(module)).map(({ file }) => file);

  const cache = new ResultsCache(join(root, '.cache', 'mutants.json'));
  const outcomes: (Outcome | undefined)[] = [];
  const keys: string[] = [];
  const states = new Map<string, string>();
  const lines = new Map<string, string[]>();
  for (const file of files) {
    const source = readFileSync(join(folder, `${file}.original`), 'utf8');
    const own = mutants.filter((mutant) => mutant.file === file);
    lines.set(file, source.split('\n'));
    states.set(file, stateOf(folder, source, importing(file), isEngine));
    keys.push(...mutantKeys(own, source.split('\n')));
  }
  for (const [id, mutant] of mutants.entries())
    outcomes[id] = values.fresh
      ? undefined
      : cache.valid(mutant, keys[id] ?? '', states.get(mutant.file) ?? '');

  const candidates = mutants.flatMap((mutant, id) =>
    outcomes[id] === undefined ? [{ id, mutant, killer: cache.killer(mutant, keys[id] ?? '') }] : [],
  );
  say(`${mutants.length} mutants in ${files.length} files, ${candidates.length} of them to be judged`);
  const keep = (): void => {
    for (const file of files) {
      const own = mutants.flatMap((mutant, id) => (mutant.file === file ? [id] : []));
      const settled = own.flatMap((id) => (outcomes[id] ? [[keys[id] ?? '', outcomes[id]] as const] : []));
      if (settled.length > 0) cache.keep(file, states.get(file) ?? '', Object.fromEntries(settled));
    }
  };
  if (candidates.length > 0) {
    const started = Date.now();
    let settled = 0;
    await judgeMutants(candidates, {
      folder,
      files: [...new Set(files.flatMap(importing))].sort(),
      importing,
      mutants: mutants.length,
      jobs: Number(values.jobs),
      settle: (id, outcome) => {
        outcomes[id] = outcome;
        settled++;
        if (settled % 200 !== 0) return;
        keep();
        say(`${settled} of ${candidates.length} after ${Math.round((Date.now() - started) / 1000)} s`);
      },
      say,
    });
    keep();
  }

  const listed: Equivalent[] = JSON.parse(readFileSync(join(root, 'saml/equivalent-mutants.json'), 'utf8'));
  const score = scoreOf(
    mutants,
    outcomes,
    (mutant) => lines.get(mutant.file)?.[mutant.line - 1] ?? '',
    listed,
  );
  if (values.json) console.log(JSON.stringify(score, null, 2));
  else printScores(score, console.log);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
