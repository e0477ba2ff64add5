import { dirname, posix } from 'node:path';
import * as rules from './architecture.ts';
import type { Import, Module } from './modules.ts';

/**
 * Holds modules against the arrows and the file-name rules.
 *
 * @returns one sentence per breach, with file and line; none when all is well
 */
export function checkArchitecture(modules: readonly Module[]): string[] {
  return modules.flatMap((module) => [
    ...checkName(module),
    ...module.imports.flatMap((found) => [
      ...checkWorkspaceArrow(module, found),
      ...checkAreaArrow(module, found),
      ...checkFileRole(module, found),
      ...checkEngine(module, found),
    ]),
    ...checkPurity(module),
  ]);
}

const isTest = (path: string) => /(\.(test|spec)|\btesting(\/[\w-]+)?)\.tsx?$/.test(path);
const workspaceOf = (path: string) => path.split('/')[0] ?? '';
const fileName = (path: string) => posix.basename(path);

function checkName({ path, lines }: Module): string[] {
  const breaches: string[] = [];
  const drawer = path.split('/').find((part) => rules.drawers.includes(part.replace(/\.tsx?$/, '')));
  if (drawer)
    breaches.push(`${path}: "${drawer}" says nothing about what is inside; name it after its idea.`);
  if (lines > rules.linesAtMost)
    breaches.push(`${path}: ${lines} lines; above ${rules.linesAtMost} a file is two ideas.`);
  if (!/^[a-z0-9@./_-]+$/.test(path)) breaches.push(`${path}: file names are kebab-case.`);
  return breaches;
}

/** The path from the root that an import names, for our own modules; undefined for packages and built-ins. */
function target(module: Module, { specifier }: Import): string | undefined {
  if (specifier.startsWith('.')) return posix.join(dirname(module.path), specifier);
  if (specifier.startsWith('@countersign/')) {
    const [, workspace, ...rest] = specifier.split('/');
    return `${workspace}/${rest.join('/') || 'index.ts'}`;
  }
  return undefined;
}

function checkWorkspaceArrow(module: Module, found: Import): string[] {
  const to = target(module, found);
  const from = workspaceOf(module.path);
  if (!to || workspaceOf(to) === from) return [];
  const allowed = [
    ...(rules.arrows[from] ?? []),
    ...(found.typeOnly ? (rules.typeArrows[from] ?? []) : []),
    ...(isTest(module.path) ? (rules.testArrows[from] ?? []) : []),
  ];
  if (allowed.includes(workspaceOf(to)) || allowed.includes(to)) return [];
  return [`${module.path}:${found.line}: ${from} may not import ${to}${found.typeOnly ? '' : ' (a value)'}.`];
}

function checkAreaArrow(module: Module, found: Import): string[] {
  const to = target(module, found);
  const service = workspaceOf(module.path);
  const order = rules.areas[service];
  if (!to || !order || workspaceOf(to) !== service) return [];
  const [fromArea, toArea] = [module.path.split('/')[1] ?? '', to.split('/')[1] ?? ''];
  const at = `${module.path}:${found.line}`;
  const grounds = rules.conventions[service] ?? [];
  if (grounds.includes(toArea) && fileName(to) === 'store.ts' && roleOf(module.path) === 'pure')
    return found.typeOnly ? [] : [`${at}: only store.ts and api.ts may import ${to}.`];
  if (grounds.includes(fromArea) && order.includes(toArea))
    return [`${at}: ${fromArea}/ knows conventions only and may not import the area ${toArea}.`];
  const [left, right] = [order.indexOf(toArea), order.indexOf(fromArea)];
  if (right < 0 || left < 0 || left <= right) return [];
  return isTest(module.path) ? [] : [`${at}: ${fromArea} stands left of ${toArea} and may not import it.`];
}

/** Which of the three kinds a file of a service is; undefined where the rule does not apply. */
function roleOf(path: string): 'sql' | 'http' | 'pure' | undefined {
  const parts = path.split('/');
  if (!rules.services.includes(parts[0] ?? '') || isTest(path) || parts.includes('migrations'))
    return undefined;
  if (parts.length === 2 && rules.shellFiles.includes(fileName(path))) return undefined;
  if (parts.length === 2 && fileName(path) === 'index.ts') return undefined;
  if (rules.sqlFiles.includes(fileName(path))) return 'sql';
  if (rules.httpFiles.includes(fileName(path))) return 'http';
  return 'pure';
}

const matches = (specifier: string, modules: readonly string[]) =>
  modules.some((module) => specifier === module || specifier.startsWith(`${module}/`));

function checkFileRole(module: Module, found: Import): string[] {
  const role = roleOf(module.path);
  if (!role) return [];
  const { specifier } = found;
  const at = `${module.path}:${found.line}`;
  if (
    role !== 'sql' &&
    matches(specifier, rules.sqlModules) &&
    !found.typeOnly &&
    !isGuardedDatabaseCall(role, specifier)
  )
    return [`${at}: only store.ts may import ${specifier}.`];
  if (role !== 'http' && matches(specifier, rules.httpModules) && !found.typeOnly)
    return [`${at}: only api.ts, routes.ts and pages.ts may import ${specifier}.`];
  if (
    role === 'pure' &&
    specifier.startsWith('node:') &&
    !found.typeOnly &&
    !rules.pureBuiltins.includes(specifier)
  )
    return [`${at}: a pure file may not import ${specifier}.`];
  return [];
}

/** Composing stores in one transaction is the caller's business: HTTP files may open a transaction, not write SQL. */
function isGuardedDatabaseCall(role: string, specifier: string): boolean {
  return role === 'http' && specifier === '@countersign/database';
}

function checkPurity(module: Module): string[] {
  if (module.path.startsWith('saml/') && !isTest(module.path) && !isProgram(module.path))
    return [
      ...module.impurities.map((what) => `${module.path}: the engine is pure, but uses ${what}.`),
      ...module.searches.map(
        (what) => `${module.path}: the engine looks up by position only, but uses ${what}.`,
      ),
    ];
  if (roleOf(module.path) !== 'pure') return [];
  return module.impurities.map((what) => `${module.path}: a pure file uses ${what}; hand it in.`);
}

function isProgram(path: string): boolean {
  return rules.samlPrograms.some((program) => path.startsWith(program));
}

function checkEngine(module: Module, found: Import): string[] {
  if (!module.path.startsWith('saml/') || isTest(module.path) || isProgram(module.path)) return [];
  const { specifier } = found;
  if (specifier.startsWith('.') || rules.samlBuiltins.includes(specifier)) return [];
  return [
    `${module.path}:${found.line}: the engine depends on nothing but ${rules.samlBuiltins.join(' and ')}.`,
  ];
}
