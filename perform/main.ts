import { dirname } from 'node:path';
import { type Database, makeFolder, migrate, open } from '@countersign/database';
import { pino } from 'pino';
import { type Config, readConfig } from './config.ts';
import { migrations } from './migrations/all.ts';
import { purgeSignIns } from './logs/store.ts';
import { makeFirstCompany } from './people/first-company.ts';
import { buildServer, createContext } from './server.ts';
import { purgeSessions } from './sign-in/store.ts';
import type { Tables } from './tables.ts';

const purgeInterval = 10 * 60 * 1000;
/** Sign-ins are kept for a quarter of a year; changes in the audit log are kept for good. */
const signInsKept = 90 * 24 * 60 * 60 * 1000;

/** Ends the process with sentences on standard error: what is wrong and what to do. */
function stop(...sentences: string[]): never {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function openDatabase({ databaseUrl }: Config): Promise<Database<Tables>> {
  const file = /^sqlite:(?!:memory:)(.+)$/.exec(databaseUrl)?.[1];
  try {
    if (file) makeFolder(dirname(file));
    const db = await open<Tables>(databaseUrl);
    await migrate(db, migrations, Date.now);
    return db;
  } catch (error) {
    const where = file ?? 'the database of PERFORM_DATABASE';
    return stop(
      `Perform cannot use ${where}: ${error instanceof Error ? error.message : String(error)}. Name another one in PERFORM_DATABASE, for example sqlite:data/perform.db.`,
    );
  }
}

async function main(): Promise<void> {
  const { config, problems } = readConfig(process.env);
  if (!config) return stop(...problems);
  const log = pino({
    level: config.logLevel,
    redact: ['password', 'SAMLResponse', '*.password', '*.SAMLResponse', 'err.config'],
  });
  const db = await openDatabase(config);
  const context = createContext(config, db, log);
  const app = buildServer(context);
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const why =
      code === 'EADDRINUSE'
        ? 'something else listens there. Stop it, or choose another port with PERFORM_PORT.'
        : `${error instanceof Error ? error.message : String(error)}. Choose another one with PERFORM_HOST and PERFORM_PORT.`;
    return stop(`Perform cannot listen on ${config.host}:${config.port}: ${why}`);
  }
  // After listening: a password made for a start that then fails would never be shown.
  const first = await makeFirstCompany(context, config).catch((error: unknown) =>
    stop(error instanceof Error ? error.message : String(error)),
  );
  const purging = setInterval(() => {
    const now = context.now();
    Promise.all([
      context.saml.store.purge(now),
      purgeSessions(db, now),
      purgeSignIns(db, now - signInsKept),
    ]).catch((err: unknown) =>
      log.error({ event: 'purge-failed', err }, 'What has expired could not be deleted.'),
    );
  }, purgeInterval);
  let stopping = false;
  const end = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    clearInterval(purging);
    await app.close();
    await db.close();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // Last: whoever reads it may send a signal at once.
  if (first) print({ event: 'first-start', ...first, url: config.publicUrl });
  print({ event: 'listening', url: config.publicUrl });
}

function print(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

await main();
