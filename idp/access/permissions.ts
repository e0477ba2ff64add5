import type { Principal } from './principal.ts';
import { type RoleName, roleNames } from './roles.ts';

/**
 * Who may do what. Each route of the API names one of these operations; nothing else decides about access by role.
 * What a person may do to *whom* (an administrator's password, the last Global Administrator) is a rule of the
 * directory and stands in `directory/users/limits.ts`.
 */
const everyRole: readonly RoleName[] = roleNames;
const readsLogs: readonly RoleName[] = [
  'Global Administrator',
  'Application Administrator',
  'Cloud Application Administrator',
  'Global Reader',
];
const keepsPeople: readonly RoleName[] = ['Global Administrator', 'User Administrator'];
const keepsApplications: readonly RoleName[] = [
  'Global Administrator',
  'Application Administrator',
  'Cloud Application Administrator',
];
const assignsPeople: readonly RoleName[] = [...keepsApplications, 'User Administrator'];

export const permissions = {
  'me.read': 'everyone signed in',
  'me.readRoles': 'everyone signed in',
  'me.readAssignedResources': 'everyone signed in',
  'organization.read': 'everyone signed in',
  'domains.read': everyRole,
  'users.read': everyRole,
  'users.create': keepsPeople,
  'users.update': keepsPeople,
  'users.delete': keepsPeople,
  'groups.read': everyRole,
  'groups.create': keepsPeople,
  'groups.update': keepsPeople,
  'groups.delete': keepsPeople,
  'groups.updateMembers': keepsPeople,
  'roles.read': everyRole,
  'roles.assign': ['Global Administrator'],
  'applicationTemplates.read': everyRole,
  'applicationTemplates.instantiate': keepsApplications,
  'applications.read': everyRole,
  'applications.update': keepsApplications,
  'applications.delete': keepsApplications,
  'servicePrincipals.read': everyRole,
  'servicePrincipals.update': keepsApplications,
  'servicePrincipals.delete': keepsApplications,
  'servicePrincipals.addTokenSigningCertificate': keepsApplications,
  'appRoleAssignments.read': everyRole,
  'appRoleAssignments.create': assignsPeople,
  'appRoleAssignments.delete': assignsPeople,
  'signIns.read': readsLogs,
  'directoryAudits.read': readsLogs,
} satisfies Record<string, readonly RoleName[] | 'everyone signed in'>;

export type Operation = keyof typeof permissions;

/** True where one of the principal's roles, or being signed in at all, is enough for the operation. */
export function mayDo(principal: Pick<Principal, 'roles'>, operation: Operation): boolean {
  const allowed: readonly RoleName[] | 'everyone signed in' = permissions[operation];
  return allowed === 'everyone signed in' || principal.roles.some((role) => allowed.includes(role));
}

/** The roles a refusal names, so that a person knows whom to ask. */
export function rolesFor(operation: Operation): readonly RoleName[] {
  const allowed: readonly RoleName[] | 'everyone signed in' = permissions[operation];
  return allowed === 'everyone signed in' ? [] : allowed;
}
