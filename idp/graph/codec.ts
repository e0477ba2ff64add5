import { columnOf, type Properties, type Row } from './properties.ts';

type Json = { [name: string]: unknown };

/**
 * The JSON form of a row, by the kinds of its properties. Columns without a property stay inside.
 *
 * @param select names of `$select`; left out: all of them
 */
export function toJson(properties: Properties, row: Row, select?: readonly string[]): Json {
  const json: Json = {};
  for (const [path, property] of Object.entries(properties)) {
    const top = path.split('/')[0] ?? path;
    if (select && !select.includes(top)) continue;
    if (property.kind === 'constant') place(json, path, property.value);
    else if (property.kind === 'derived') place(json, path, property.from(row));
    else place(json, path, decode(property.kind, row[columnOf(path, property)]));
  }
  return json;
}

/** The columns a JSON object sets; properties it does not have are left out, so that a PATCH changes only what it names. */
export function toRow(properties: Properties, json: Json): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [path, property] of Object.entries(properties)) {
    if (property.kind === 'constant' || property.kind === 'derived') continue;
    const value = find(json, path);
    if (value !== undefined) row[columnOf(path, property)] = encode(property.kind, value);
  }
  return row;
}

function decode(kind: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'boolean') return value === 1;
  if (kind === 'dateTime') return new Date(Number(value)).toISOString();
  if (kind === 'json' || kind === 'stringCollection') return JSON.parse(String(value));
  return value;
}

function encode(kind: string, value: unknown): unknown {
  if (value === null) return null;
  if (kind === 'boolean') return value ? 1 : 0;
  if (kind === 'dateTime') return Date.parse(String(value));
  if (kind === 'json' || kind === 'stringCollection') return JSON.stringify(value);
  return value;
}

function place(json: Json, path: string, value: unknown): void {
  const [top = path, inner] = path.split('/');
  if (inner === undefined) {
    json[top] = value;
    return;
  }
  const complex = json[top];
  if (isObject(complex)) complex[inner] = value;
  else json[top] = { [inner]: value };
}

function find(json: Json, path: string): unknown {
  const [top = path, inner] = path.split('/');
  const value = json[top];
  if (inner === undefined) return value;
  return isObject(value) ? value[inner] : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
