import { hash } from 'node:crypto';

/** What is stored in place of a secret of 256 random bits: its SHA-256 in hexadecimal. Such secrets need no salt. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}
