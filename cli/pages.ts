import { configurationPage } from './configuration-page.ts';
import { errorCodesPage } from './error-codes-page.ts';
import { settingGroups } from './setting-groups.ts';

/** The pages of `docs/` that are printed from the code they describe, by file name. */
export const generatedPages: Record<string, () => string> = {
  'configuration.md': () => configurationPage(settingGroups),
  'error-codes.md': errorCodesPage,
};
