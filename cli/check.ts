import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arrows } from './architecture.ts';
import { checkArchitecture } from './check-architecture.ts';
import { root } from './install.js';
import { readModules } from './modules.ts';

/** One command of the check with the name it is reported under. */
const commands: readonly (readonly [string, readonly string[]])[] = [
  ['types', ['tsc', '-p', 'tsconfig.json']],
  ['types of the portal', ['tsc', '-p', 'portal/tsconfig.json']],
  ['format', ['biome', 'ci', '--formatter-enabled=true', '--colors=off', '.']],
  ['lint', ['oxlint', '--deny-warnings', '--quiet', '.']],
  ['unused code and dependencies', ['knip', '--no-progress']],
];

let failed = 0;

function report(name: string, breaches: readonly string[], seen: string): void {
  if (breaches.length > 0) failed++;
  console.log(`${breaches.length === 0 ? 'ok  ' : 'FAIL'} ${name} (${seen})`);
  for (const breach of breaches) console.log(`     ${breach}`);
}

const modules = readModules(root, Object.keys(arrows));
const imports = modules.reduce((sum, module) => sum + module.imports.length, 0);
const own = modules.reduce(
  (sum, module) => sum + module.imports.filter((i) => /^(\.|@countersign)/.test(i.specifier)).length,
  0,
);
// A check that looked at nothing also finds nothing: the tree has modules and they import each other.
const blind =
  modules.length < 100 || own < 100
    ? [`only ${modules.length} modules and ${own} imports of our own were seen`]
    : [];
report(
  'architecture',
  [...blind, ...checkArchitecture(modules)],
  `${modules.length} modules, ${imports} imports`,
);

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'LICENSE', 'docs/vocabulary.md'];
const empty = documents
  .filter((name) => readDocument(name).length < 200)
  .map((name) => `${name} is missing or empty`);
report('documents', empty, `${documents.length} files`);

for (const [name, [program = '', ...parameters]] of commands) {
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules', '.bin', program), parameters, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const lines = `${stdout}${stderr}`.trimEnd().split('\n');
  report(name, status === 0 ? [] : lines, `${program} ${parameters.join(' ')}`);
}

console.log(failed === 0 ? 'check: all well' : `check: ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function readDocument(name: string): string {
  try {
    return readFileSync(join(root, name), 'utf8');
  } catch {
    return '';
  }
}
