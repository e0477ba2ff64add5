import type { Principal } from '../../access/principal.ts';
import { toJson, toRow } from '../../graph/codec.ts';
import { denied } from '../../graph/refusal.ts';
import type { AuditTarget } from '../../graph/resources.ts';
import { type AuditEntry, type AuditOrigin, modifiedProperties } from '../../logs/audit-entry.ts';
import type { UserRow } from '../../tables.ts';
import { userPrincipalNameKey } from '../user-principal-name.ts';
import type { UserChanges } from './bodies.ts';
import { type Intent, whyNotChangeUser } from './limits.ts';
import { userProperties } from './properties.ts';
import type { UserChange, UserState } from './store.ts';

type By = { principal: Principal; origin: AuditOrigin; newId: () => string };

/**
 * What a PATCH does to a user.
 *
 * @param passwordHash of the new password, where the request sets one
 * @throws Refusal 403 where this principal must not change this user in this way
 */
export function planUpdate(
  state: UserState,
  changes: UserChanges,
  passwordHash: string | null,
  by: By,
): UserChange {
  const { passwordProfile, ...properties } = changes;
  const disables = state.user.accountEnabled === 1 && changes.accountEnabled === false;
  const enables = state.user.accountEnabled === 0 && changes.accountEnabled === true;
  const resetsPassword = passwordHash !== null;
  allow(state, by.principal, { disables, resetsPassword });

  const set: Partial<UserRow> = toRow(userProperties, properties);
  if (changes.userPrincipalName !== undefined)
    set.userPrincipalNameKey = userPrincipalNameKey(changes.userPrincipalName);
  if (passwordHash !== null) {
    set.passwordHash = passwordHash;
    set.forceChangePasswordNextSignIn = passwordProfile?.forceChangePasswordNextSignIn === false ? 0 : 1;
    set.lastPasswordChangeDateTime = by.origin.activityDateTime;
    set.failedSignInCount = 0;
    set.lockedUntilDateTime = null;
  }
  const modified = modifiedProperties(
    toJson(userProperties, state.user, Object.keys(properties)),
    toJson(userProperties, { ...state.user, ...set }, Object.keys(properties)),
  );
  const activities: string[] = [];
  if (disables) activities.push('Disable account');
  if (enables) activities.push('Enable account');
  if (resetsPassword) activities.push('Reset password');
  if (modified.some(({ displayName }) => displayName !== 'accountEnabled')) activities.push('Update user');
  return {
    set,
    endsSessions: disables || resetsPassword,
    audit: activities.map((activity) =>
      entry(activity, by, [{ ...targetOf(state.user), modifiedProperties: modified }]),
    ),
  };
}

/** What deleting a user leaves in the audit log. @throws Refusal 403 where this principal must not delete them */
export function planDelete(state: UserState, by: By): AuditEntry {
  allow(state, by.principal, { deletes: true });
  return entry('Delete user', by, [targetOf(state.user)]);
}

/** The audit entry of a new user. */
export function addedUser(row: UserRow, by: By): AuditEntry {
  const json = toJson(userProperties, row);
  return entry('Add user', by, [{ ...targetOf(row), modifiedProperties: modifiedProperties({}, json) }]);
}

/** A user as the audit log names what was changed. */
export function targetOf(user: Pick<UserRow, 'id' | 'displayName' | 'userPrincipalName'>): AuditTarget {
  return {
    id: user.id,
    displayName: user.displayName,
    type: 'User',
    userPrincipalName: user.userPrincipalName,
    modifiedProperties: [],
  };
}

function allow(state: UserState, principal: Principal, intent: Intent): void {
  const why = whyNotChangeUser(
    principal,
    {
      id: state.user.id,
      roles: state.roles,
      otherGlobalAdministrators: state.otherGlobalAdministrators,
    },
    intent,
  );
  if (why) throw denied(why);
}

function entry(activityDisplayName: string, by: By, targetResources: AuditTarget[]): AuditEntry {
  return { ...by.origin, id: by.newId(), activityDisplayName, category: 'UserManagement', targetResources };
}
