import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { postgresFolders } from './system-packages.ts';

/** A PostgreSQL server for one test run. */
export type TestPostgres = { url: string; stop(): void };

/**
 * Starts a PostgreSQL server on a free port of the loopback address with its data below `folder`.
 * PostgreSQL refuses to run as root, so root hands it over to the user `postgres`.
 */
export async function startPostgres(folder: string): Promise<TestPostgres> {
  const programs = postgresFolders().find((path) => existsSync(`${path}/initdb`));
  if (!programs) throw new Error('PostgreSQL is not installed.');
  const home = join(folder, 'postgres');
  mkdirSync(home);
  const asRoot = process.getuid?.() === 0;
  if (asRoot) {
    const id = Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout);
    chownSync(home, id, id);
    // The temporary folder's own mode would keep that user out.
    chmodSync(folder, 0o711);
  }
  const run = (program: string, parameters: string[]) => {
    const command = [join(programs, program), ...parameters];
    const [first = '', ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    const { status, stderr } = spawnSync(first, rest, {
      encoding: 'utf8',
      cwd: home,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  };
  const data = join(home, 'data');
  const port = await freePort();
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync']);
  // The databases of a test run are thrown away: durability is PostgreSQL's own and not what is tested here.
  const options = `-p ${port} -k ${home} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200`;
  run('pg_ctl', ['-D', data, '-o', options, '-l', join(home, 'log'), '-w', 'start']);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: () => run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
