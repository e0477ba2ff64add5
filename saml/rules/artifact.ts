import type { Rule } from '../rules.ts';

/** The artifact binding: artifacts, the SOAP around their resolution, and what is resolved. */
export const artifactRules = {
  // Artifacts
  'artifact-missing': {
    section: 'bindings 3.6.3',
    says: 'There is no SAMLart.',
    fixAt: 'either',
  },
  'artifact-not-alone': {
    section: 'bindings 3.6.3',
    says: 'There are an artifact and a message at once.',
    fixAt: 'nobody',
  },
  'artifact-malformed': {
    section: 'bindings 3.6.4',
    says: 'The artifact is not one of type 4: 44 octets that begin with 00 04.',
    fixAt: 'either',
  },
  'artifact-source-mismatch': {
    section: 'bindings 3.6.4.1',
    says: 'The artifact was not made by the one it is resolved at.',
    fixAt: 'nobody',
  },

  // SOAP
  'soap-malformed': {
    section: 'SOAP 1.1 4, bindings 3.2.2',
    says: 'The SOAP envelope has other parts than a header and a body around one message.',
    fixAt: 'either',
  },
  'soap-must-understand': {
    section: 'SOAP 1.1 4.2.3, bindings 3.2.2',
    says: 'The SOAP header has an entry that must be understood and is not.',
    fixAt: 'either',
  },
  'soap-fault': {
    section: 'SOAP 1.1 4.4, bindings 3.2.2.1',
    says: 'The other side answers with a SOAP fault.',
    fixAt: 'either',
  },

  // Resolution
  'artifact-not-signed': {
    section: 'profiles 5.4.1, 5.4.2',
    says: 'The message that resolves an artifact, or the answer to it, is not signed.',
    fixAt: 'either',
  },
  'artifact-issuer-missing': {
    section: 'profiles 5.4.1, 5.4.2',
    says: 'The message that resolves an artifact, or the answer to it, does not say who sends it.',
    fixAt: 'either',
  },
  'artifact-issuer-mismatch': {
    section: 'profiles 5.4.1, 5.4.2',
    says: 'The message that resolves an artifact, or the answer to it, comes from somebody else than the one it belongs to.',
    fixAt: 'either',
  },
  'artifact-destination-mismatch': {
    section: 'core 3.2.1, 3.2.2',
    says: 'The message that resolves an artifact is addressed to somewhere else.',
    fixAt: 'either',
  },
  'artifact-in-response-to-mismatch': {
    section: 'core 3.2.2, 3.5.2',
    says: 'The answer to an artifact does not name the request that resolved it.',
    fixAt: 'nobody',
  },
  'artifact-resolution-failed': {
    section: 'core 3.5.2',
    says: 'The other side answers that it does not resolve the artifact.',
    fixAt: 'either',
  },
  'artifact-unknown': {
    section: 'core 3.5.2, 3.5.3',
    says: 'The other side knows no message for the artifact: it was used before, it is too old, or it was never made.',
    fixAt: 'either',
  },
} as const satisfies Record<string, Rule>;
