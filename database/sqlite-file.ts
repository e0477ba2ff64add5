import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';

/**
 * Kysely's driver over node:sqlite. One file, one connection: node:sqlite is synchronous, so a second
 * connection of this process could only wait for the first. Transactions queue for it in order of arrival.
 */
export class SqliteFile implements Driver {
  readonly #path: string;
  #connection: SqliteConnection | undefined;
  #tail: Promise<void> = Promise.resolve();
  readonly #releases = new WeakMap<DatabaseConnection, () => void>();

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    this.#connection = new SqliteConnection(this.#path);
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#tail;
    let release = () => {};
    this.#tail = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    if (!this.#connection) throw new Error('The SQLite file is closed.');
    this.#releases.set(this.#connection, release);
    return this.#connection;
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#releases.get(connection)?.();
  }

  async beginTransaction(connection: DatabaseConnection, _settings: TransactionSettings): Promise<void> {
    // Taking the write lock at once keeps a second process from failing half-way with SQLITE_BUSY_SNAPSHOT.
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

const statementsKept = 500;

class SqliteConnection implements DatabaseConnection {
  readonly #file: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string) {
    // A new file is for this user alone (it holds password hashes); SQLite gives its log the mode of the file.
    if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
    this.#file = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true });
    // FULL: in WAL mode the log is synced at every commit, so what was answered survives kill -9 and power loss.
    this.#file.exec('pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory;');
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.#prepare(query.sql);
    const parameters = query.parameters as readonly SQLInputValue[];
    if (statement.columns().length > 0) return { rows: statement.all(...parameters) as R[] };
    const { changes } = statement.run(...parameters);
    return { numAffectedRows: BigInt(changes), rows: [] };
  }

  /** node:sqlite's rows are all here at once: there is nothing to stream, so that one piece is all. */
  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }

  close(): void {
    this.#statements.clear();
    this.#file.close();
  }

  #prepare(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = this.#file.prepare(text);
    if (this.#statements.size >= statementsKept) this.#statements.clear();
    this.#statements.set(text, statement);
    return statement;
  }
}
