import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';

export type FreshDatabases = { countersign: string; perform: string; drop(): Promise<void> };

/** Two databases nobody has used: files under `folder`, or made on the PostgreSQL server the URL leads to. */
export async function freshDatabases(folder: string, postgres: string | undefined): Promise<FreshDatabases> {
  if (postgres === undefined) {
    return {
      countersign: `sqlite:${join(folder, 'countersign.db')}`,
      perform: `sqlite:${join(folder, 'perform.db')}`,
      drop: async () => {},
    };
  }
  const suffix = randomBytes(6).toString('hex');
  const names = [`countersign_${suffix}`, `perform_${suffix}`] as const;
  await onServer(
    postgres,
    names.map((name) => `create database "${name}"`),
  );
  const url = (name: string) => {
    const changed = new URL(postgres);
    changed.pathname = `/${name}`;
    return changed.href;
  };
  return {
    countersign: url(names[0]),
    perform: url(names[1]),
    drop: () =>
      onServer(
        postgres,
        names.map((name) => `drop database if exists "${name}" with (force)`),
      ),
  };
}

async function onServer(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
