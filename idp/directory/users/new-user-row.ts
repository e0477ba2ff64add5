import type { UserRow } from '../../tables.ts';
import { userPrincipalNameKey } from '../user-principal-name.ts';

type Said = 'tenantId' | 'id' | 'userPrincipalName' | 'displayName' | 'mailNickname' | 'createdDateTime';

/** A user as they begin: enabled, with the password they were given now if any, and without what is not said. */
export function newUserRow(said: Pick<UserRow, Said> & Partial<UserRow>): UserRow {
  return {
    userPrincipalNameKey: userPrincipalNameKey(said.userPrincipalName),
    mail: null,
    givenName: null,
    surname: null,
    jobTitle: null,
    department: null,
    accountEnabled: 1,
    passwordHash: null,
    forceChangePasswordNextSignIn: 0,
    lastPasswordChangeDateTime: said.passwordHash ? said.createdDateTime : null,
    failedSignInCount: 0,
    lockedUntilDateTime: null,
    ...said,
  };
}
