/**
 * A value of a query in form encoding: a blank as `+`, everything but letters, digits and `-._~` as `%XX` of its octets in
 * UTF-8, in upper case. A redirect signature covers what is written here, and there are peers that decode a query, encode it
 * again in their way and verify that: Python's `quote_plus` and, but for `~`, PHP's `urlencode` come to the same. Nor does a
 * browser write any of it in another way, as it does with an apostrophe.
 */
export function formEncoded(value: string): string {
  return encodeURIComponent(value).replaceAll(
    /%20|[!'()*]/g,
    (found) => escapes[found as keyof typeof escapes],
  );
}

const escapes = { '%20': '+', '!': '%21', "'": '%27', '(': '%28', ')': '%29', '*': '%2A' } as const;
