import type { Context } from '../context.ts';
import { verifyPassword } from '../directory/password-hash.ts';
import { clearFailedSignIns, findUserByName } from '../directory/users/store.ts';
import type { UserRow } from '../tables.ts';
import { takeAttempt } from './store.ts';
import type { UnknownNames } from './unknown-names.ts';

export type PasswordOutcome =
  | { outcome: 'right'; user: UserRow }
  /** Right, but it was handed out by an administrator and must be changed before it counts. */
  | { outcome: 'must-change'; user: UserRow }
  | { outcome: 'disabled'; user: UserRow }
  /** `user` is null where there is none of that name: for the log, never for the screen. */
  | { outcome: 'locked' | 'wrong'; user: UserRow | null };

/**
 * Compares a password. An unknown name, a locked account and a wrong password take the same work, and only the right
 * password learns anything about the account.
 *
 * @param tenantId null where the user name belongs to no organisation here
 */
export async function checkPassword(
  context: Context,
  tenantId: string | null,
  userName: string,
  password: string,
  unknownNames: UnknownNames,
): Promise<PasswordOutcome> {
  const k = context.db.kysely;
  const user = tenantId === null ? undefined : await findUserByName(k, tenantId, userName);
  if (!user) {
    await verifyPassword(password, null);
    const counted = unknownNames.takeAttempt(`${tenantId ?? ''} ${userName}`, context.now());
    return { outcome: counted ? 'wrong' : 'locked', user: null };
  }
  if (!(await takeAttempt(k, user.tenantId, user.id, context.now()))) {
    await verifyPassword(password, null);
    return { outcome: 'locked', user };
  }
  if (!(await verifyPassword(password, user.passwordHash))) return { outcome: 'wrong', user };
  await clearFailedSignIns(k, user.tenantId, user.id);
  if (user.accountEnabled === 0) return { outcome: 'disabled', user };
  return { outcome: user.forceChangePasswordNextSignIn === 1 ? 'must-change' : 'right', user };
}
