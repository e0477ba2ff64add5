import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage } from './configuration-page.ts';
import { errorCodesPage } from './error-codes-page.ts';
import { root } from './install.js';
import { settingGroups } from './setting-groups.ts';

/** The pages of `docs/` that are printed from the code they describe, by file name. */
export const generatedPages: Record<string, () => string> = {
  'configuration.md': () => configurationPage(settingGroups),
  'error-codes.md': errorCodesPage,
};

/** Prints the pages into `docs/`. */
export function writeGeneratedPages(): void {
  for (const [name, page] of Object.entries(generatedPages)) writeFileSync(join(root, 'docs', name), page());
}
