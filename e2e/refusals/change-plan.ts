import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { platform } from '../installation.ts';
import { bareEnvironment } from '../service-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the command by which whoever operates Perform changes a company's plan. */
export async function changePlan(namespace: string, sso: 'on' | 'off'): Promise<void> {
  await promisify(execFile)(process.execPath, ['perform/operator.ts', 'plan', namespace, '--sso', sso], {
    cwd: root,
    env: { ...bareEnvironment(), ...platform().environment },
  });
}
