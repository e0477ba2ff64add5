import type { Principal } from '../../access/principal.ts';
import type { RoleName } from '../../access/roles.ts';

/** The person a change is about, as the directory knows them at that moment. */
export type Target = {
  id: string;
  roles: readonly RoleName[];
  /** How many other people who can sign in are Global Administrators. */
  otherGlobalAdministrators: number;
};

/** What a change of a user means for who has power here. */
export type Intent = { deletes?: boolean; disables?: boolean; resetsPassword?: boolean };

/**
 * Why this principal must not change this user, in a sentence; null where they may. The permissions table has already
 * said that they may change users at all.
 */
export function whyNotChangeUser(
  principal: Pick<Principal, 'userId' | 'roles'>,
  target: Target,
  intent: Intent,
): string | null {
  const self = principal.userId === target.id;
  if (self && intent.deletes) return 'You cannot delete yourself. Ask another administrator.';
  if (self && intent.disables)
    return 'You cannot disable your own account: nobody might be left to enable it. Ask another administrator.';
  if (self && intent.resetsPassword)
    return 'You cannot reset your own password. Change it instead, with your current password.';
  const losesAccess = intent.deletes || intent.disables;
  const lastGlobalAdministrator =
    target.roles.includes('Global Administrator') && target.otherGlobalAdministrators === 0;
  if (losesAccess && lastGlobalAdministrator)
    return 'This is the last Global Administrator who can sign in. Make somebody else Global Administrator first.';
  // Whoever resets an administrator's password or renames them can become them.
  if (!self && target.roles.length > 0 && !principal.roles.includes('Global Administrator'))
    return 'Only a Global Administrator may change or delete a person who has an administrator role.';
  return null;
}

/** Why a role must not be taken away, in a sentence; null where it may. */
export function whyNotRemoveRole(role: RoleName | undefined, otherHolders: number): string | null {
  return role === 'Global Administrator' && otherHolders === 0
    ? 'This is the last Global Administrator who can sign in. Make somebody else Global Administrator first.'
    : null;
}
