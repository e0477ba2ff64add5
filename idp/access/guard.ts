import { type Operation, mayDo, permissions, rolesFor } from './permissions.ts';
import type { Principal } from './principal.ts';

/** What a route says about itself: the operation it is, or `public` for pages that decide by themselves. */
export type Access = Operation | 'public';

/** True for what a route may declare. */
export function isAccess(value: unknown): value is Access {
  return value === 'public' || (typeof value === 'string' && Object.hasOwn(permissions, value));
}

/**
 * The one decision about a request to the API.
 *
 * @returns null where it may go on, else the status and a sentence that says who could
 */
export function whyNot(
  access: Access | undefined,
  principal: Principal | null,
): { status: 401 | 403; message: string } | null {
  if (access === 'public') return null;
  // A request that reached no route is told nothing before it says who it is.
  if (!principal) return { status: 401, message: 'Sign in first: this request carries no valid session.' };
  if (access === undefined || mayDo(principal, access)) return null;
  return {
    status: 403,
    message: `Insufficient privileges to complete the operation. It takes one of these roles: ${rolesFor(access).join(', ')}.`,
  };
}
