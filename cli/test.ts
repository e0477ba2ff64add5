import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suites as journeys } from '@countersign/e2e/suites.ts';
import { buildPortal } from './build-portal.ts';
import { pinnedEnvironment, root } from './install.js';
import { bringPackages } from './system-packages.ts';
import { startPostgres } from './test-postgres.ts';

/** A set of test files that run in one `node --test`. */
type Suite = { name: string; files: string[]; env?: Record<string, string>; sequential?: boolean };

const units: Suite = {
  name: 'units',
  files: ['saml', 'database', 'web', 'gallery', 'idp', 'sp-kit', 'perform', 'portal', 'cli', 'e2e']
    .flatMap((folder) => globSync(`${folder}/**/*.test.ts`, { cwd: root, exclude: ['**/node_modules/**'] }))
    .sort(),
};

const wanted = process.argv.slice(2);
const chosen = [units, ...journeys].filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (chosen.length === 0) {
  console.error(
    `There is no suite of that name. Suites: ${[units, ...journeys].map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}

bringPackages();
const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
const counts = join(folder, 'counts');
const postgres = await startPostgres(folder);
let broken = 0;
try {
  buildPortal(console.log);
  for (const suite of chosen) {
    const started = Date.now();
    console.log(`\n${suite.name} (${suite.files.length} files)`);
    const code = await run(suite, {
      COUNTERSIGN_TEST_POSTGRES: postgres.url,
      COUNTERSIGN_TEST_COUNTS: counts,
    });
    console.log(`${suite.name}: ${Math.round((Date.now() - started) / 1000)} s`);
    if (code !== 0) broken++;
  }
} finally {
  postgres.stop();
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const line of existsSync(counts) ? readFileSync(counts, 'utf8').trim().split('\n') : []) {
  const part = JSON.parse(line) as typeof total;
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += part[key];
}
rmSync(folder, { recursive: true, force: true });
// A suite that ended badly without a failed test (it could not start, it was killed) counts as one failure.
if (broken > 0 && total.failed === 0) total.failed = broken;
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

function run(suite: Suite, variables: Record<string, string>): Promise<number> {
  const parameters = [
    '--test',
    `--test-reporter=${join(root, 'cli', 'count-reporter.js')}`,
    // A sequential suite is one story told over several files: one process, one file after the other, as listed.
    ...(suite.sequential ? ['--test-isolation=none'] : ['--test-concurrency=2']),
    ...suite.files,
  ];
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...pinnedEnvironment,
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compile'),
      ...variables,
      ...suite.env,
    },
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}
