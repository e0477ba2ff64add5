/**
 * What a role may do on the screens, so that a control can say beforehand why it is greyed. The API decides; this
 * only spares people an error.
 */
export const capabilities = {
  manageApplications: [
    'Global Administrator',
    'Application Administrator',
    'Cloud Application Administrator',
  ],
  assignApplications: [
    'Global Administrator',
    'Application Administrator',
    'Cloud Application Administrator',
    'User Administrator',
  ],
  manageUsers: ['Global Administrator', 'User Administrator'],
  manageGroups: ['Global Administrator', 'User Administrator'],
  manageRoles: ['Global Administrator'],
  readLogs: [
    'Global Administrator',
    'Application Administrator',
    'Cloud Application Administrator',
    'Global Reader',
  ],
} as const satisfies Record<string, readonly string[]>;

export type Capability = keyof typeof capabilities;

const deeds: Record<Capability, string> = {
  manageApplications: 'add or change applications',
  assignApplications: 'assign users and groups to applications',
  manageUsers: 'create or change users',
  manageGroups: 'create or change groups',
  manageRoles: 'assign administrator roles',
  readLogs: 'read the sign-in and audit logs',
};

export type Permission = { allowed: true } | { allowed: false; reason: string };

/**
 * @param roles display names of the person's administrator roles; undefined while they are not known yet, which
 *   counts as allowed so that nothing flickers.
 */
export function permissionFor(capability: Capability, roles: readonly string[] | undefined): Permission {
  const allowedRoles: readonly string[] = capabilities[capability];
  if (roles === undefined || roles.some((role) => allowedRoles.includes(role))) return { allowed: true };
  const mine =
    roles.length === 0 ? 'You hold no administrator role' : `Your role (${roles.join(', ')}) may not`;
  const sentence =
    roles.length === 0 ? `${mine}. To ${deeds[capability]}` : `${mine} ${deeds[capability]}. It`;
  return { allowed: false, reason: `${sentence} takes ${oneOf(allowedRoles)}.` };
}

/** "A", "A or B", "A, B or C". */
function oneOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
