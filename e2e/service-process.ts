import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** One JSON line a service wrote; a line that is no JSON stands under `text`. */
export type LogLine = Record<string, unknown>;

export type ServiceProcess = {
  readonly name: string;
  readonly port: number;
  /** Everything written since the first start, across restarts. */
  readonly lines: LogLine[];
  start(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing of the service runs on. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Resolves with the first line, from the position `since` on, that satisfies the predicate. */
  waitForLine(what: string, matches: (line: LogLine) => boolean, since?: number): Promise<LogLine>;
};

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}

/** What a child may inherit from this process; every setting of the product is given by name. */
export function bareEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_COMPILE_CACHE'];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** Describes a service started from `file` (relative to the project); it runs once `start` was called. */
export function serviceProcess(i: {
  name: string;
  file: string;
  args?: string[];
  port: number;
  env: Record<string, string>;
  /** How many "listening" lines mean that it is up. */
  listeners?: number;
}): ServiceProcess {
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  let child: ChildProcess | undefined;
  let exited: Promise<number | null> = Promise.resolve(null);

  const note = (text: string) => {
    lines.push(parseLine(text));
    for (const wake of waiting) wake();
  };

  async function start(): Promise<void> {
    const since = lines.length;
    const started = spawn(process.execPath, [i.file, ...(i.args ?? [])], {
      cwd: root,
      env: { ...bareEnvironment(), ...i.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    running.add(started);
    createInterface({ input: started.stdout }).on('line', note);
    createInterface({ input: started.stderr }).on('line', note);
    exited = new Promise((resolve) => {
      started.once('exit', (code) => {
        running.delete(started);
        note(JSON.stringify({ event: 'exited', code }));
        resolve(code);
      });
    });
    const needed = i.listeners ?? 1;
    const up = () => lines.slice(since).filter((line) => line.event === 'listening').length >= needed;
    const down = (line: LogLine) => line.event === 'exited';
    const last = await waitForLine(`${i.name} to listen`, (line) => up() || down(line), since);
    if (down(last)) throw new Error(`${i.name} stopped instead of listening:\n${tail(lines, since)}`);
  }

  async function signal(name: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    child?.kill(name);
    return exited;
  }

  function waitForLine(what: string, matches: (line: LogLine) => boolean, since = 0): Promise<LogLine> {
    return new Promise((resolve, reject) => {
      let position = since;
      const look = () => {
        while (position < lines.length) {
          const line = lines[position++];
          if (line === undefined || !matches(line)) continue;
          done();
          resolve(line);
          return;
        }
      };
      const limit = setTimeout(() => {
        done();
        reject(new Error(`waited in vain for ${what}; ${i.name} wrote:\n${tail(lines, since)}`));
      }, 60_000);
      const done = () => {
        clearTimeout(limit);
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  }

  return {
    name: i.name,
    port: i.port,
    lines,
    start,
    waitForLine,
    stop: () => signal('SIGTERM'),
    kill: async () => {
      await signal('SIGKILL');
    },
    restart: async () => {
      await signal('SIGTERM');
      await start();
    },
  };
}

function parseLine(text: string): LogLine {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as LogLine;
  } catch {
    // Not every line of a process is ours: a stack trace of the runtime, a warning.
  }
  return { text };
}

function tail(lines: LogLine[], since: number): string {
  return lines
    .slice(since)
    .slice(-30)
    .map((line) => JSON.stringify(line))
    .join('\n');
}
