// Runs on the Node a machine happens to have (20 or newer), before anything is installed: plain JavaScript, built-ins only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const binaries = join(root, 'node_modules', '.bin');

/** The pinned Node that `npm ci` brings. */
export const pinnedNode = join(binaries, process.platform === 'win32' ? 'node.cmd' : 'node');

/** This process's environment with the pinned Node first on the path. */
export const pinnedEnvironment = { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}` };

/**
 * Makes node_modules what the lockfile says; returns at once when it already is.
 * @param {(line: string) => void} say told what happens
 */
export function ensureInstalled(say) {
  const stamp = join(root, 'node_modules', '.installed-lockfile');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(pinnedNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing the dependencies (once; about a minute) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    say('npm ci did not succeed: see above. Is the package registry reachable?');
    process.exit(1);
  }
  if (!existsSync(pinnedNode)) {
    say(
      `There is no pinned Node for ${process.platform} ${process.arch}; run with Node 26 or newer on this machine.`,
    );
    if (Number(process.versions.node.split('.')[0]) < 26) process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/**
 * Goes on in another script under the pinned Node and leaves with its exit code.
 * @param {string} script path from the root
 * @param {string[]} parameters
 */
export async function continueIn(script, parameters) {
  const file = join(root, script);
  if (Number(process.versions.node.split('.')[0]) >= 26) {
    process.argv = [process.execPath, file, ...parameters];
    process.env.PATH = pinnedEnvironment.PATH;
    await import(`file://${file}`);
    return;
  }
  const { spawn } = await import('node:child_process');
  const child = spawn(pinnedNode, [file, ...parameters], { stdio: 'inherit', env: pinnedEnvironment });
  // The terminal sends Ctrl-C to the whole group; this process only waits for the child to stop by itself.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
