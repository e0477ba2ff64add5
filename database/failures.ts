/** What both engines say, in their own words, when a statement fails for a reason the caller can act on. */

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const code = 'code' in error ? String(error.code) : '';
  // node:sqlite reports ERR_SQLITE_ERROR and puts SQLite's extended result code into errcode.
  return code === 'ERR_SQLITE_ERROR' && 'errcode' in error ? `SQLITE_${String(error.errcode)}` : code;
}

const sqliteUnique = new Set(['SQLITE_2067', 'SQLITE_1555', 'SQLITE_2579']);
const sqliteBusy = new Set(['SQLITE_5', 'SQLITE_6', 'SQLITE_261', 'SQLITE_517']);
const postgresConflict = new Set(['40001', '40P01', '55P03']);

/** True where the statement would have broken a primary key or a unique constraint. */
export function isUniqueViolation(error: unknown): boolean {
  const code = codeOf(error);
  return code === '23505' || sqliteUnique.has(code);
}

/** True where the same transaction may succeed when it is simply run again. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return postgresConflict.has(code) || sqliteBusy.has(code);
}

/** True where a table, index or type of that name is there already (PostgreSQL 42P07, 42710). */
export function isDuplicateTable(error: unknown): boolean {
  return ['42P07', '42710'].includes(codeOf(error));
}
