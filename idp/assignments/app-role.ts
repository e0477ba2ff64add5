import type { AppRole } from '../graph/resources.ts';
import { defaultAccessId } from './properties.ts';

/**
 * Why this role of the application cannot be assigned, in a sentence; null where it can. Default Access is for
 * applications without a role to choose: where there is one, access without it would be access nobody chose.
 */
export function whyNotAssignRole(roles: readonly AppRole[], appRoleId: string): string | null {
  const enabled = roles.filter((role) => role.isEnabled);
  if (appRoleId === defaultAccessId)
    return enabled.length === 0
      ? null
      : `This application has roles; choose one of ${enabled.map((role) => role.displayName).join(', ')}.`;
  const role = roles.find((candidate) => candidate.id === appRoleId);
  if (!role)
    return `Permission being assigned was not found on application: it has no role with the id ${appRoleId}.`;
  return role.isEnabled ? null : `The role '${role.displayName}' is disabled.`;
}
