import { type Filter, type Literal, parseFilter } from './filter.ts';
import { type ColumnProperty, columnProperty, type Properties, type Property } from './properties.ts';
import { badRequest } from './refusal.ts';
import { parseSearch, type Search } from './search.ts';
import { type Position, readSkipToken } from './skip-token.ts';

export type Order = { property: string; descending: boolean };

/** What a list was asked for, checked against the properties of its resource. */
export type ListQuery = {
  filter?: Filter;
  search?: Search;
  /** Always ends with `id`, so that no two rows compare equal. */
  orderBy: Order[];
  select?: string[];
  top: number;
  count: boolean;
  after?: Position;
};

export const pageSize = { usual: 100, most: 999 };

const options: readonly string[] = [
  '$filter',
  '$search',
  '$orderby',
  '$select',
  '$top',
  '$count',
  '$skiptoken',
];

/**
 * Reads the query string of a list.
 *
 * @param raw name → value as the web framework parsed them
 * @param defaultOrder how the list is ordered where `$orderby` does not say
 * @throws Refusal 400 for an option, a property or a value the list does not know
 */
export function readListQuery(raw: unknown, properties: Properties, defaultOrder: Order): ListQuery {
  const values = readOptions(raw, options);
  const filter = values.get('$filter');
  const search = values.get('$search');
  const select = values.get('$select');
  const skipToken = values.get('$skiptoken');
  const orderBy = readOrder(values.get('$orderby'), properties, defaultOrder);
  return {
    ...(filter === undefined ? {} : { filter: checkFilter(parseFilter(filter), properties) }),
    ...(search === undefined ? {} : { search: checkSearch(parseSearch(search), properties) }),
    ...(select === undefined ? {} : { select: readSelect(select, properties) }),
    ...(skipToken === undefined ? {} : { after: readSkipToken(skipToken, orderBy.length) }),
    orderBy,
    top: readTop(values.get('$top')),
    count: readBoolean('$count', values.get('$count')),
  };
}

/** The names of a `$select`, for one object as for a list. @throws Refusal 400 for a property the resource does not have */
export function readSelect(text: string, properties: Properties): string[] {
  const known = new Set(Object.keys(properties).map((path) => path.split('/')[0] ?? path));
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) if (!known.has(name)) throw noSuchProperty(name);
  return names;
}

/** The options of a query string that are in `allowed`. @throws Refusal 400 for any other and for one given twice */
export function readOptions(raw: unknown, allowed: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries((raw ?? {}) as Record<string, unknown>)) {
    if (!allowed.includes(name))
      throw badRequest(
        `The query option '${name}' is not known here. Known are ${allowed.join(', ') || 'none'}.`,
      );
    if (typeof value !== 'string') throw badRequest(`The query option '${name}' is given more than once.`);
    if (value.includes('\0')) throw badRequest(`The query option '${name}' contains a null character.`);
    values.set(name, value);
  }
  return values;
}

function readTop(text: string | undefined): number {
  if (text === undefined) return pageSize.usual;
  const top = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (top < 1 || top > pageSize.most)
    throw badRequest(`$top must be a number from 1 to ${pageSize.most}; it is '${text}'.`);
  return top;
}

function readBoolean(name: string, text: string | undefined): boolean {
  if (text !== undefined && text !== 'true' && text !== 'false')
    throw badRequest(`${name} must be true or false; it is '${text}'.`);
  return text === 'true';
}

function readOrder(text: string | undefined, properties: Properties, defaultOrder: Order): Order[] {
  const orders = (text === undefined ? [] : text.split(',')).map((piece): Order => {
    const [property = '', direction = 'asc', ...rest] = piece.trim().split(/\s+/);
    if (!properties[property]) throw noSuchProperty(property);
    if (!columnProperty(properties, property)?.sort)
      throw badRequest(`A list cannot be ordered by '${property}'.`);
    if (rest.length > 0 || !['asc', 'desc'].includes(direction))
      throw badRequest(`$orderby is a property and asc or desc; it is '${piece.trim()}'.`);
    return { property, descending: direction === 'desc' };
  });
  if (orders.length > 3) throw badRequest('$orderby takes at most three properties.');
  const first = orders.length > 0 ? orders : [defaultOrder];
  const withoutId = first.filter((order) => order.property !== 'id');
  const descending = first.find((order) => order.property === 'id')?.descending ?? first.at(-1)?.descending;
  return [...withoutId, { property: 'id', descending: descending ?? false }];
}

function checkSearch(search: Search, properties: Properties): Search {
  for (const { property } of search.all.flat()) {
    if (property !== null && !columnProperty(properties, property)?.search)
      throw badRequest(`$search cannot look at '${property}'.`);
  }
  return search;
}

function checkFilter(filter: Filter, properties: Properties): Filter {
  if (filter.type === 'and' || filter.type === 'or') {
    checkFilter(filter.left, properties);
    checkFilter(filter.right, properties);
  } else if (filter.type === 'not') {
    checkFilter(filter.of, properties);
  } else {
    checkTerm(filter, properties);
  }
  return filter;
}

type Term = Exclude<Filter, { type: 'and' | 'or' | 'not' }>;

function checkTerm(term: Term, properties: Properties): void {
  if (!properties[term.property]) throw noSuchProperty(term.property);
  const known = columnProperty(properties, term.property);
  if (!known?.filter) throw badRequest(`$filter cannot look at '${term.property}'.`);
  const isCollection = known.kind === 'stringCollection' || known.kind === 'json';
  if (isCollection !== (term.type === 'any'))
    throw badRequest(
      isCollection
        ? `'${term.property}' is a collection: write ${term.property}/any(x:x eq 'value').`
        : `'${term.property}' is no collection.`,
    );
  if (term.type === 'any') checkAny(term, known);
  else if (term.type === 'text') {
    if (known.kind !== 'string')
      throw badRequest(`${term.function} compares texts; '${term.property}' is none.`);
  } else if (term.type === 'in') for (const value of term.values) checkLiteral(term.property, known, value);
  else {
    checkLiteral(term.property, known, term.value);
    const ordered = known.kind === 'dateTime' || known.kind === 'integer';
    if (!ordered && term.operator !== 'eq' && term.operator !== 'ne')
      throw badRequest(`'${term.property}' can only be compared by eq and ne.`);
    if (term.value === null && term.operator !== 'eq' && term.operator !== 'ne')
      throw badRequest('null can only be compared by eq and ne.');
  }
}

function checkAny(term: Extract<Filter, { type: 'any' }>, known: ColumnProperty): void {
  const allowed = typeof known.filter === 'object' ? known.filter : { any: '' };
  const inner = allowed.any;
  if (term.operator !== 'eq' && !allowed.text) throw badRequest(`any on '${term.property}' compares by eq.`);
  if (term.inner !== inner)
    throw badRequest(
      `any on '${term.property}' compares ${inner ? `'${inner}' of the element` : 'the element itself'}.`,
    );
  if (typeof term.value !== 'string') throw badRequest('any compares with a text in single quotes.');
  if (/^[,\]:}]/.test(term.value))
    throw badRequest('any does not look for a text that begins with , ] : or }.');
}

function checkLiteral(property: string, known: Property, value: Literal): void {
  if (value === null) return;
  const fits =
    known.kind === 'boolean'
      ? typeof value === 'boolean'
      : known.kind === 'integer'
        ? typeof value === 'number'
        : known.kind === 'dateTime'
          ? typeof value === 'string' && !Number.isNaN(parseDateTime(value))
          : typeof value === 'string';
  if (!fits)
    throw badRequest(
      `'${property}' is a ${known.kind === 'id' ? 'string' : known.kind}; ${JSON.stringify(value)} is none.`,
    );
}

/** Epoch milliseconds of an ISO 8601 date or date-time; NaN for anything else. */
export function parseDateTime(text: string): number {
  return /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}

function noSuchProperty(name: string) {
  return badRequest(`Could not find a property named '${name}'.`);
}
