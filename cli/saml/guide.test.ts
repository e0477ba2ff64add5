import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pinnedEnvironment, root } from '../install.js';

const guide = readFileSync(join(root, 'docs', 'guides', 'inspect-a-message.md'), 'utf8');
const blocks = [...guide.matchAll(/```(sh|text)\n([\s\S]*?)```/g)].map(
  ({ 1: kind, 2: text = '', index }) => ({
    kind,
    text,
    // Since the output before this one.
    before: guide.slice(guide.lastIndexOf('```text', index - 1) + 1, index),
  }),
);

test('the guide shows what its commands print, in order, and says where it shows less', () => {
  let printed = '';
  assert.ok(blocks.length >= 12);
  for (const { kind, text, before } of blocks) {
    if (kind === 'sh') {
      assert.equal(
        text
          .replace(/<<'(\w+)'\n[^]*\n\1\n/, '\n')
          .trim()
          .split('\n').length,
        1,
        text,
      );
      const { stdout, stderr, status } = spawnSync('bash', ['-ec', text], {
        cwd: root,
        encoding: 'utf8',
        env: pinnedEnvironment,
      });
      assert.equal(status, 0, stderr);
      printed = stdout;
      continue;
    }
    if (text !== printed) assert.match(before, /shortened/i);
    let rest = printed;
    for (const line of text.split('\n')) {
      const pieces = line.split('…').map((piece) => RegExp.escape(piece));
      const found = new RegExp(`^${pieces.join('.*')}${line.endsWith('…') ? '' : '$'}`, 'm').exec(rest);
      assert.ok(found, `${line}\nis not printed here, but:\n${rest}`);
      rest = rest.slice(found.index + found[0].length);
    }
  }
});
