import type { Role, SignInMethod } from '../tables.ts';

/** Who may use a route. Every route says it; one that does not stops the start. */
export type Access = 'public' | 'employee' | 'administrator';

/** The person behind a session, as every page may show them. */
export type Viewer = {
  namespace: string;
  companyName: string;
  ssoInPlan: boolean;
  personId: string;
  userName: string;
  displayName: string;
  role: Role;
  method: SignInMethod;
  issuer: string | null;
  nameId: string | null;
  nameIdFormat: string | null;
  createdDateTime: number;
  expiresDateTime: number;
  /** Finds this very session again; worthless as a cookie. */
  secretHash: string;
};

/** What becomes of a request: it enters, its sender signs in first, or it is refused. */
export function decideAccess(access: Access, viewer: Viewer | undefined): 'enter' | 'sign-in' | 'refuse' {
  if (access === 'public') return 'enter';
  if (!viewer) return 'sign-in';
  if (access === 'administrator' && viewer.role !== 'administrator') return 'refuse';
  return 'enter';
}
