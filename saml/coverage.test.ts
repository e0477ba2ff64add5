import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { coverageText } from './coverage.ts';

test('docs/saml-coverage.md is what the catalogue prints', () => {
  const committed = readFileSync(new URL('../docs/saml-coverage.md', import.meta.url), 'utf8');
  assert.equal(committed, coverageText(), 'run: node saml/write-coverage.ts');
});

test('no cell of the printed tables breaks its row', () => {
  const rows = coverageText()
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| switch'));
  const widths = new Set(rows.map((row) => row.split('|').length));
  assert.deepEqual([...widths].sort(), [4, 6]);
});
