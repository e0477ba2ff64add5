import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, for this user alone; makes sure that an existing one can be written to. One by
 * one, because mkdirSync's own recursion never returns where the system lets nothing be made (below /proc).
 *
 * @throws the system's error (EACCES, ENOENT, ENOTDIR, EROFS …)
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return accessSync(folder, constants.W_OK | constants.X_OK);
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder, { mode: 0o700 });
}
