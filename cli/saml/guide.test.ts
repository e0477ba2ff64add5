import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pinnedEnvironment, root } from '../install.js';

const guide = readFileSync(join(root, 'docs', 'guides', 'inspect-a-message.md'), 'utf8');
const blocks = [...guide.matchAll(/```(sh|text)\n([\s\S]*?)```/g)].map(([, kind, text = '']) => ({
  kind,
  text,
}));

test('the guide shows what its commands print', () => {
  let printed = '';
  assert.ok(blocks.length >= 8);
  for (const { kind, text } of blocks) {
    if (kind === 'sh') {
      const { stdout, stderr, status } = spawnSync('bash', ['-ec', text], {
        cwd: root,
        encoding: 'utf8',
        env: pinnedEnvironment,
      });
      assert.equal(status, 0, stderr);
      printed = stdout;
      continue;
    }
    for (const line of text.split('\n')) {
      const [beginning = ''] = line.split('…');
      assert.ok(printed.includes(beginning), `${line}\nis not printed, but:\n${printed}`);
    }
  }
});
