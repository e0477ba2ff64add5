import { reject } from '../rejection.ts';

/** One parameter of a query: the value decoded, and both sides exactly as they were received. */
export type QueryParameter = { name: string; value: string; raw: string };

/**
 * Reads the parameters named in `wanted` from a raw query, each at most once (saml-bindings 3.4.4.1).
 *
 * General query parsers are not used here: they join or drop repetitions, and the octets a signature covers are lost.
 * A wanted name that is spelt with escapes is refused, because another parser in front of us would have seen it.
 * Parameters that are not wanted (login hints, the product's own) are passed over unread.
 */
export function readRawQuery<Name extends string>(
  rawQuery: string,
  wanted: readonly Name[],
): Map<Name, QueryParameter> {
  const found = new Map<Name, QueryParameter>();
  const names = new Set<string>(wanted);
  for (const raw of rawQuery.split('&')) {
    const equals = raw.indexOf('=');
    const rawName = equals < 0 ? raw : raw.slice(0, equals);
    const name = rawName.includes('%') || rawName.includes('+') ? decodeLeniently(rawName) : rawName;
    if (!isWanted(name, names)) continue;
    if (name !== rawName) reject('query-malformed', { actual: rawName });
    if (found.has(name)) reject('query-parameter-repeated', { actual: name });
    found.set(name, { name, value: equals < 0 ? '' : decode(raw.slice(equals + 1)), raw });
  }
  return found;

  function isWanted(name: string, all: Set<string>): name is Name {
    return all.has(name);
  }
}

/** Undoes form encoding: `+` is a space, `%XX` an octet, the octets UTF-8. Anything else is refused. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    reject('query-malformed', { actual: text.slice(0, 200) });
  }
}

/** A name that cannot be decoded is none of ours. */
function decodeLeniently(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
