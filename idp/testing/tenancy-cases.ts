import { applicationCases } from './application-cases.ts';
import { directoryCases } from './directory-cases.ts';

/** Store → function → a call of it. */
export const cases = { ...directoryCases, ...applicationCases };

/** Functions that by their nature are about no one organisation: finding it, the first one, and sweeping what is over. */
export const aboutNoTenant: Record<string, readonly string[]> = {
  'graph/store.ts': ['listRows'],
  'directory/tenants/store.ts': ['findTenant', 'findTenantOfDomain', 'anyTenant', 'insertFirstTenant'],
  'sign-in/session/store.ts': ['deleteExpiredSessions'],
  'sso/store.ts': ['deleteExpiredRequests'],
};
