import type { Rule } from '../rules.ts';

/** Responses to the service provider, from destination to the last condition of the assertion. */
export const responseRules = {
  // Responses to the service provider
  'status-not-success': {
    section: 'core 3.2.2.2',
    says: 'The identity provider answers that it did not sign the user in.',
    fixAt: 'idp',
  },
  'response-destination-missing': {
    section: 'bindings 3.5.5.2',
    says: 'The response is signed and does not say where it is addressed to.',
    fixAt: 'idp',
  },
  'response-destination-mismatch': {
    section: 'core 3.2.2',
    says: 'The response is addressed to somewhere else.',
    fixAt: 'either',
  },
  'response-issuer-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The response is signed or its assertion encrypted, and it does not say who issued it.',
    fixAt: 'idp',
  },
  'response-issuer-mismatch': {
    section: 'profiles 4.1.4.2',
    says: 'The issuer of the response is not the configured identity provider, or not that of its assertion.',
    fixAt: 'either',
  },
  'response-in-response-to-mismatch': {
    section: 'core 3.2.2',
    says: 'The response answers another request than its assertion, or than was made.',
    fixAt: 'nobody',
  },
  'response-in-response-to-unexpected': {
    section: 'profiles 4.1.5',
    says: 'The response claims to answer a request where none was made.',
    fixAt: 'either',
  },
  'assertion-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The response has no assertion.',
    fixAt: 'idp',
  },
  'assertion-not-single': {
    section: 'profiles 4.1.4.2',
    says: 'The response has more than one assertion.',
    fixAt: 'nobody',
  },
  'assertion-nested': {
    section: 'core 2.6.1',
    says: 'An assertion is hidden inside another.',
    fixAt: 'nobody',
  },
  'assertion-issuer-mismatch': {
    section: 'profiles 4.1.4.2',
    says: 'The issuer of the assertion is not the configured identity provider.',
    fixAt: 'either',
  },
  'subject-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The assertion does not say whom it is about.',
    fixAt: 'idp',
  },
  'name-id-missing': {
    section: 'Countersign, core 2.4.1',
    says: 'The subject of the assertion has no NameID. The standard does not ask for one, but without a name nobody is signed in here.',
    fixAt: 'idp',
  },
  'bearer-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The subject is not confirmed by bearing the assertion.',
    fixAt: 'idp',
  },
  'bearer-not-before': {
    section: 'profiles 4.1.4.2',
    says: 'A bearer confirmation has NotBefore, which it may not have.',
    fixAt: 'idp',
  },
  'bearer-recipient-missing': {
    section: 'profiles 4.1.4.2',
    says: 'A bearer confirmation does not say for which address it is.',
    fixAt: 'idp',
  },
  'bearer-recipient-mismatch': {
    section: 'profiles 4.1.4.3',
    says: 'The bearer confirmation is for another address.',
    fixAt: 'either',
  },
  'bearer-not-on-or-after-missing': {
    section: 'profiles 4.1.4.2',
    says: 'A bearer confirmation does not say how long it holds.',
    fixAt: 'idp',
  },
  'bearer-expired': {
    section: 'profiles 4.1.4.3',
    says: 'The bearer confirmation no longer holds.',
    fixAt: 'either',
  },
  'bearer-not-yet-valid': {
    section: 'core 2.4.1.2',
    says: 'The bearer confirmation does not hold yet.',
    fixAt: 'either',
  },
  'bearer-in-response-to-missing': {
    section: 'profiles 4.1.4.3',
    says: 'The signed bearer confirmation does not say which request it answers.',
    fixAt: 'idp',
  },
  'bearer-in-response-to-mismatch': {
    section: 'profiles 4.1.4.3',
    says: 'The signed bearer confirmation answers another request.',
    fixAt: 'nobody',
  },
  'bearer-in-response-to-unexpected': {
    section: 'profiles 4.1.5',
    says: 'The signed bearer confirmation claims to answer a request where none was made.',
    fixAt: 'either',
  },
  'condition-unknown': {
    section: 'core 2.5.1',
    says: 'The assertion has a condition that is not understood.',
    fixAt: 'idp',
  },
  'conditions-empty-period': {
    section: 'core 2.5.1.2',
    says: 'The assertion ends before it begins to hold.',
    fixAt: 'idp',
  },
  'conditions-not-yet-valid': {
    section: 'core 2.5.1.2',
    says: 'The assertion does not hold yet.',
    fixAt: 'either',
  },
  'conditions-expired': {
    section: 'core 2.5.1.2',
    says: 'The assertion no longer holds.',
    fixAt: 'either',
  },
  'audience-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The assertion does not say for whom it is.',
    fixAt: 'idp',
  },
  'audience-mismatch': {
    section: 'core 2.5.1.4',
    says: 'The assertion is for another audience.',
    fixAt: 'either',
  },
  'authn-statement-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The assertion does not say when and how the user signed in.',
    fixAt: 'idp',
  },
  'session-expired': {
    section: 'core 2.7.2',
    says: 'The session at the identity provider is over.',
    fixAt: 'either',
  },
  'authn-context-not-met': {
    section: 'core 3.3.2.2.1',
    says: 'The subject was authenticated in another way than the request asked for.',
    fixAt: 'idp',
  },
} as const satisfies Record<string, Rule>;
