import type { Rule } from '../rules.ts';

/** Single logout: requests to end sessions and the answers to them, at either side. */
export const logoutRules = {
  'logout-not-signed': {
    section: 'profiles 4.4.3.1, 4.4.3.4',
    says: 'The logout message is not signed where its binding puts the signature.',
    fixAt: 'either',
  },
  'logout-issuer-missing': {
    section: 'profiles 4.4.4.1, 4.4.4.2',
    says: 'The logout message does not say who sends it.',
    fixAt: 'either',
  },
  'logout-issuer-mismatch': {
    section: 'profiles 4.4.4.1, 4.4.4.2',
    says: 'The logout message comes from somebody else than the one it belongs to.',
    fixAt: 'either',
  },
  'logout-destination-missing': {
    section: 'bindings 3.4.5.2, 3.5.5.2',
    says: 'The logout message is signed and does not say where it is addressed to.',
    fixAt: 'either',
  },
  'logout-destination-mismatch': {
    section: 'core 3.2.1, 3.2.2',
    says: 'The logout message is addressed to somewhere else.',
    fixAt: 'either',
  },
  'logout-request-not-yet-issued': {
    section: 'core 3.2.1',
    says: 'The logout request was issued in the future.',
    fixAt: 'either',
  },
  'logout-request-expired': {
    section: 'core 3.7.1',
    says: 'The logout request no longer holds.',
    fixAt: 'either',
  },
  'logout-identifier-unsupported': {
    section: 'core 3.7.1',
    says: 'The logout request names its principal by another identifier than a NameID.',
    fixAt: 'either',
  },
  'logout-in-response-to-missing': {
    section: 'core 3.2.2, profiles 4.4.4.2',
    says: 'The logout response does not say which request it answers.',
    fixAt: 'either',
  },
  'logout-in-response-to-mismatch': {
    section: 'core 3.2.2, profiles 4.4.4.2',
    says: 'The logout response answers another request than the one that is outstanding.',
    fixAt: 'nobody',
  },
} as const satisfies Record<string, Rule>;
