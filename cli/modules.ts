import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** One import of a module: what it names, and whether only types come from it. */
export type Import = { specifier: string; typeOnly: boolean; line: number };

/** A module of the tree as the checks see it. */
export type Module = {
  /** Path from the root, with `/`. */
  path: string;
  lines: number;
  imports: Import[];
  /** Uses of clock, randomness or process, as `name at line`. */
  impurities: string[];
  /** Calls that look for an element anywhere in a document, as `name at line`. */
  searches: string[];
};

type Node = { type: string; start: number; [key: string]: unknown };

const skipped = new Set(['node_modules', 'static', 'dist', 'data', 'screenshots', '.git', '.cache']);

/** Every TypeScript and JavaScript module below the given folders, parsed. @throws Error naming a file that does not parse */
export function readModules(root: string, folders: readonly string[]): Module[] {
  return folders.flatMap((folder) => filesBelow(root, folder)).map((path) => readModule(root, path));
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(root, path);
    return /\.(ts|tsx|js|mjs)$/.test(entry.name) && !path.includes('/fixtures/') ? [path] : [];
  });
}

/** Parses one module. */
export function readModule(
  root: string,
  path: string,
  source = readFileSync(join(root, path), 'utf8'),
): Module {
  const { program, module, errors } = parseSync(path, source);
  const error = errors[0];
  if (error) throw new Error(`${path} does not parse: ${error.message}`);
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length;
  const imports: Import[] = [];
  for (const found of module.staticImports) {
    const typeOnly = found.entries.length > 0 && found.entries.every((entry) => entry.isType);
    imports.push({ specifier: found.moduleRequest.value, typeOnly, line: lineAt(found.start) });
  }
  for (const found of module.staticExports)
    for (const entry of found.entries)
      if (entry.moduleRequest)
        imports.push({
          specifier: entry.moduleRequest.value,
          typeOnly: entry.isType,
          line: lineAt(found.start),
        });
  const impurities: string[] = [];
  const searches: string[] = [];
  visit(program as unknown as Node, (node) => {
    if (node.type === 'ImportExpression' && isNode(node.source) && typeof node.source.value === 'string')
      imports.push({ specifier: node.source.value, typeOnly: false, line: lineAt(node.start) });
    const impurity = impurityOf(node);
    if (impurity) impurities.push(`${impurity} at line ${lineAt(node.start)}`);
    const name = node.type === 'Identifier' ? String(node.name) : '';
    if (searchingNames.has(name)) searches.push(`${name} at line ${lineAt(node.start)}`);
  });
  return { path, lines: source.split('\n').length - 1, imports, impurities, searches };
}

/** How other libraries look for an element wherever it stands: the root of every signature-wrapping hole. */
const searchingNames = new Set([
  'getElementById',
  'getElementsByTagName',
  'getElementsByTagNameNS',
  'getElementsByClassName',
  'querySelector',
  'querySelectorAll',
  'XPathEvaluator',
  'XPathExpression',
  'xpath',
]);

/** The clock, randomness or the process, where this node reaches for one. */
function impurityOf(node: Node): string | undefined {
  if (node.type === 'NewExpression' && isName(node.callee, 'Date') && isEmpty(node.arguments))
    return 'new Date()';
  if (node.type !== 'MemberExpression' || !isNode(node.property)) return undefined;
  const property = node.property.name;
  if (isName(node.object, 'Date') && property === 'now') return 'Date.now';
  if (isName(node.object, 'Math') && property === 'random') return 'Math.random';
  if (isName(node.object, 'process')) return `process.${String(property)}`;
  return undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function isName(value: unknown, name: string): boolean {
  return isNode(value) && value.type === 'Identifier' && value.name === name;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function visit(start: Node, each: (node: Node) => void): void {
  const waiting: unknown[] = [start];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...next);
    else if (isNode(next)) {
      each(next);
      waiting.push(...Object.values(next).filter((value) => typeof value === 'object'));
    }
  }
}
