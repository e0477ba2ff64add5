import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkArchitecture } from './check-architecture.ts';
import { readModule } from './modules.ts';

/** What the check says about one module with this source at this path. */
const breaches = (path: string, source: string) => checkArchitecture([readModule('', path, source)]);

for (const [what, path, source, expected] of [
  [
    'a workspace that imports to its left',
    'sp-kit/a.ts',
    "import { x } from '@countersign/idp';",
    /sp-kit may not import idp/,
  ],
  [
    'a relative import across workspaces',
    'idp/sso/a.ts',
    "import '../../perform/main.ts';",
    /idp may not import perform/,
  ],
  [
    'a re-export across workspaces',
    'saml/a.ts',
    "export { x } from '@countersign/web';",
    /saml may not import web/,
  ],
  [
    'a dynamic import across workspaces',
    'web/a.ts',
    "await import('@countersign/idp/config.ts');",
    /web may not import idp/,
  ],
  [
    'the portal importing a value of the identity provider',
    'portal/a.ts',
    "import { x } from '@countersign/idp/resources.ts';",
    /\(a value\)/,
  ],
  [
    'an area that imports to its right',
    'idp/directory/a.ts',
    "import { x } from '../sso/next-step.ts';",
    /directory stands left of sso/,
  ],
  [
    'graph/ importing an area',
    'idp/graph/a.ts',
    "import { x } from '../directory/b.ts';",
    /knows conventions only/,
  ],
  [
    'a pure file importing the SQL of graph/',
    'idp/directory/a.ts',
    "import { x } from '../graph/store.ts';",
    /only store\.ts and api\.ts/,
  ],
  ['SQL outside a store', 'idp/directory/rules.ts', "import { sql } from 'kysely';", /only store\.ts/],
  [
    'HTTP outside a route',
    'perform/people/rules.ts',
    "import { html } from '@countersign/web';",
    /only api\.ts, routes\.ts and pages\.ts/,
  ],
  ['HTTP inside a store', 'idp/directory/store.ts', "import fastify from 'fastify';", /only api\.ts/],
  [
    'a pure file that reads the clock',
    'idp/sso/next-step.ts',
    'export const t = Date.now();',
    /Date\.now at line 1/,
  ],
  [
    'a pure file that makes a date of now',
    'idp/sso/next-step.ts',
    'export const t = new Date();',
    /new Date\(\)/,
  ],
  ['a pure file that rolls dice', 'perform/people/a.ts', 'export const t = Math.random();', /Math\.random/],
  [
    'a pure file that reads the environment',
    'idp/sso/a.ts',
    'export const t = process.env.X;',
    /process\.env/,
  ],
  [
    'a pure file that reads a file',
    'idp/sso/a.ts',
    "import { readFileSync } from 'node:fs';",
    /may not import node:fs/,
  ],
  ['the engine with a dependency', 'saml/xml/a.ts', "import { x } from 'libxml2-wasm';", /nothing but/],
  ['the engine with a clock', 'saml/xml/a.ts', 'export const t = Date.now();', /the engine is pure/],
  [
    'the engine searching a document',
    'saml/xml/a.ts',
    "export const x = (d: Document) => d.getElementsByTagName('Assertion');",
    /by position only, but uses getElementsByTagName at line 1/,
  ],
  ['a drawer', 'web/utils/a.ts', 'export const t = 1;', /says nothing/],
  ['a file of two ideas', 'web/a.ts', '\n'.repeat(401), /401 lines/],
] as const)
  test(`refuses ${what}`, () => {
    assert.match(breaches(path, source).join('\n'), expected);
  });

for (const [what, path, source] of [
  [
    'types of the wire in the portal',
    'portal/a.ts',
    "import type { User } from '@countersign/idp/resources.ts';",
  ],
  [
    'inline types of the wire in the portal',
    'portal/a.ts',
    "import { type User } from '@countersign/idp/resources.ts';",
  ],
  ['SQL in a store', 'idp/directory/store.ts', "import { sql } from 'kysely';"],
  ['an area that imports to its left', 'idp/sso/a.ts', "import { x } from '../directory/b.ts';"],
  ['a date made of a number in a pure file', 'idp/sso/a.ts', 'export const t = new Date(0);'],
  ['anything a test needs', 'idp/sso/a.test.ts', "import { sql } from 'kysely'; Date.now();"],
] as const)
  test(`accepts ${what}`, () => {
    assert.deepEqual(breaches(path, source), []);
  });
