import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const modules = join(here, '..', 'node_modules');
const compiler = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin',
  'tsc',
);
const work = mkdtempSync(join(tmpdir(), 'countersign-package-'));
const [built, app] = [join(work, 'built'), join(work, 'app')];
const installed = join(app, 'node_modules', '@countersign', 'saml');

function run(command: string, parameters: string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, parameters, { cwd, encoding: 'utf8' });
  assert.equal(status, 0, `${command} ${parameters.join(' ')}: ${error ?? ''}${stdout}${stderr}`);
  return stdout;
}

/** Every Node on this machine, by version: the one that runs the tests, and others on the path. */
function nodes(): Map<string, string> {
  const found = new Map([[process.version, process.execPath]]);
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const { stdout, status } = spawnSync(join(folder, 'node'), ['--version'], { encoding: 'utf8' });
    if (status === 0 && !found.has(stdout.trim())) found.set(stdout.trim(), join(folder, 'node'));
  }
  return found;
}

/** What a program in the application says, or the code of its error. */
function evaluate(node: string, program: string): string {
  return run(node, ['--input-type=module', '-e', program], app).trim();
}

// As somebody would use it: compiled, packed, installed from the file alone, the examples beside it.
before(() => {
  run(process.execPath, [join(here, 'build-package.ts'), built], work);
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--offline', '--pack-destination', work], built));
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const quietly = ['--offline', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', ['install', ...quietly, join(work, packed.filename)], app);
  cpSync(join(here, 'examples'), join(app, 'examples'), { recursive: true });
});
after(() => rmSync(work, { recursive: true, force: true }));

test('the package is what runs, its types, examples and papers, and nothing else', () => {
  const files = globSync('**/*', { cwd: installed, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.ok(files.length > 100);
  for (const { parentPath, name } of files) {
    const isExample = parentPath.endsWith('examples');
    assert.match(name, isExample ? /\.ts$/ : /^(package\.json|README\.md|LICENSE|[a-z0-9-]+\.(js|d\.ts))$/);
    assert.doesNotMatch(join(parentPath, name).slice(installed.length), /test|fixtures|fuzz|bench/);
  }
  const description = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  assert.equal(description.private, undefined);
  assert.equal(description.dependencies, undefined);
  for (const name of ['name', 'version', 'description', 'license', 'engines'])
    assert.ok(description[name], name);
  for (const { types, default: runs } of Object.values<Record<string, string>>(description.exports))
    for (const file of [types, runs]) assert.ok(existsSync(join(installed, file ?? '')), `${file}`);
});

test('its types hold for every example, the declarations themselves included', () => {
  const options = {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [join(modules, '@types')],
    rewriteRelativeImportExtensions: true,
    outDir: 'compiled',
    rootDir: 'examples',
  };
  writeFileSync(
    join(app, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, include: ['examples'] }),
  );
  run(process.execPath, [compiler, '-p', app], app);
});

for (const [version, node] of nodes()) {
  test(`every example runs against it on Node ${version}`, () => {
    const examples = globSync('compiled/*.js', { cwd: app });
    assert.ok(examples.length > 10);
    for (const example of examples) run(node, [example], app);
  });
}

test('nothing but its two entries can be imported', () => {
  const attempt = (specifier: string) =>
    evaluate(
      process.execPath,
      `try { await import('${specifier}'); console.log('imported'); } catch (e) { console.log(e.code); }`,
    );
  assert.equal(attempt('@countersign/saml'), 'imported');
  assert.equal(attempt('@countersign/saml/examine'), 'imported');
  for (const inside of [
    'xml/reader.js',
    'signature/verify.js',
    'profiles/judge-response.js',
    'index.js',
    'package.json',
  ])
    assert.equal(attempt(`@countersign/saml/${inside}`), 'ERR_PACKAGE_PATH_NOT_EXPORTED');
});

test('what is imported is what the workspace exports', async () => {
  for (const [specifier, own] of [
    ['@countersign/saml', await import('./index.ts')],
    ['@countersign/saml/examine', await import('./examine.ts')],
  ] as const) {
    const names = evaluate(process.execPath, `console.log(Object.keys(await import('${specifier}')).join())`);
    assert.deepEqual(names.split(','), Object.keys(own));
  }
});

test('it loads nothing but Node itself', () => {
  const program = `
    import { registerHooks } from 'node:module';
    const seen = new Set();
    registerHooks({ resolve(name, context, next) { if (!name.startsWith('.')) seen.add(name); return next(name, context); } });
    await import('@countersign/saml/examine');
    await import('@countersign/saml');
    console.log([...seen].sort().join());
  `;
  assert.equal(
    evaluate(process.execPath, program),
    '@countersign/saml,@countersign/saml/examine,node:buffer,node:crypto,node:zlib',
  );
});
