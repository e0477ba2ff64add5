import { fileURLToPath } from 'node:url';
import { migrate, open, uuidv7 } from '@countersign/database';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import type { Context } from './context.ts';
import { recordAudit } from './logs/record.ts';
import { migrations } from './migrations/all.ts';
import { namespaceOf } from './namespaces/namespace-name.ts';
import { setSsoInPlan } from './namespaces/store.ts';
import type { Tables } from './tables.ts';

/** How the command is written. */
export const usage = 'plan <namespace> --sso on|off';

/**
 * Runs one command of whoever operates Perform, on the database that the environment names.
 *
 * @param arguments_ for example `['plan', 'contoso', '--sso', 'off']`
 * @returns the sentence to print and the exit code: 0 done, 1 not done, 2 not understood
 */
export async function runOperator(
  arguments_: string[],
  environment: Record<string, string | undefined>,
): Promise<{ code: 0 | 1 | 2; says: string }> {
  const [command, name, flag, value, ...rest] = arguments_;
  if (
    command !== 'plan' ||
    !name ||
    flag !== '--sso' ||
    !['on', 'off'].includes(value ?? '') ||
    rest.length > 0
  )
    return { code: 2, says: `Usage: ${usage}, for example: plan contoso --sso off` };
  const { config, problems } = readConfig(environment);
  if (!config) return { code: 1, says: problems.join('\n') };
  const db = await open<Tables>(config.databaseUrl);
  try {
    await migrate(db, migrations, Date.now);
    const log = pino({ level: 'silent' });
    return await changePlan(
      { db, log, now: Date.now, newId: () => uuidv7(Date.now()) },
      name,
      value === 'on',
    );
  } finally {
    await db.close();
  }
}

/** Switches single sign-on in a company's plan. It holds from the next request on; settings are kept. */
export async function changePlan(
  context: Pick<Context, 'db' | 'log' | 'now' | 'newId'>,
  name: string,
  ssoInPlan: boolean,
): Promise<{ code: 0 | 1; says: string }> {
  const namespace = namespaceOf(name);
  const before = await setSsoInPlan(context.db, namespace, ssoInPlan);
  if (!before)
    return { code: 1, says: `There is no company with the namespace ${JSON.stringify(namespace)}.` };
  const operator = { personId: null, userName: 'Operator' };
  await recordAudit(context, namespace, operator, {
    activity: 'Change plan',
    target: namespace,
    details: { before: { sso: before.ssoInPlan === 1 }, after: { sso: ssoInPlan } },
  });
  const state = ssoInPlan ? 'includes' : 'does not include';
  return { code: 0, says: `The plan of ${before.displayName} now ${state} single sign-on.` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { code, says } = await runOperator(process.argv.slice(2), process.env);
  (code === 0 ? process.stdout : process.stderr).write(`${says}\n`);
  process.exitCode = code;
}
