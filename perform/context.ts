import type { Database } from '@countersign/database';
import type { ServiceProvider, SqlStore } from '@countersign/sp-kit';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Tables } from './tables.ts';

/** What every area is handed: nothing in Perform reaches for a clock, chance, a database or the environment by itself. */
export type Context = {
  config: Config;
  db: Database<Tables>;
  /** Epoch milliseconds. */
  now: () => number;
  /** A new UUIDv7. */
  newId: () => string;
  /** 256 random bits as base64url: sessions, handles, the browser's mark. */
  newSecret: () => string;
  /** Salt of a password hash. */
  newSalt: () => Buffer;
  /** The service-provider kit, set up for Perform. */
  saml: ServiceProvider & { store: SqlStore };
  log: Logger;
};
