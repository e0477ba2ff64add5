import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { migrate, open } from '@countersign/database';
import { eachEngine } from '@countersign/database/testing.ts';
import { migrations } from './all.ts';
import { describeSchema, readSchema, type Table } from './schema.ts';

/** The only tables whose keys need not begin with the organisation: what organisations are found by, and bookkeeping. */
const withoutTenant = ['leases', 'migrations', 'tenants', 'verifiedDomains'];

describe('The schema', () => {
  let tables: Table[] = [];
  before(async () => {
    const db = await open('sqlite::memory:');
    await migrate(db, migrations, () => 0);
    tables = await readSchema(db);
    await db.close();
  });
  const tenanted = () => tables.filter(({ name }) => !withoutTenant.includes(name));

  test('is the one schema.md shows', () => {
    const document = readFileSync(join(import.meta.dirname, '..', 'schema.md'), 'utf8');
    assert.equal(document, describeSchema(tables), 'Run node idp/migrations/write-schema.ts.');
  });

  test('begins every key, unique rule, index and foreign key with the organisation', () => {
    assert.ok(tenanted().length >= 15, `only ${tenanted().length} tables were seen`);
    for (const { name, primaryKey, unique, indexes, foreignKeys } of tenanted()) {
      for (const columns of [primaryKey, ...unique, ...indexes])
        assert.equal(columns[0], 'tenantId', `${name}: (${columns.join(', ')})`);
      for (const { columns, table, references } of foreignKeys) {
        assert.equal(columns[0], 'tenantId', `${name} → ${table}`);
        assert.equal(references[0], table === 'tenants' ? 'id' : 'tenantId', `${name} → ${table}`);
      }
    }
  });

  test('ties every table to its organisation, by itself or by what it refers to', () => {
    for (const { name, foreignKeys } of tenanted())
      assert.ok(foreignKeys.length > 0, `${name} refers to nothing`);
  });

  test('uses no type but text, whole numbers and big whole numbers', () => {
    for (const table of tables)
      for (const column of table.columns)
        assert.ok(
          ['text', 'integer', 'bigint'].includes(column.type),
          `${table.name}.${column.name}: ${column.type}`,
        );
  });
});

eachEngine<unknown>('tables.ts', (openEmpty) => {
  test('says what the database has: the same tables, columns, kinds and nulls', async () => {
    const db = await openEmpty();
    await migrate(db, migrations, () => 0);
    const made = new Map(
      (await db.kysely.introspection.getTables())
        .filter(({ name }) => name !== 'leases' && name !== 'migrations')
        .map((table) => [
          table.name,
          table.columns
            .map(
              ({ name, dataType, isNullable }) =>
                `${name}: ${kindOf(dataType)}${isNullable ? ' | null' : ''}`,
            )
            .sort(),
        ]),
    );
    const declared = readDeclarations();
    assert.deepEqual([...made.keys()].sort(), [...declared.keys()].sort());
    for (const [name, columns] of declared) assert.deepEqual(made.get(name), columns, name);
  });
});

function kindOf(dataType: string): string {
  return dataType.toLowerCase() === 'text' ? 'text' : 'number';
}

/** Table → its columns, from the text of tables.ts: types leave nothing behind that a program could ask. */
function readDeclarations(): Map<string, string[]> {
  const text = readFileSync(join(import.meta.dirname, '..', 'tables.ts'), 'utf8').replaceAll(
    /\/\*\*[^]*?\*\/|\/\/.*/g,
    '',
  );
  const rows = new Map<string, string[]>();
  for (const [, name = '', body = ''] of text.matchAll(/export type (\w+) = \{([^}]*)\};/g))
    rows.set(
      name,
      [...body.matchAll(/(\w+): ([^;]+?)\s*(?:;|$)/g)]
        .map(([, column = '', type = '']) => {
          const parts = type.split('|').map((part) => part.trim());
          const isText = parts.some((part) => part === 'string' || part === 'Json' || part.startsWith("'"));
          return `${column}: ${isText ? 'text' : 'number'}${parts.includes('null') ? ' | null' : ''}`;
        })
        .sort(),
    );
  const tables = rows.get('Tables');
  assert.ok(tables && tables.length > 0);
  const body = /export type Tables = \{([^}]*)\}/.exec(text)?.[1] ?? '';
  return new Map(
    [...body.matchAll(/(\w+): (\w+);/g)].map(([, table = '', row = '']) => [table, rows.get(row) ?? []]),
  );
}
