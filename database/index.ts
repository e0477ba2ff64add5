/**
 * One Kysely in front of two engines: a SQLite file or PostgreSQL. Everything that differs between
 * them is in this folder; whoever uses it writes each statement once.
 */
export { type Database, open } from './open.ts';
export { type Migration, migrate } from './migrate.ts';
export { transaction } from './transaction.ts';
export { isUniqueViolation } from './failures.ts';
export { unlessTaken } from './unless-taken.ts';
export { uuidv7 } from './uuidv7.ts';
export { makeFolder } from './make-folder.ts';
