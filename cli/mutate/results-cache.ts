import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mutant } from './find-mutants.ts';
import { importClosure } from './import-closure.ts';

/** What became of one mutant. `not-reached`: no test runs the place at all. */
export type Outcome = { status: 'killed' | 'timeout' | 'survived' | 'not-reached'; by?: string };

/** What is known of one module: outcomes hold as long as `state`, a hash of the module and of its tests, is the same. */
type Known = { state: string; outcomes: Record<string, Outcome> };

/** Outcomes of earlier runs, in a file that git ignores. */
export class ResultsCache {
  readonly #file: string;
  #known: Record<string, Known> = {};

  constructor(file: string) {
    this.#file = file;
    this.#read();
  }

  #read(): void {
    if (existsSync(this.#file)) this.#known = JSON.parse(readFileSync(this.#file, 'utf8'));
  }

  /** The outcome that still holds. */
  valid(mutant: Mutant, key: string, state: string): Outcome | undefined {
    const known = this.#known[mutant.file];
    return known?.state === state ? known.outcomes[key] : undefined;
  }

  /** Which test killed it when it was last seen: the one to try first. */
  killer(mutant: Mutant, key: string): string | undefined {
    return this.#known[mutant.file]?.outcomes[key]?.by;
  }

  keep(file: string, state: string, outcomes: Record<string, Outcome>): void {
    // Another run may have kept what it found meanwhile.
    this.#read();
    this.#known[file] = { state, outcomes };
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.${process.pid}`, JSON.stringify(this.#known));
    renameSync(`${this.#file}.${process.pid}`, this.#file);
  }
}

/** Names a mutant so that it is found again when lines above it have come or gone. */
export function mutantKeys(mutants: readonly Mutant[], lines: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return mutants.map((mutant) => {
    const line = lines[mutant.line - 1] ?? '';
    const from = mutant.column - line.length + line.trimStart().length;
    const key = `${line.trim()} @${from} ${mutant.operator} ${mutant.text}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key} #${count}`;
  });
}

/** A hash over a module, over its test files with everything of theirs that is not mutated, and over the fixtures. */
export function stateOf(
  root: string,
  source: string,
  tests: readonly string[],
  isMutated: (file: string) => boolean,
): string {
  const hash = createHash('sha256').update(source);
  const known = new Map<string, string[]>();
  const files = new Set(tests.flatMap((test) => [...importClosure(root, test, known)]));
  for (const file of [...files].filter((each) => !isMutated(each)).sort()) hash.update(textOf(root, file));
  return hash.update(fixturesHash(root)).digest('hex');
}

const fixturesHashes = new Map<string, string>();

function fixturesHash(root: string): string {
  const known = fixturesHashes.get(root);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  const folder = 'saml/fixtures';
  for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort())
    if (/\.(xml|txt|json|pem)$/.test(path)) hash.update(path).update(textOf(root, `${folder}/${path}`));
  const value = hash.digest('hex');
  fixturesHashes.set(root, value);
  return value;
}

function textOf(root: string, file: string): string {
  return existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
}
