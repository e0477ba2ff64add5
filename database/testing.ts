import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import { type Database, open } from './open.ts';

/** Where the tests find a PostgreSQL server to make databases in; `npm test` starts one and sets it. */
export const postgresVariable = 'COUNTERSIGN_TEST_POSTGRES';

/**
 * Describes the same behaviour once per engine: on a SQLite file and, where `COUNTERSIGN_TEST_POSTGRES` names a
 * server, on PostgreSQL. `openEmpty` opens a new, empty database each time; all of them are gone afterwards.
 */
export function eachEngine<T>(what: string, body: (openEmpty: () => Promise<Database<T>>) => void): void {
  describe(`${what} (SQLite)`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
    const opened: Database<T>[] = [];
    after(async () => {
      for (const database of opened) await database.close();
      rmSync(folder, { recursive: true, force: true });
    });
    body(async () => {
      const database = await open<T>(`sqlite:${join(folder, `${opened.length}.db`)}`);
      opened.push(database);
      return database;
    });
  });
  const server = process.env[postgresVariable];
  if (!server) return;
  describe(`${what} (PostgreSQL)`, () => {
    const opened: { database: Database<T>; name: string }[] = [];
    after(async () => {
      for (const { database, name } of opened) {
        await database.close();
        await onServer(server, `drop database if exists "${name}" with (force)`);
      }
    });
    body(async () => {
      const { url, name } = await createPostgresDatabase(server);
      const database = await open<T>(url);
      opened.push({ database, name });
      return database;
    });
  });
}

/** What `make` makes at the first call, for all tests that leave nothing behind that another would see. */
export function shared<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

/** Makes an empty database on the test server. @returns its URL and its name */
export async function createPostgresDatabase(server: string): Promise<{ url: string; name: string }> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create database "${name}"`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, name };
}

async function onServer(server: string, statement: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
