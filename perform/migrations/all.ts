import type { Migration } from '@countersign/database';
import { spKitMigrations } from '@countersign/sp-kit';
import { up as initial } from './0001-initial.ts';

/** Every migration of Perform's database in the order in which it is applied; the kit's live beside our own. */
export const migrations: Record<string, Migration> = {
  ...spKitMigrations,
  'perform-0001-initial': { up: initial },
};
