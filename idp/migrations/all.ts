import type { Migration } from '@countersign/database';
import { up as initial } from './0001-initial.ts';

/** Every migration of the identity provider in the order in which it is applied. */
export const migrations: Record<string, Migration> = {
  'idp-0001-initial': { up: initial },
};
