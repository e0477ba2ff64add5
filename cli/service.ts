import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './install.js';

/** What a service reports on its first start: who administers it, and the password if one was made. */
export type FirstStart = { userName: string; password: string | null; namespace?: string };

/** A service that runs as a process of its own. */
export type Service = {
  process: ChildProcess;
  /** Set once the first start was reported. */
  firstStart: FirstStart | undefined;
  /** Resolves with the public URL; rejects with the sentence the service left on standard error. */
  listening: Promise<string>;
};

/**
 * Starts a service's `main.ts`, keeps its log lines in a file and shows warnings and errors.
 *
 * @param folder workspace of the service
 * @param logFile where its JSON log lines go
 */
export function startService(folder: string, logFile: string, environment: NodeJS.ProcessEnv): Service {
  const child = spawn(process.execPath, [join(root, folder, 'main.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
  });
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  log.on('error', () => {});
  const service: Service = { process: child, firstStart: undefined, listening: Promise.resolve('') };
  let complaints = '';
  let ready = false;
  child.stderr.on('data', (chunk) => {
    if (ready) process.stderr.write(chunk);
    else complaints += chunk;
  });
  service.listening = new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error(complaints.trim() || `${folder} stopped before it was ready.`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = parse(line);
      if (entry.event === 'first-start') service.firstStart = readFirstStart(entry);
      else log.write(`${line}\n`);
      if (entry.event === 'listening') {
        ready = true;
        resolve(String(entry.url));
      }
      if (typeof entry.level === 'number' && entry.level >= 40)
        process.stdout.write(`${folder}: ${String(entry.msg)}\n`);
    });
  });
  // Whoever waits for `listening` hears of a failure there; an early exit alone must not end this process.
  service.listening.catch(() => {});
  return service;
}

function parse(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function readFirstStart(entry: Record<string, unknown>): FirstStart {
  return {
    userName: String(entry.userPrincipalName ?? entry.userName),
    password: typeof entry.password === 'string' ? entry.password : null,
    ...(typeof entry.namespace === 'string' ? { namespace: entry.namespace } : {}),
  };
}
