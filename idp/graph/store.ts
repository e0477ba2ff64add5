import type { Database } from '@countersign/database';
import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import { fold, literalFor, searchedProperties } from './evaluate.ts';
import type { Filter, TextFunction } from './filter.ts';
import type { ListQuery, Order } from './list-query.ts';
import { columnOf, columnProperty, type Properties } from './properties.ts';
import type { Search } from './search.ts';
import { type Position, writeSkipToken } from './skip-token.ts';

export type Page<R> = { rows: R[]; count?: number; skipToken?: string };

type Engine = Database<Tables>['engine'];
type Sql = RawBuilder<unknown>;

/**
 * One page of a list, by keyset: rows that come or go between two pages never shift the ones in between.
 *
 * @param source the rows of the list without regard to the query, already narrowed to one tenant
 */
export async function listRows<R extends object>(
  db: Database<Tables>,
  source: Expression<R>,
  properties: Properties,
  query: ListQuery,
): Promise<Page<R>> {
  const conditions = conditionsOf(properties, query, db.engine);
  const keys = query.orderBy.map((order) => keyOf(properties, order.property, db.engine));
  const onPage = query.after ? [...conditions, isAfter(keys, query.orderBy, query.after)] : conditions;
  const { rows } = await sql<R & Record<string, unknown>>`
    select "source".*, ${sql.join(keys.map((key, index) => sql`${key} as ${sql.ref(`key${index}`)}`))}
    from ${source} as "source"
    where ${allOf(onPage)}
    order by ${sql.join(query.orderBy.map((order, index) => sql`${keys[index]} ${direction(order)}`))}
    limit ${sql.lit(query.top + 1)}`.execute(db.kysely);
  const page: Page<R> = { rows: rows.slice(0, query.top) };
  const last = page.rows.at(-1) as Record<string, unknown> | undefined;
  if (rows.length > query.top && last) page.skipToken = writeSkipToken(positionOf(last, keys.length));
  if (query.count && !query.after) page.count = await countRows(db, source, conditions);
  return page;
}

async function countRows(
  db: Database<Tables>,
  source: Expression<object>,
  conditions: Sql[],
): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    select count(*) as "count" from ${source} as "source" where ${allOf(conditions)}`.execute(db.kysely);
  return Number(rows[0]?.count ?? 0);
}

function conditionsOf(properties: Properties, query: ListQuery, engine: Engine): Sql[] {
  const conditions: Sql[] = [];
  if (query.filter) conditions.push(filterSql(query.filter, properties, engine));
  if (query.search) conditions.push(searchSql(query.search, properties, engine));
  return conditions;
}

function filterSql(filter: Filter, properties: Properties, engine: Engine): Sql {
  switch (filter.type) {
    case 'and':
      return sql`(${filterSql(filter.left, properties, engine)} and ${filterSql(filter.right, properties, engine)})`;
    case 'or':
      return sql`(${filterSql(filter.left, properties, engine)} or ${filterSql(filter.right, properties, engine)})`;
    case 'not':
      return sql`(not ${filterSql(filter.of, properties, engine)})`;
    case 'in':
      return anyOf(filter.values.map((value) => equals(properties, filter.property, value, engine)));
    case 'text':
      return like(properties, filter.property, pattern(filter.function, filter.value), engine);
    case 'any':
      return anyOf(elementPatterns(filter).map((text) => like(properties, filter.property, text, engine)));
    case 'compare': {
      if (filter.operator === 'eq') return equals(properties, filter.property, filter.value, engine);
      if (filter.operator === 'ne')
        return sql`(not ${equals(properties, filter.property, filter.value, engine)})`;
      const column = columnSql(properties, filter.property);
      const value = literalFor(properties, filter.property, filter.value);
      return sql`(${column} is not null and ${column} ${orderings[filter.operator]} ${value})`;
    }
  }
}

const orderings = { gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` };

/** Never unknown: a missing value differs from every text, so that `not` means what OData says it means. */
function equals(
  properties: Properties,
  property: string,
  literal: Parameters<typeof literalFor>[2],
  engine: Engine,
): Sql {
  const column = columnSql(properties, property);
  const value = literalFor(properties, property, literal);
  if (value === null) return sql`(${column} is null)`;
  if (typeof value === 'number') return sql`(${column} is not null and ${column} = ${value})`;
  if (properties[property]?.kind === 'id') return sql`(${column} is not null and ${column} = ${fold(value)})`;
  return sql`(${column} is not null and ${folded(column, engine)} = ${fold(value)})`;
}

function like(properties: Properties, property: string, text: string, engine: Engine): Sql {
  const column = columnSql(properties, property);
  return sql`(${column} is not null and ${folded(column, engine)} like ${text} escape '\\')`;
}

function searchSql(search: Search, properties: Properties, engine: Engine): Sql {
  return allOf(
    search.all.map((alternatives) =>
      anyOf(
        alternatives.flatMap(({ property, text }) =>
          searchedProperties(properties, property).map((name) =>
            like(properties, name, pattern('contains', text), engine),
          ),
        ),
      ),
    ),
  );
}

function pattern(name: TextFunction, text: string): string {
  const escaped = fold(text).replaceAll(/[\\%_]/g, '\\$&');
  if (name === 'startswith') return `${escaped}%`;
  return name === 'endswith' ? `%${escaped}` : `%${escaped}%`;
}

/**
 * An element of an array as JSON.stringify writes it. A bracket, brace or comma before an unescaped quote stands between
 * elements, or is the end of a text; the latter is followed by another mark, with which no compared value begins
 * (`list-query.ts` refuses it).
 */
function elementPatterns(filter: Extract<Filter, { type: 'any' }>): string[] {
  const value = JSON.stringify(filter.value);
  const element = filter.inner ? `${JSON.stringify(filter.inner)}:${value}` : value;
  return [filter.inner ? '{' : '[', ','].map((mark) => pattern('contains', mark + element));
}

function columnSql(properties: Properties, name: string): Sql {
  const property = columnProperty(properties, name);
  if (!property) throw new Error(`${name} has no column`);
  return sql`${sql.ref(`source.${columnOf(name, property)}`)}`;
}

/** What a list is ordered by. Texts fold case and compare by code point on both engines, whatever PostgreSQL's locale. */
function keyOf(properties: Properties, name: string, engine: Engine): Sql {
  const column = columnSql(properties, name);
  const kind = properties[name]?.kind;
  if (kind === 'string') return sql`coalesce(${folded(column, engine)}, '')`;
  if (kind === 'id') return engine === 'postgres' ? sql`(${column} collate "C")` : column;
  return sql`coalesce(${column}, 0)`;
}

function folded(column: Sql, engine: Engine): Sql {
  return engine === 'postgres' ? sql`lower(${column} collate "C")` : sql`lower(${column})`;
}

/** (a > x) or (a = x and b > y) or …, each comparison in its own direction. */
function isAfter(keys: Sql[], orderBy: Order[], position: Position): Sql {
  return anyOf(
    keys.map((key, index) => {
      const before = keys.slice(0, index).map((earlier, at) => sql`${earlier} = ${position[at]}`);
      const comparison = orderBy[index]?.descending ? sql`<` : sql`>`;
      return allOf([...before, sql`${key} ${comparison} ${position[index]}`]);
    }),
  );
}

function positionOf(row: Record<string, unknown>, length: number): Position {
  return Array.from({ length }, (_, index) => {
    const value = row[`key${index}`];
    return typeof value === 'number' ? value : String(value);
  });
}

function direction(order: Order): Sql {
  return order.descending ? sql`desc` : sql`asc`;
}

function allOf(conditions: Sql[]): Sql {
  return conditions.length === 0 ? sql`1 = 1` : sql`(${sql.join(conditions, sql` and `)})`;
}

function anyOf(conditions: Sql[]): Sql {
  return conditions.length === 0 ? sql`1 = 0` : sql`(${sql.join(conditions, sql` or `)})`;
}
