import type { Database } from '@countersign/database';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Tables } from './tables.ts';

/** What every area is handed: nothing in the identity provider reaches for a clock, a database or the environment by itself. */
export type Context = {
  config: Config;
  db: Database<Tables>;
  /** Epoch milliseconds. */
  now: () => number;
  /** A new UUIDv7. */
  newId: () => string;
  log: Logger;
};
