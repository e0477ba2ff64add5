import type { Database } from '@countersign/database';
import { sql } from 'kysely';

export type Column = { name: string; type: string; isNullable: boolean };
export type ForeignKey = { columns: string[]; table: string; references: string[] };

/** One table as SQLite says it is. */
export type Table = {
  name: string;
  columns: Column[];
  primaryKey: string[];
  unique: string[][];
  indexes: string[][];
  foreignKeys: ForeignKey[];
};

/** Reads what the migrations made, by name of the table. SQLite only: it is the smaller of the two to ask. */
export async function readSchema(db: Database<unknown>): Promise<Table[]> {
  const names = await ask<{ name: string }>(
    db,
    sql`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`,
  );
  const tables: Table[] = [];
  for (const { name } of names) tables.push(await readTable(db, name));
  return tables;
}

async function readTable(db: Database<unknown>, name: string): Promise<Table> {
  type Info = { name: string; type: string; notnull: number; pk: number };
  const columns = await ask<Info>(db, sql`select * from pragma_table_info(${name}) order by cid`);
  const primaryKey = columns
    .filter(({ pk }) => pk > 0)
    .toSorted((one, other) => one.pk - other.pk)
    .map((column) => column.name);
  type Index = { name: string; unique: number; origin: string };
  const indexes = await ask<Index>(db, sql`select * from pragma_index_list(${name}) order by name`);
  const unique: string[][] = [];
  const plain: string[][] = [];
  for (const index of indexes) {
    const parts = await ask<{ name: string }>(
      db,
      sql`select * from pragma_index_info(${index.name}) order by seqno`,
    );
    if (index.origin === 'pk') continue;
    (index.unique === 1 ? unique : plain).push(parts.map((part) => part.name));
  }
  return {
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type.toLowerCase(),
      isNullable: column.notnull === 0 && column.pk === 0,
    })),
    primaryKey,
    unique: unique.sort(),
    indexes: plain.sort(),
    foreignKeys: await readForeignKeys(db, name),
  };
}

async function readForeignKeys(db: Database<unknown>, name: string): Promise<ForeignKey[]> {
  type Part = { id: number; table: string; from: string; to: string };
  const parts = await ask<Part>(db, sql`select * from pragma_foreign_key_list(${name}) order by id, seq`);
  const keys = Map.groupBy(parts, (part) => part.id);
  return [...keys.values()]
    .map((own) => ({
      columns: own.map((part) => part.from),
      table: own[0]?.table ?? '',
      references: own.map((part) => part.to),
    }))
    .sort((one, other) => (one.table < other.table ? -1 : 1));
}

async function ask<R>(db: Database<unknown>, query: ReturnType<typeof sql<R>>): Promise<R[]> {
  return (await query.execute(db.kysely)).rows;
}

/** The schema as a document for people. */
export function describeSchema(tables: readonly Table[]): string {
  const parts = tables.map((table) =>
    [
      `## ${table.name}`,
      '',
      '| column | type |',
      '|---|---|',
      ...table.columns.map(
        ({ name, type, isNullable }) => `| ${name} | ${type}${isNullable ? ', may be null' : ''} |`,
      ),
      '',
      `* primary key: ${table.primaryKey.join(', ')}`,
      ...table.unique.map((columns) => `* unique: ${columns.join(', ')}`),
      ...table.indexes.map((columns) => `* index: ${columns.join(', ')}`),
      ...table.foreignKeys.map(
        ({ columns, table: other, references }) =>
          `* ${columns.join(', ')} → ${other} (${references.join(', ')})`,
      ),
      '',
    ].join('\n'),
  );
  const head =
    '# Tables of the identity provider\n\n' +
    'Made from the migrations; a test compares. After a new migration run `node idp/migrations/write-schema.ts`.\n' +
    'Times are epoch milliseconds, booleans 0 or 1; lists and objects are JSON in a text column.\n';
  return [head, ...parts].join('\n');
}
