import type { Collection } from './resources.ts';

/**
 * The JSON of one page.
 *
 * @param about the API's own public URL, the URL this page was asked for, and where the next page starts
 */
export function collection<T>(
  value: T[],
  about: { publicUrl: string; url: string; count?: number | undefined; skipToken?: string | undefined },
): Collection<T> {
  const url = new URL(about.url, about.publicUrl);
  return {
    '@odata.context': contextOf(about.publicUrl, url.pathname.replace(/^\/v1\.0\//, '')),
    ...(about.count === undefined ? {} : { '@odata.count': about.count }),
    ...(about.skipToken === undefined ? {} : { '@odata.nextLink': nextLink(url, about.skipToken) }),
    value,
  };
}

/** The address that names what a body holds: `users`, or `users/$entity` for one. */
export function contextOf(publicUrl: string, what: string): string {
  return `${publicUrl}/v1.0/$metadata#${what}`;
}

function nextLink(url: URL, skipToken: string): string {
  const next = new URL(url);
  next.searchParams.set('$skiptoken', skipToken);
  return next.href;
}
