import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { hashPassword } from './password-hash.ts';
import { passwordProblem } from './password-rules.ts';
import { insertFirstCompany, isEmpty } from '../namespaces/store.ts';

/** What a person needs to come in for the first time. The password is shown this once. */
export type FirstStart = { company: string; namespace: string; userName: string; password: string | null };

/**
 * Makes the company of the configuration with its administrator, where there is no company yet. Its plan includes
 * single sign-on. Answers what to print, with the password only where it was made here; undefined where companies exist.
 *
 * @throws Error with a sentence where the configured password or user name cannot be used
 */
export async function makeFirstCompany(
  context: Pick<Context, 'db' | 'now' | 'newId' | 'newSecret' | 'newSalt'>,
  config: Config,
): Promise<FirstStart | undefined> {
  if (!(await isEmpty(context.db))) return undefined;
  const { namespace, companyName, administrator } = config;
  const given = config.administratorPassword;
  const problem = given === undefined ? undefined : passwordProblem(given, administrator);
  if (problem) throw new Error(`PERFORM_ADMIN_PASSWORD: ${problem} For example Correct-Horse-7.`);
  const password = given ?? randomPassword(context.newSecret());
  const createdDateTime = context.now();
  const made = await insertFirstCompany(
    context.db,
    { namespace, displayName: companyName, ssoInPlan: 1, createdDateTime },
    {
      namespace,
      id: context.newId(),
      userName: administrator,
      userNameKey: administrator.toLowerCase(),
      givenName: companyName,
      surname: 'Administrator',
      mail: '',
      role: 'administrator',
      status: 'active',
      passwordHash: await hashPassword(password, context.newSalt()),
      failedSignInCount: 0,
      lockedUntilDateTime: null,
      lastSignInDateTime: null,
      createdDateTime,
    },
  );
  if (!made) return undefined;
  return {
    company: companyName,
    namespace,
    userName: administrator,
    password: given === undefined ? password : null,
  };
}

/** Twenty characters of a secret that are easy to tell apart, and one of each kind the rules ask for. */
function randomPassword(secret: string): string {
  const clear = secret.replace(/[-_0Oo1lIi]/g, '').slice(0, 18);
  return `${clear.slice(0, 6)}-${clear.slice(6, 12)}-${clear.slice(12, 18)}-aA7`;
}
