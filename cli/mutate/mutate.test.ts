import assert from 'node:assert/strict';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../install.js';
import { findMutants } from './find-mutants.ts';
import { instrument } from './instrument.ts';
import { judgeMutants } from './judge-mutants.ts';
import { isEngine, makeMutatedCopy } from './mutated-copy.ts';
import type { Outcome } from './results-cache.ts';
import { weakenedRegexes } from './weaken-regex.ts';

const source = `import { readFileSync } from 'node:fs';
type Kind = 'small' | 'large';
export const limit = 10 as const satisfies number;
export function kindOf(size: number, options?: { loud?: boolean }): Kind {
  if (size < 0 || Number.isNaN(size)) throw new RangeError('negative');
  switch (options?.loud) {
    case true:
      return 'large';
    default:
      return size > limit ? 'large' : 'small';
  }
}
`;

test('mutants are found where code runs: neither in types nor in imports', () => {
  const found = findMutants('x.ts', source);
  assert.ok(found.every(({ line }) => line >= 3));
  const texts = found.map(({ original, text }) => `${original} → ${text}`);
  for (const expected of [
    '10 → 11',
    'size < 0 → size <= 0',
    'size < 0 || Number.isNaN(size) → size < 0 && Number.isNaN(size)',
    'Number.isNaN(size) → false',
    'options?.loud → options.loud',
    "'large' → ''",
    'size > limit → true',
  ])
    assert.ok(texts.includes(expected), `${expected} is missing from\n${texts.join('\n')}`);
  assert.equal(new Set(texts.map((text, index) => `${found[index]?.start} ${text}`)).size, texts.length);
});

test('an instrumented module is TypeScript, keeps its lines, and behaves as before while no mutant is on', async () => {
  const text = instrument(source, numbered(findMutants('x.ts', source)));
  assert.equal(text.split('\n').length, source.split('\n').length);
  const url = `data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(text))}`;
  const { kindOf } = await import(url);
  assert.deepEqual([kindOf(10), kindOf(11), kindOf(1, { loud: true })], ['small', 'large', 'large']);
  assert.throws(() => kindOf(-1), RangeError);
});

test('a link of an optional chain is exchanged with the whole chain, which may end before it', async () => {
  const chained = `export const namesIn = (list?: { names?: string[] }) => list?.names?.filter((name) => name !== '').map((name) => name.trim());`;
  const found = findMutants('x.ts', chained);
  const texts = found.map(({ text }) => text);
  assert.ok(texts.includes("list.names?.filter((name) => name !== '').map((name) => name.trim())"));
  assert.ok(texts.includes('list?.names.map((name) => name.trim())'));
  const text = instrument(chained, numbered(found));
  const { namesIn } = await import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(text))}`);
  assert.equal(namesIn(undefined), undefined);
  assert.deepEqual(namesIn({ names: ['', ' a '] }), ['a']);
});

test('what is left of a chain of ?? stands in parentheses', () => {
  const texts = findMutants('x.ts', 'export const x = (a?: 1, b?: 2) => a ?? b ?? 3;').map(
    ({ text }) => text,
  );
  assert.ok(texts.includes('(a ?? b) && 3'), texts.join('\n'));
  assert.ok(texts.includes('a && b'), texts.join('\n'));
});

test('every module of the engine can be instrumented', () => {
  const modules = globSync('saml/**/*.ts', { cwd: root }).filter(isEngine);
  assert.ok(modules.length > 50);
  for (const file of modules) {
    const text = readFileSync(join(root, file), 'utf8');
    assert.doesNotThrow(
      () => stripTypeScriptTypes(instrument(text, numbered(findMutants(file, text)))),
      `${file} as instrumented`,
    );
  }
});

test('a regular expression is weakened one place at a time', () => {
  assert.deepEqual(weakenedRegexes('/^a[^b]\\d{2}(?:c+)?$/u'), [
    '/a[^b]\\d{2}(?:c+)?$/u',
    '/^a[b]\\d{2}(?:c+)?$/u',
    '/^a[^b]\\D{2}(?:c+)?$/u',
    '/^a[^b]\\d(?:c+)?$/u',
    '/^a[^b]\\d{2}(?:c)?$/u',
    '/^a[^b]\\d{2}(?:c+)$/u',
    '/^a[^b]\\d{2}(?:c+)?/u',
  ]);
});

test('what no test notices survives; a loop without an end and a module that does not load are noticed', async () => {
  const survivors = await judge(
    `export const table = new Map([['a', 1]]);
const one = table.get('a') ?? 0;
if (one !== 1) throw new Error('no table');
export function sum(upTo: number): number {
  let total = 0;
  for (let i = one; i <= upTo; i++) total += i;
  return total;
}
export const unused = (x: number): number => x + 1;
`,
    `import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sum } from './tiny.ts';
suite('sums', async () => {
  await Promise.resolve();
  test('of nothing', () => assert.equal(sum(0), 0));
  test('of three', async () => assert.equal(sum(3), 6));
});
`,
  );
  assert.deepEqual(survivors, [
    '2 not-reached 0 → 1',
    '3 survived one !== 1 → false',
    "3 not-reached 'no table' → ''",
    '6 timeout i++ → i--',
    '9 not-reached x + 1 → undefined',
    '9 not-reached x + 1 → x - 1',
    '9 not-reached 1 → 2',
  ]);
});

function numbered(mutants: ReturnType<typeof findMutants>) {
  return mutants.map((mutant, id) => ({ id, mutant }));
}

/** Judges a module by a test file in a tree of their own; answers the mutants that were not noticed. */
async function judge(module: string, tests: string): Promise<string[]> {
  const tree = mkdtempSync(join(tmpdir(), 'countersign-mutate-test-'));
  const files = {
    'saml/tiny.ts': module,
    'saml/tiny.test.ts': tests,
    'docs/empty.md': '',
    'package.json': '{"type":"module"}',
    'tsconfig.json': '{}',
    'tsconfig.base.json': '{}',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  const { folder, mutants } = makeMutatedCopy(tree, ['saml/tiny.ts']);
  const outcomes: Outcome[] = [];
  await judgeMutants(
    mutants.map((mutant, id) => ({ id, mutant, killer: undefined })),
    {
      folder,
      files: ['saml/tiny.test.ts'],
      importing: () => ['saml/tiny.test.ts'],
      mutants: mutants.length,
      jobs: 1,
      settle: (id, outcome) => {
        outcomes[id] = outcome;
      },
      say: (line) => assert.fail(line),
    },
  );
  for (const each of [tree, folder]) rmSync(each, { recursive: true, force: true });
  return mutants.flatMap(({ line, original, text }, id) =>
    outcomes[id]?.status === 'killed' ? [] : [`${line} ${outcomes[id]?.status} ${original} → ${text}`],
  );
}
