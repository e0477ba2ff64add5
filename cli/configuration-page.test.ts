import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { configurationPage } from './configuration-page.ts';
import { root } from './install.js';
import { settingGroups } from './setting-groups.ts';

test('docs/configuration.md is what the services read (write it with: npm run countersign -- docs)', () => {
  assert.equal(
    readFileSync(join(root, 'docs', 'configuration.md'), 'utf8'),
    configurationPage(settingGroups),
  );
});
