import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { features, others } from './conformance.ts';
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
  assert.deepEqual(
    [...widths].sort((a, b) => a - b),
    [4, 5, 6, 10],
  );
});

test('what is said to be shown somewhere is there', () => {
  const standings = [...features, ...others];
  for (const { engine, feature, why } of standings) {
    const files = [...why.matchAll(/`(saml\/[^`]+)`/g)].map(([, file]) => file ?? '');
    for (const file of files) assert.ok(existsSync(new URL(`../${file}`, import.meta.url)), file);
    assert.ok(engine !== 'met' || files.length > 0, `${feature} is shown nowhere`);
  }
});
