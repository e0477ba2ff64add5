import { join } from 'node:path';
import { createPostgresDatabase } from '@countersign/database/testing.ts';

export type FreshDatabases = { countersign: string; perform: string };

/** Addresses of two databases nobody has used: files under `folder`, or made on the PostgreSQL server the URL leads to. */
export async function freshDatabases(folder: string, postgres: string | undefined): Promise<FreshDatabases> {
  if (postgres === undefined) {
    return {
      countersign: `sqlite:${join(folder, 'countersign.db')}`,
      perform: `sqlite:${join(folder, 'perform.db')}`,
    };
  }
  const [countersign, perform] = [
    await createPostgresDatabase(postgres),
    await createPostgresDatabase(postgres),
  ];
  return { countersign: countersign.url, perform: perform.url };
}
