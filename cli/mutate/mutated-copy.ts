import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMutants, type Mutant } from './find-mutants.ts';
import { instrument } from './instrument.ts';

/** Whether a module, by its path from the root, is mutated: evidence and programs beside the engine are not. */
export function isEngine(file: string): boolean {
  return (
    /^saml\/.*\.ts$/.test(file) &&
    !/\.test\.ts$|^saml\/(fixtures|fuzz|bench|examples|judges)\/|\/write-[a-z-]+\.ts$/.test(file)
  );
}

/**
 * Copies what the tests of the engine need into a new temporary folder, the given modules with all their mutants in them.
 * The working tree is only read.
 *
 * @param files paths from the root
 */
export function makeMutatedCopy(
  root: string,
  files: readonly string[],
): { folder: string; mutants: Mutant[] } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-mutants-'));
  for (const path of ['saml', 'docs', 'package.json', 'tsconfig.json', 'tsconfig.base.json'])
    cpSync(join(root, path), join(folder, path), {
      recursive: true,
      filter: (from) => !from.includes('node_modules'),
    });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const mutants: Mutant[] = [];
  for (const file of files) {
    // What is instrumented is what was copied: the tree may change meanwhile.
    const source = readFileSync(join(folder, file), 'utf8');
    const found = findMutants(file, source).map((mutant, index) => ({ id: mutants.length + index, mutant }));
    writeFileSync(join(folder, `${file}.original`), source);
    writeFileSync(join(folder, file), instrument(source, found));
    mutants.push(...found.map(({ mutant }) => mutant));
  }
  return { folder, mutants };
}
