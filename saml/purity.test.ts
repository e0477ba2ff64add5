import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { fixtureKey } from './fixtures/hand-signer.ts';
import { issueInput } from './fixtures/web-sso.ts';
import { issueResponse } from './profiles/issue-response.ts';

const allowed = new Set(['node:buffer', 'node:crypto', 'node:zlib']);
const importing = /^(?:import|export)\b[^;]*?from '([^']+)';/gms;

/** Every file that the engine comes to, by its path in this folder. */
function reachable(...entries: string[]): string[] {
  const found = new Set(entries);
  for (const file of found) {
    for (const [, name = ''] of textOf(file).matchAll(importing)) {
      if (name.startsWith('.')) found.add(join(dirname(file), name));
    }
  }
  return [...found];
}

function textOf(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

test('nothing is imported that could reach a network, a file, a clock or native code', () => {
  const engine = reachable('index.ts', 'examine.ts');
  assert.ok(engine.length > 80, `${engine.length} files`);
  for (const file of engine) {
    const text = textOf(file);
    for (const [, name = ''] of text.matchAll(importing)) {
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
