import { badRequest } from './refusal.ts';

/** A parsed `$search`: every one of `all` must hold, each by at least one of its alternatives. */
export type Search = { all: { property: string | null; text: string }[][] };

/**
 * Reads a `$search`: `"displayName:britta"`, `"britta"` (any searchable property), several joined by AND and OR, where
 * OR binds tighter, as in Graph. Words without quotes are taken as one text.
 *
 * @throws Refusal 400
 */
export function parseSearch(text: string): Search {
  const trimmed = text.trim();
  if (trimmed.length > 500) throw badRequest('The $search is longer than 500 characters.');
  if (!trimmed.startsWith('"')) return { all: [[term(trimmed)]] };
  const all: Search['all'] = [];
  const piece = /\s*"((?:[^"\\]|\\.)*)"\s*(AND|OR|$)/y;
  let joinedBy = 'AND';
  while (piece.lastIndex < trimmed.length) {
    const at = piece.lastIndex;
    const match = piece.exec(trimmed);
    if (!match)
      throw badRequest(
        `Invalid $search at character ${at + 1}: write "property:text", joined by AND or OR, for example "displayName:britta".`,
      );
    const alternative = term((match[1] ?? '').replaceAll(/\\(.)/g, '$1'));
    const last = all.at(-1);
    if (joinedBy === 'OR' && last) last.push(alternative);
    else all.push([alternative]);
    joinedBy = match[2] ?? '';
  }
  if (joinedBy !== '') throw badRequest(`Invalid $search: nothing follows the last ${joinedBy}.`);
  return { all };
}

function term(text: string): { property: string | null; text: string } {
  const match = /^([A-Za-z]+):(.*)$/s.exec(text);
  return match ? { property: match[1] ?? '', text: match[2] ?? '' } : { property: null, text };
}
