import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as examine from './examine.ts';
import * as face from './index.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = new URL('examples/', import.meta.url);
const examples = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'parties.ts');
const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

for (const name of examples) {
  test(`the example ${name} does what it says`, async () => {
    await import(new URL(name, folder).href);
  });

  test(`the example ${name} is short enough to paste`, () => {
    const lines = textOf(name).split('\n');
    assert.ok(lines.length <= 100, `${lines.length} lines`);
    assert.match(lines[0] ?? '', /^\/\*\* .+\. ?.*\*\/$/);
  });
}

/** The names an example imports from the package, or from one of its other entries. */
function importedBy(text: string, specifier: string): string[] {
  const statements = [...text.matchAll(/import \{([^}]*)\} from '([^']+)'/g)];
  return statements
    .filter(([, , from]) => from === specifier)
    .flatMap(([, names = '']) => names.split(',').map((each) => each.trim()));
}

test('every export has an example', () => {
  for (const [specifier, exported] of [
    ['@countersign/saml', face],
    ['@countersign/saml/examine', examine],
  ] as const) {
    const shown = new Set(examples.flatMap((name) => importedBy(textOf(name), specifier)));
    assert.deepEqual(
      Object.keys(exported).filter((name) => !shown.has(name)),
      [],
      specifier,
    );
  }
});

test('every exported function says in its comment how it is called', () => {
  const sources = globSync('{.,bindings,examine,metadata,profiles}/*.ts', { cwd: here })
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(here, name), 'utf8'));
  for (const [name, value] of Object.entries({ ...face, ...examine })) {
    if (typeof value !== 'function' || name === 'SamlRejection') continue;
    const declared = new RegExp(`export (?:async )?function ${name}\\b`);
    const source = sources.find((text) => declared.test(text)) ?? '';
    const comment = source.slice(0, source.search(declared)).split('/**').at(-1) ?? '';
    assert.ok(comment.includes('@example'), `${name} has no @example`);
  }
});

test('the read-me names every function, and links every example', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  for (const [name, value] of Object.entries({ ...face, ...examine }))
    if (typeof value === 'function') assert.ok(readme.includes(`\`${name}\``), `${name} is not in README.md`);
  for (const name of examples) assert.ok(readme.includes(`(examples/${name})`), `${name} is not linked`);
});
