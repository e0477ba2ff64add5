import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Database, makeFolder, migrate, open, uuidv7 } from '@countersign/database';
import { pino } from 'pino';
import { type Config, type ParsedConfig, parseConfig, parseMasterKey } from './config.ts';
import type { Context } from './context.ts';
import { brokenPasswordRule, generatePassword } from './directory/password-rules.ts';
import { bootstrap } from './directory/tenants/bootstrap.ts';
import { anyTenant } from './directory/tenants/store.ts';
import { migrations } from './migrations/all.ts';
import { buildServer } from './server.ts';
import { deleteExpiredSessions } from './sign-in/session/store.ts';
import { deleteExpiredRequests } from './sso/store.ts';
import type { Tables } from './tables.ts';

/** What is over is cleared away so often. Milliseconds. */
const clearEvery = 10 * 60_000;

await main();

async function main(): Promise<void> {
  const { config: parsed, problems } = parseConfig(process.env);
  if (!parsed) return stop(...problems);
  const log = pino({
    level: parsed.logLevel,
    base: { service: 'idp' },
    redact: [
      'password',
      'SAMLResponse',
      'SAMLRequest',
      '*.password',
      '*.SAMLResponse',
      '*.cookie',
      'err.config',
    ],
  });
  makeFolders(parsed);
  const db = await openDatabase(parsed);
  const config: Config = { ...parsed, masterKey: parsed.masterKey ?? (await readMasterKey(parsed, db, log)) };
  const context: Context = { config, db, now: Date.now, newId: () => uuidv7(Date.now()), log };
  const app = buildServer(context);
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    return stop(whyNotListening(config, error));
  }
  // Only now: a password that is made and printed once must not be lost to a port that is taken.
  await makeFirstTenant(context);
  print({ event: 'listening', url: config.publicUrl });
  const clearing = keepClear(context);

  let stopping = false;
  const end = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    clearInterval(clearing);
    await app.close();
    await db.close();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

function makeFolders({ dataFolder, databaseUrl }: ParsedConfig): void {
  const file = /^sqlite:(?!:memory:)(.+)$/.exec(databaseUrl)?.[1];
  for (const folder of [dataFolder, ...(file ? [dirname(file)] : [])]) {
    try {
      makeFolder(folder);
    } catch (error) {
      stop(
        `The folder ${folder} cannot be used (${reasonOf(error)}). Name one that can in COUNTERSIGN_DATA, for example COUNTERSIGN_DATA=/var/lib/countersign.`,
      );
    }
  }
}

async function openDatabase({ databaseUrl }: ParsedConfig): Promise<Database<Tables>> {
  try {
    const db = await open<Tables>(databaseUrl);
    await migrate(db, migrations, Date.now);
    return db;
  } catch (error) {
    // A PostgreSQL URL may hold a password.
    const where = databaseUrl.startsWith('sqlite:') ? databaseUrl : 'the database of COUNTERSIGN_DATABASE';
    return stop(
      `Countersign cannot use ${where}: ${reasonOf(error)}. Name another one in COUNTERSIGN_DATABASE, for example sqlite:data/countersign.db.`,
    );
  }
}

/** The master key of the data folder. It is made on the first start, and never again for a database that has keys. */
async function readMasterKey(
  { dataFolder }: ParsedConfig,
  db: Database<Tables>,
  log: Context['log'],
): Promise<Uint8Array> {
  const file = join(dataFolder, 'master.key');
  if (!(await anyTenant(db.kysely))) {
    try {
      writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
      log.warn(`The master key was made in ${file}. Set COUNTERSIGN_MASTER_KEY to keep it elsewhere.`);
    } catch (error) {
      // Another process starting at the same moment may have made it.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
        return stop(
          `The master key cannot be written to ${file} (${reasonOf(error)}). Make the folder writable, or set COUNTERSIGN_MASTER_KEY.`,
        );
    }
  }
  try {
    const key = parseMasterKey(readFileSync(file, 'utf8').trim());
    return key ?? stop(`${file} does not hold a master key: 32 octets in base64. Restore it from a backup.`);
  } catch (error) {
    return stop(
      `The database is in use already, but its master key is not at ${file} (${reasonOf(error)}). Restore the file, or set COUNTERSIGN_MASTER_KEY; without it the signing keys cannot be read.`,
    );
  }
}

async function makeFirstTenant(context: Context): Promise<void> {
  const { config } = context;
  if (await anyTenant(context.db.kysely)) return;
  const broken = config.adminPassword === null ? null : brokenPasswordRule(config.adminPassword);
  if (broken) return stop(`COUNTERSIGN_ADMIN_PASSWORD: ${broken}`);
  const password = config.adminPassword ?? generatePassword();
  const made = await bootstrap(
    { ...context, publicUrl: config.publicUrl },
    {
      displayName: config.tenantName,
      domain: config.tenantDomain,
      administrator: config.adminUserPrincipalName,
      password,
    },
  );
  if (made)
    print({
      event: 'first-start',
      url: config.publicUrl,
      tenantId: made.tenantId,
      userPrincipalName: config.adminUserPrincipalName,
      // A password that was set is known to whoever set it.
      password: config.adminPassword === null ? password : null,
    });
}

function keepClear(context: Context): NodeJS.Timeout {
  const clear = async (): Promise<void> => {
    try {
      await deleteExpiredSessions(context.db.kysely, context.now());
      await deleteExpiredRequests(context.db.kysely, context.now());
    } catch (error) {
      context.log.error({ err: error }, 'What is over could not be cleared away');
    }
  };
  void clear();
  return setInterval(clear, clearEvery);
}

function whyNotListening({ host, port }: Config, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const why =
    code === 'EADDRINUSE'
      ? 'something else listens there. Stop it, or choose another port with COUNTERSIGN_PORT, for example COUNTERSIGN_PORT=4010.'
      : `${reasonOf(error)}. Choose another address with COUNTERSIGN_HOST and COUNTERSIGN_PORT.`;
  return `Countersign cannot listen on ${host}:${port}: ${why}`;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

/** Ends the process with sentences on standard error: what is wrong and what to do. */
function stop(...sentences: string[]): never {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function print(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
