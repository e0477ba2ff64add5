/**
 * Compiles the engine into a package of its own, JavaScript with declarations: `npm run build --workspace saml`, or
 * `node saml/build-package.ts <folder>` for another place than `saml/dist`. `npm pack` and `npm publish` work in it.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const target = resolve(process.argv[2] ?? join(here, 'dist'));
const compiler = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin',
  'tsc',
);

// Only what this program made before is taken away.
if (existsSync(target) && readdirSync(target).length > 0 && !existsSync(join(target, 'examine.d.ts'))) {
  console.error(`${target} holds something else.`);
  process.exit(1);
}
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [compiler, '-p', join(here, 'tsconfig.package.json'), '--outDir', target],
  { stdio: 'inherit' },
);
if (status !== 0) process.exit(1);

// The compiler rewrites `.ts` in what runs, and leaves it in declarations, where older ones do not resolve it.
for (const file of globSync('**/*.d.ts', { cwd: target })) {
  const path = join(target, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replaceAll(/((?:from|import) '\.[^'\n]*|import\("\.[^"\n]*)\.ts(?=['"])/g, '$1.js'),
  );
}

const own = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const entry = (name: string) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
const published = {
  name: own.name,
  version: own.version,
  description: own.description,
  license: own.license,
  type: 'module',
  engines: own.engines,
  sideEffects: false,
  exports: { '.': entry('index'), './examine': entry('examine') },
  types: './index.d.ts',
  // A name with a scope is private to npm unless told otherwise.
  publishConfig: { access: 'public' },
};
writeFileSync(join(target, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
// The documentation of the repository is not part of the package.
const readme = readFileSync(join(here, 'README.md'), 'utf8').replaceAll(/\[([^\]]*)\]\(\.\.\/[^)]*\)/g, '$1');
writeFileSync(join(target, 'README.md'), readme);
copyFileSync(join(here, '..', 'LICENSE'), join(target, 'LICENSE'));
cpSync(join(here, 'examples'), join(target, 'examples'), { recursive: true });
