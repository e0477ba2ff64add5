import { badRequest } from './refusal.ts';

/** Where a page ended: the values it was ordered by in its last row, in the order of `$orderby`, the id last. */
export type Position = (string | number)[];

/** An opaque token for `$skiptoken`. It holds no authority: the query it travels with decides what is seen. */
export function writeSkipToken(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * @param length how many values the query is ordered by
 * @throws Refusal 400 for a token that this query cannot have given out
 */
export function readSkipToken(token: string, length: number): Position {
  const position = parse(token);
  if (!Array.isArray(position) || position.length !== length || !position.every(isKey))
    throw badRequest('The $skiptoken does not belong to this query. Use @odata.nextLink as it was given.');
  return position;
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return null;
  }
}

function isKey(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && !value.includes('\0'));
}
