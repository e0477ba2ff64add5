import { hash } from 'node:crypto';

/** A working day; an identity provider may end it sooner, never later. */
export const sessionLifetime = 8 * 60 * 60 * 1000;

/** What the cookie `perform-session` carries: the company, so that the row is found under it, and a secret. */
export type SessionToken = { namespace: string; secret: string };

/** The cookie's value: `<namespace>.<secret>`. */
export function writeSessionToken({ namespace, secret }: SessionToken): string {
  return `${namespace}.${secret}`;
}

/** The cookie's two parts; undefined where it has another shape. */
export function readSessionToken(value: string | undefined): SessionToken | undefined {
  const parts = /^([a-z0-9-]{1,63})\.([A-Za-z0-9_-]{43})$/.exec(value ?? '');
  if (!parts) return undefined;
  const [, namespace = '', secret = ''] = parts;
  return { namespace, secret };
}

/** What is stored of the secret. It has 256 random bits, so a plain SHA-256 gives nothing away. */
export function hashSessionSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** A mark of a browser as `newSecret` makes them; undefined for anything else a browser sends. */
export function readBrowserMark(value: string | undefined): string | undefined {
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
}

/** When a session made now ends. Epoch milliseconds. */
export function sessionEnd(now: number, sessionNotOnOrAfter: number | undefined): number {
  return Math.min(now + sessionLifetime, sessionNotOnOrAfter ?? Number.POSITIVE_INFINITY);
}
