import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { fixtureKey } from './fixtures/hand-signer.ts';
import { issueInput } from './fixtures/web-sso.ts';
import { issueResponse } from './profiles/issue-response.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const tools = ['fixtures', 'fuzz', 'bench', 'node_modules', 'judges', 'examples', 'dist'];
const engine = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) =>
    file.endsWith('.ts') &&
    !file.endsWith('.test.ts') &&
    !file.includes('write-') &&
    !tools.some((tool) => file.startsWith(tool)),
);
const allowed = new Set(['node:buffer', 'node:crypto', 'node:zlib']);

test('nothing is imported that could reach a network, a file, a clock or native code', () => {
  assert.ok(engine.length > 50);
  for (const file of engine) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';/gms)) {
      assert.ok(allowed.has(name) || name.startsWith('.'), `${file} imports ${name}`);
    }
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    assert.doesNotMatch(code, /\bDate\.now\(|new Date\(\)|\bfetch\(|\bimport\(|\bprocess\./, file);
  }
});

test('what is refused while signing shows nothing of the key', async () => {
  const key = fixtureKey('ec-p256');
  const { d: secret = '' } = key.export({ format: 'jwk' });
  const input = issueInput();
  const signing = { ...input.signing, key };
  await assert.rejects(issueResponse({ ...input, signing }), (error) => {
    const shown = inspect({ error, signing }, { depth: 10, showHidden: true });
    return secret.length > 20 && !shown.includes(secret) && !shown.includes('PRIVATE KEY-----');
  });
});
