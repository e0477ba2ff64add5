import type { Rule } from '../rules.ts';

/** Signatures: their place, their one shape, their algorithms and keys, and what they cover. */
export const signatureRules = {
  // Signatures
  'signature-misplaced': {
    section: 'SAML schemas, core 5.4.1',
    says: 'A signature stands where the schema has no place for one.',
    fixAt: 'nobody',
  },
  'signature-too-many': {
    section: 'core 5.4, Countersign limits',
    says: 'A message, or the description of an entity, has more signatures than are verified.',
    fixAt: 'nobody',
  },
  'signature-missing': {
    section: 'core 5.4',
    says: 'The data is not signed.',
    fixAt: 'either',
  },
  'signature-grammar': {
    section: 'dsig 4, core 5.4',
    says: 'A signature has other parts than SignedInfo, SignatureValue and KeyInfo, or parts that SAML does not allow.',
    fixAt: 'either',
  },
  'signature-reference': {
    section: 'core 5.4.2',
    says: 'A signature does not have exactly one reference, to the ID of the element it stands in.',
    fixAt: 'nobody',
  },
  'signature-transforms': {
    section: 'core 5.4.4',
    says: 'A signature uses other transforms than the enveloped signature followed by one canonicalization.',
    fixAt: 'either',
  },
  'signature-canonicalization': {
    section: 'core 5.4.3',
    says: 'A signature uses a canonicalization that is not accepted.',
    fixAt: 'either',
  },
  'signature-algorithm': {
    section: 'core 5.4.1, XML Signature 1.1 6.4',
    says: 'The signature algorithm is not accepted.',
    fixAt: 'either',
  },
  'signature-digest-algorithm': {
    section: 'XML Signature 1.1 6.2',
    says: 'The digest algorithm is not accepted.',
    fixAt: 'either',
  },
  'signature-key-missing': {
    section: 'core 5.4.5',
    says: 'No certificate is configured that could verify the signature.',
    fixAt: 'either',
  },
  'signature-key-type': {
    section: 'XML Signature 1.1 6.4',
    says: 'No configured certificate has a key of the type that the signature algorithm needs.',
    fixAt: 'either',
  },
  'signature-key-weak': {
    section: 'NIST SP 800-131A',
    says: 'The configured certificate has an RSA key below 2048 bits, or a public exponent below 3.',
    fixAt: 'either',
  },
  'signature-invalid': {
    section: 'dsig 3.2.2',
    says: 'The signature was not made with the key of any configured certificate.',
    fixAt: 'either',
  },
  'signature-digest': {
    section: 'dsig 3.2.1',
    says: 'The signed data was changed after it was signed.',
    fixAt: 'nobody',
  },
} as const satisfies Record<string, Rule>;
