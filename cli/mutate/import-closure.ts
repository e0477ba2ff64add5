import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** The modules below `root` that a module needs, itself included; paths from the root. Packages are left out. */
export function importClosure(root: string, file: string, known = new Map<string, string[]>()): Set<string> {
  const seen = new Set<string>();
  const waiting = [file];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const imports = known.get(next) ?? importsOf(root, next);
    known.set(next, imports);
    waiting.push(...imports);
  }
  return seen;
}

function importsOf(root: string, file: string): string[] {
  if (!existsSync(join(root, file))) return [];
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  return [
    ...module.staticImports.map((each) => each.moduleRequest.value),
    ...module.staticExports.flatMap((each) =>
      each.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
  ]
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(dirname(file), specifier));
}
