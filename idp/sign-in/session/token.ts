import { hash, randomBytes } from 'node:crypto';

/**
 * What a browser holds for a row of ours: `<tenantId>.<secret>`. The tenant finds the row's home, the secret's hash
 * finds the row; whoever reads the database cannot make the token.
 */
export type Token = { tenantId: string; secret: string };

const shape = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;
const secretShape = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function isSecret(text: string | undefined): text is string {
  return text !== undefined && secretShape.test(text);
}

/** What is stored in place of a secret: SHA-256, hex. The secret is random, so a plain hash cannot be searched. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}

export function writeToken({ tenantId, secret }: Token): string {
  return `${tenantId}.${secret}`;
}

/** Null for anything that is not shaped like a token. */
export function readToken(text: string | null | undefined): Token | null {
  const match = shape.exec(text ?? '');
  return match ? { tenantId: match[1] ?? '', secret: match[2] ?? '' } : null;
}
