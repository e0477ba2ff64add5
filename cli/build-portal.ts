import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedEnvironment, root } from './install.js';

const output = join(root, 'idp', 'static');
const stamp = join(output, '.built-from');

/**
 * Builds the portal into `idp/static` unless what lies there was built from these very sources.
 *
 * @param say told what happens
 * @throws Error with the build's output when it fails
 */
export function buildPortal(say: (line: string) => void): void {
  const wanted = fingerprint();
  if (builtFrom() === wanted) return;
  say('Building the portal …');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel=warn'], {
    cwd: join(root, 'portal'),
    encoding: 'utf8',
    env: pinnedEnvironment,
  });
  if (status !== 0) throw new Error(`The portal could not be built:\n${stdout}${stderr}`);
  mkdirSync(output, { recursive: true });
  writeFileSync(stamp, wanted);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = [
    'package-lock.json',
    ...globSync('portal/**/*', { cwd: root, exclude: ['**/node_modules/**'] }),
  ];
  for (const file of files.filter((name) => /\.\w+$/.test(name)).sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function builtFrom(): string | undefined {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}
