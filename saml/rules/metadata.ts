import type { Rule } from '../rules.ts';

/** Metadata of either side. */
export const metadataRules = {
  // Metadata
  'metadata-several-entities': {
    section: 'metadata 2.3.1',
    says: 'The metadata describes several entities where one is expected.',
    fixAt: 'either',
  },
  'metadata-role-missing': {
    section: 'metadata 2.4.3, 2.4.4',
    says: 'The metadata does not describe the expected role for SAML 2.0.',
    fixAt: 'either',
  },
  'metadata-role-ambiguous': {
    section: 'metadata 2.4.3, 2.4.4',
    says: 'The metadata describes the expected role for SAML 2.0 more than once.',
    fixAt: 'either',
  },
  'metadata-entity-mismatch': {
    section: 'metadata 2.3.2',
    says: 'The metadata describes another entity than the expected one.',
    fixAt: 'either',
  },
  'metadata-entity-duplicate': {
    section: 'metadata 2.3.1',
    says: 'Two entities of the aggregate have the same entityID.',
    fixAt: 'nobody',
  },
  'metadata-expired': {
    section: 'metadata 2.3.1, 2.3.2, 2.4.1',
    says: 'The metadata has expired.',
    fixAt: 'either',
  },
  'metadata-valid-until-missing': {
    section: 'metadata 2.3.1, 2.3.2, 2.4.1',
    says: 'The metadata does not say until when it is valid, which is demanded of it.',
    fixAt: 'either',
  },
  'metadata-too-many-keys': {
    section: 'metadata 2.4.1.1',
    says: 'A role has more certificates than any would need.',
    fixAt: 'either',
  },
  'metadata-location': {
    section: 'metadata 2.2.2',
    says: 'The address of an endpoint is not an absolute http or https URL.',
    fixAt: 'either',
  },
} as const satisfies Record<string, Rule>;
