import type { RoleName } from './roles.ts';

/** Who asks: the person whose session a request carries. */
export type Principal = {
  tenantId: string;
  userId: string;
  userPrincipalName: string;
  displayName: string;
  roles: RoleName[];
};
