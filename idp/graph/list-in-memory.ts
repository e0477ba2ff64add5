import { fold, matches } from './evaluate.ts';
import type { ListQuery } from './list-query.ts';
import { columnOf, columnProperty, type Properties, type Row } from './properties.ts';
import { type Position, writeSkipToken } from './skip-token.ts';

/** One page of a list that is not in the database, with the meaning `store.ts` gives it there. */
export function listInMemory<R extends Row>(
  all: readonly R[],
  properties: Properties,
  query: ListQuery,
): { rows: R[]; count?: number; skipToken?: string } {
  const found = all.filter((row) => matches(query, properties, row));
  const ordered = found.toSorted((one, other) =>
    compare(positionOf(one, properties, query), positionOf(other, properties, query), query),
  );
  const { after } = query;
  const rest = after
    ? ordered.filter((row) => compare(positionOf(row, properties, query), after, query) > 0)
    : ordered;
  const rows = rest.slice(0, query.top);
  const last = rows.at(-1);
  return {
    rows,
    ...(query.count && !after ? { count: found.length } : {}),
    ...(rest.length > rows.length && last
      ? { skipToken: writeSkipToken(positionOf(last, properties, query)) }
      : {}),
  };
}

function positionOf(row: Row, properties: Properties, query: ListQuery): Position {
  return query.orderBy.map(({ property }) => {
    const known = columnProperty(properties, property);
    const value = known ? row[columnOf(property, known)] : null;
    if (known?.kind === 'string') return fold(String(value ?? ''));
    return known?.kind === 'id' ? String(value) : Number(value ?? 0);
  });
}

function compare(one: Position, other: Position, query: ListQuery): number {
  for (const [index, order] of query.orderBy.entries()) {
    const difference = compareKeys(one[index] ?? '', other[index] ?? '');
    if (difference !== 0) return order.descending ? -difference : difference;
  }
  return 0;
}

function compareKeys(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}
