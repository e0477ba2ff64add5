import type { Rule } from '../rules.ts';

/** Encryption: the one shape of what is encrypted, its algorithms and keys, and what came out (xmlenc = XML Encryption 1.1). */
export const encryptionRules = {
  // Encryption
  'decryption-key-missing': {
    section: 'core 2.2.4',
    says: 'Something is encrypted, and no key to decrypt it with is configured here.',
    fixAt: 'sp',
  },
  'encryption-grammar': {
    section: 'xmlenc 3, core 2.2.4',
    says: 'What is encrypted has other parts than XML Encryption and SAML give it.',
    fixAt: 'either',
  },
  'encryption-reference': {
    section: 'xmlenc 3.3.1',
    says: 'Encrypted data or an encrypted key lies elsewhere; references are not followed.',
    fixAt: 'nobody',
  },
  'encryption-algorithm': {
    section: 'xmlenc 5.2',
    says: 'The content is encrypted with an algorithm that is not accepted; AES in GCM mode is.',
    fixAt: 'either',
  },
  'encryption-cbc': {
    section: 'xmlenc 6.1.2',
    says: 'The content is encrypted in CBC mode, which is accepted only by name.',
    fixAt: 'either',
  },
  'encryption-cbc-unauthenticated': {
    section: 'xmlenc 6.1.2',
    says: 'The content is encrypted in CBC mode and no signature covers it, which is accepted only by name.',
    fixAt: 'either',
  },
  'encryption-key-missing': {
    section: 'core 6.2',
    says: 'The key of what is encrypted is neither in its KeyInfo nor beside it.',
    fixAt: 'either',
  },
  'encryption-too-many-keys': {
    section: 'Countersign limits',
    says: 'The key of what is encrypted comes in more copies than are tried.',
    fixAt: 'nobody',
  },
  'encryption-key-transport': {
    section: 'xmlenc 5.5',
    says: 'The key is encrypted with an algorithm, or with parameters, that are not accepted; RSA-OAEP is.',
    fixAt: 'either',
  },
  'encryption-key-weak': {
    section: 'NIST SP 800-131A',
    says: 'The key to encrypt for or to decrypt with is no RSA key, or has fewer than 2048 bits.',
    fixAt: 'sp',
  },
  'decryption-peer-blocked': {
    section: 'xmlenc 6.1.2',
    says: 'Too many messages of this peer could not be decrypted within an hour: somebody may be guessing.',
    fixAt: 'nobody',
  },
  'decryption-failed': {
    section: 'xmlenc 4.4, 6.1',
    says: 'What is encrypted was not encrypted for a key configured here, or is not what it should be.',
    fixAt: 'either',
  },
  'plaintext-unexpected': {
    section: 'core 2.2.4, 2.3.4',
    says: 'What was encrypted is something else than what belongs in its place.',
    fixAt: 'nobody',
  },
} as const satisfies Record<string, Rule>;
