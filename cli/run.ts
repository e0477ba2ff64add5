import { isAbsolute, join } from 'node:path';
import { makeFolder } from '@countersign/database';
import { buildPortal } from './build-portal.ts';
import { helpText, readFlags } from './flags.ts';
import { pinnedEnvironment, root } from './install.js';
import { settingGroups } from './setting-groups.ts';
import { type Service, startService } from './service.ts';
import { firstStartText, welcome } from './welcome.ts';

try {
  await start();
} catch (error) {
  stopWith(error);
}

async function start(): Promise<void> {
  const invocation = readFlags(
    process.argv.slice(2),
    settingGroups.flatMap(({ settings }) => settings),
  );
  if (invocation.help) {
    console.log(helpText(settingGroups));
    return;
  }
  const environment: NodeJS.ProcessEnv = {
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compile'),
    ...pinnedEnvironment,
    ...invocation.environment,
  };
  const data = environment.COUNTERSIGN_DATA ?? 'data';
  environment.PERFORM_DATABASE ??= `sqlite:${data}/perform.db`;
  const folder = isAbsolute(data) ? data : join(root, data);
  makeDataFolder(folder);
  buildPortal(console.log);

  const idp = startService('idp', join(folder, 'countersign.log'), environment);
  const perform = startService('perform', join(folder, 'perform.log'), environment);
  const services = [idp, perform];
  stopTogether(services);
  const [idpUrl, performUrl] = await Promise.all([idp.listening, perform.listening]).catch(async (error) => {
    // The other side may have had its first start: its password is printed now or never.
    await settled(services);
    for (const text of services.map(({ firstStart }) => firstStartText(firstStart)))
      if (text) console.log(text);
    throw error;
  });
  console.log(
    welcome({ idpUrl, performUrl, idp: idp.firstStart, perform: perform.firstStart, logs: folder }),
  );
  if (!invocation.demo) return;
  const { runDemo } = await import('./demo.ts');
  const idpAdministrator =
    idp.firstStart?.userName ?? environment.COUNTERSIGN_ADMIN ?? 'admin@contoso.example';
  const performAdministrator = perform.firstStart?.userName ?? environment.PERFORM_ADMIN ?? 'admin';
  console.log(
    await runDemo({
      idpUrl,
      performUrl,
      idpAdministrator: {
        userName: idpAdministrator,
        password: idp.firstStart?.password ?? environment.COUNTERSIGN_ADMIN_PASSWORD,
      },
      performAdministrator: {
        company: environment.PERFORM_NAMESPACE ?? 'contoso',
        userName: performAdministrator,
        password: perform.firstStart?.password ?? environment.PERFORM_ADMIN_PASSWORD,
      },
      say: (line) => console.log(line),
    }),
  );
}

function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The data folder ${folder} cannot be made (${reason}). Choose another one with --data, for example --data /var/lib/countersign.`,
      { cause: error },
    );
  }
}

/** Ctrl-C, a stop from outside, or the end of one service stops both, and this process when both are gone. */
function stopTogether(services: readonly Service[]): void {
  let stopping = false;
  const stop = () => {
    stopping = true;
    for (const { process: child } of services) child.kill('SIGTERM');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  for (const { process: child } of services)
    child.on('exit', (code) => {
      if (!stopping) process.exitCode = code || 1;
      settled(services).then(stop);
    });
}

/** When each service either listens or has ended: one that is starting is not stopped in the middle of its first start. */
async function settled(services: readonly Service[]): Promise<void> {
  await Promise.allSettled(services.map(({ listening }) => listening));
}

function stopWith(error: unknown): void {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
  // Stops the services, if any were started; the process ends when they have.
  process.emit('SIGTERM');
}
