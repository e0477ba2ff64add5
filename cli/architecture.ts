/**
 * The arrows and the three file names of ARCHITECTURE.md as one table each. `cli/check-architecture.ts` holds every module
 * of the tree against them; the same order of areas stands in `idp/server.ts`.
 */

/** Which workspace may import which. A name ending in `.ts` allows that one module only. */
export const arrows: Record<string, readonly string[]> = {
  saml: [],
  database: [],
  web: [],
  gallery: [],
  'sp-kit': ['saml', 'database'],
  idp: ['saml', 'database', 'web', 'gallery'],
  perform: ['sp-kit', 'saml', 'database', 'web'],
  portal: [],
  cli: ['idp', 'perform', 'sp-kit', 'saml', 'database', 'e2e'],
  e2e: ['database', 'portal/paths.ts'],
};

/** Imports of types alone, erased before anything runs. */
export const typeArrows: Record<string, readonly string[]> = {
  portal: ['idp'],
};

/** What tests may import beyond that. */
export const testArrows: Record<string, readonly string[]> = {
  web: [],
  idp: ['portal/paths.ts', 'portal/shell/permissions.ts'],
};

/** The areas of a service, from left to right: each imports only to its left. */
export const areas: Record<string, readonly string[]> = {
  idp: [
    'access',
    'logs',
    'directory',
    'applications',
    'assignments',
    'policies',
    'sign-in',
    'sso',
    'my-apps',
    'portal-pages',
    'provisioning',
  ],
  perform: ['access', 'frame', 'logs', 'namespaces', 'people', 'sign-in', 'settings', 'home'],
};

/** Folders of a service that know no area and stand under all of them. */
export const conventions: Record<string, readonly string[]> = { idp: ['graph'] };

/** Workspaces in which `store.ts` is the only SQL and `api.ts`, `routes.ts`, `pages.ts` are the only HTTP. */
export const services: readonly string[] = ['idp', 'perform', 'sp-kit'];

export const sqlFiles: readonly string[] = ['store.ts'];
export const httpFiles: readonly string[] = ['api.ts', 'routes.ts', 'pages.ts'];
/** Files at a service's root that put it together, and are therefore exempt. */
export const shellFiles: readonly string[] = [
  'main.ts',
  'server.ts',
  'config.ts',
  'context.ts',
  'tables.ts',
  'operator.ts',
  'migrations.ts',
];

export const sqlModules: readonly string[] = ['kysely', 'pg', 'node:sqlite', '@countersign/database'];
export const httpModules: readonly string[] = [
  'fastify',
  '@fastify/static',
  '@countersign/web',
  'node:http',
  'node:https',
];
/** Built-in modules a pure file may use. */
export const pureBuiltins: readonly string[] = ['node:buffer', 'node:crypto', 'node:util', 'node:zlib'];

/** The engine depends on nothing but these. */
export const samlBuiltins: readonly string[] = ['node:buffer', 'node:crypto', 'node:zlib'];
/** Programs beside the engine: they print and generate, and are not part of it. */
export const samlPrograms: readonly string[] = [
  'saml/write-coverage.ts',
  'saml/build-package.ts',
  'saml/bench/',
  'saml/examples/',
  'saml/fuzz/',
];

/** Names of folders and files that say nothing about what is inside. */
export const drawers: readonly string[] = [
  'common',
  'shared',
  'core',
  'util',
  'utils',
  'helper',
  'helpers',
  'misc',
  'lib',
];

export const linesAtMost = 400;
