import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplate } from './read-template.ts';
import type { Template } from './template.ts';

/**
 * Every template of the gallery, by name.
 *
 * @param folder where the applications' folders are; left out: this package
 * @throws Error that names the file and everything wrong with it, and for an id that two templates share
 */
export function loadTemplates(folder: string = import.meta.dirname): Template[] {
  const templates: Template[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name, 'template.json');
    if (!entry.isDirectory() || entry.name === 'node_modules' || !existsSync(path)) continue;
    const template = readTemplate(readFileSync(path, 'utf8'), path);
    const twin = templates.find((other) => other.id === template.id);
    if (twin) throw new Error(`${path}: ${twin.displayName} has the same id.`);
    templates.push(template);
  }
  return templates.sort((one, other) =>
    one.displayName.toLowerCase() < other.displayName.toLowerCase() ? -1 : 1,
  );
}
