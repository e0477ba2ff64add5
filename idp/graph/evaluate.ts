import type { Filter, Literal, TextFunction } from './filter.ts';
import type { ListQuery } from './list-query.ts';
import { parseDateTime } from './list-query.ts';
import { columnOf, columnProperty, type Properties, type Row } from './properties.ts';
import type { Search } from './search.ts';

/**
 * Texts compare without regard to the case of A–Z, the one folding that SQLite, every collation of PostgreSQL and
 * JavaScript agree on.
 */
export function fold(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether a row is in the list: the meaning of `$filter` and `$search`, which the SQL form must reproduce. */
export function matches(
  query: Pick<ListQuery, 'filter' | 'search'>,
  properties: Properties,
  row: Row,
): boolean {
  return (
    (query.filter === undefined || holds(query.filter, properties, row)) &&
    (query.search === undefined || isFound(query.search, properties, row))
  );
}

function holds(filter: Filter, properties: Properties, row: Row): boolean {
  switch (filter.type) {
    case 'and':
      return holds(filter.left, properties, row) && holds(filter.right, properties, row);
    case 'or':
      return holds(filter.left, properties, row) || holds(filter.right, properties, row);
    case 'not':
      return !holds(filter.of, properties, row);
    case 'in':
      return filter.values.some((value) => equals(properties, row, filter.property, value));
    case 'text': {
      const value = valueOf(properties, row, filter.property);
      return typeof value === 'string' && textHolds(filter.function, value, filter.value);
    }
    case 'any':
      return anyHolds(filter, valueOf(properties, row, filter.property));
    case 'compare':
      return comparisonHolds(filter, properties, row);
  }
}

function comparisonHolds(
  filter: Extract<Filter, { type: 'compare' }>,
  properties: Properties,
  row: Row,
): boolean {
  if (filter.operator === 'eq') return equals(properties, row, filter.property, filter.value);
  if (filter.operator === 'ne') return !equals(properties, row, filter.property, filter.value);
  const value = valueOf(properties, row, filter.property);
  if (value === null) return false;
  const left = Number(value);
  const right = Number(literalFor(properties, filter.property, filter.value));
  if (filter.operator === 'gt') return left > right;
  if (filter.operator === 'ge') return left >= right;
  return filter.operator === 'lt' ? left < right : left <= right;
}

function equals(properties: Properties, row: Row, property: string, literal: Literal): boolean {
  const value = valueOf(properties, row, property);
  const wanted = literalFor(properties, property, literal);
  if (typeof value === 'string' && typeof wanted === 'string') return fold(value) === fold(wanted);
  return value === wanted;
}

/** A literal as the row holds it: booleans as 0 and 1, times as epoch milliseconds. */
export function literalFor(
  properties: Properties,
  property: string,
  literal: Literal,
): string | number | null {
  if (literal === null) return null;
  if (typeof literal === 'boolean') return literal ? 1 : 0;
  if (properties[property]?.kind === 'dateTime') return parseDateTime(String(literal));
  return literal;
}

function valueOf(properties: Properties, row: Row, name: string): unknown {
  const property = columnProperty(properties, name);
  if (!property) return null;
  return row[columnOf(name, property)] ?? null;
}

function anyHolds(filter: Extract<Filter, { type: 'any' }>, json: unknown): boolean {
  if (typeof json !== 'string' || typeof filter.value !== 'string') return false;
  const wanted = filter.value;
  const elements: unknown = JSON.parse(json);
  if (!Array.isArray(elements)) return false;
  return elements.some((element: unknown) => {
    const value = filter.inner ? (element as Row)[filter.inner] : element;
    if (typeof value !== 'string') return false;
    return filter.operator === 'eq'
      ? fold(value) === fold(wanted)
      : textHolds(filter.operator, value, wanted);
  });
}

function textHolds(name: TextFunction, value: string, part: string): boolean {
  if (name === 'startswith') return fold(value).startsWith(fold(part));
  return name === 'endswith' ? fold(value).endsWith(fold(part)) : fold(value).includes(fold(part));
}

function isFound(search: Search, properties: Properties, row: Row): boolean {
  return search.all.every((alternatives) =>
    alternatives.some(({ property, text }) =>
      searchedProperties(properties, property).some((name) => {
        const value = valueOf(properties, row, name);
        return typeof value === 'string' && fold(value).includes(fold(text));
      }),
    ),
  );
}

/** The properties one term of a `$search` looks at. */
export function searchedProperties(properties: Properties, property: string | null): string[] {
  if (property !== null) return [property];
  return Object.keys(properties).filter((name) => columnProperty(properties, name)?.search);
}
