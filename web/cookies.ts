/**
 * The name a cookie has on the wire. Over https the `__Host-` prefix makes the browser hold it to this host, to
 * https and to the whole site; http on localhost cannot have it.
 *
 * @param publicUrl the service's address as browsers see it
 */
export function cookieName(name: string, publicUrl: string): string {
  return publicUrl.startsWith('https:') ? `__Host-${name}` : name;
}

export type CookieOptions = {
  /** True over https; a `__Host-` cookie without it is dropped by the browser. */
  secure: boolean;
  /** Absent: until the browser closes. 0: gone at once. */
  maxAgeSeconds?: number;
  httpOnly?: boolean;
  sameSite?: 'Lax' | 'Strict' | 'None';
  path?: string;
};

const nameShape = /^[A-Za-z0-9_-]+$/;
const valueShape = /^[A-Za-z0-9._~-]*$/;

/**
 * A `Set-Cookie` value (RFC 6265, 4.1): HttpOnly and SameSite=Lax unless told otherwise.
 *
 * @throws Error when name or value holds anything but letters, digits and `-_.~`
 */
export function serializeCookie(name: string, value: string, options: CookieOptions): string {
  if (!nameShape.test(name) || !valueShape.test(value))
    throw new Error(`The cookie ${name} has an unsafe value.`);
  const { secure, maxAgeSeconds, httpOnly = true, sameSite = 'Lax', path = '/' } = options;
  const parts = [`${name}=${value}`, `Path=${path}`, `SameSite=${sameSite}`];
  if (maxAgeSeconds !== undefined) parts.push(`Max-Age=${maxAgeSeconds}`);
  if (httpOnly) parts.push('HttpOnly');
  if (secure) parts.push('Secure');
  return parts.join('; ');
}

/**
 * Reads a `Cookie` header. Where a name occurs twice the first counts: browsers send the more specific path first,
 * and a later one may have been planted by a sibling host.
 */
export function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim();
    if (name && !cookies.has(name)) cookies.set(name, part.slice(equals + 1).trim());
  }
  return cookies;
}
