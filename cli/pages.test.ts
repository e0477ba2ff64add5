import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './install.js';
import { generatedPages } from './pages.ts';

for (const [name, page] of Object.entries(generatedPages))
  test(`docs/${name} is what the code says (write it with: npm run countersign -- docs)`, () => {
    assert.equal(readFileSync(join(root, 'docs', name), 'utf8'), page());
  });
