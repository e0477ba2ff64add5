import type { Migration } from '@countersign/database';
import type { Kysely } from 'kysely';

/**
 * The kit's tables, for the application's own migrator and database. Spread it before the application's migrations:
 * `migrate(db, { ...spKitMigrations, ...ownMigrations }, now)`.
 */
export const spKitMigrations: Record<string, Migration> = {
  'sp-kit-0001-initial': { up: initial },
};

async function initial(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('samlConnections')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('identifier', 'text', (column) => column.notNull())
    .addColumn('loginUrl', 'text', (column) => column.notNull())
    .addColumn('logoutUrl', 'text', (column) => column.notNull())
    .addColumn('certificates', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addColumn('lastModifiedDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('samlConnections_primary', ['namespace', 'id'])
    .execute();
  // An index and not a constraint, because it goes the day a namespace may have several connections.
  await db.schema
    .createIndex('samlConnections_one_per_namespace')
    .unique()
    .on('samlConnections')
    .columns(['namespace'])
    .execute();
  await db.schema
    .createTable('samlRequests')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('connectionId', 'text', (column) => column.notNull())
    .addColumn('identityProvider', 'text', (column) => column.notNull())
    .addColumn('assertionConsumerServiceUrl', 'text', (column) => column.notNull())
    .addColumn('browserHash', 'text', (column) => column.notNull())
    .addColumn('returnTo', 'text')
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addColumn('expiresDateTime', 'bigint', (column) => column.notNull())
    .addColumn('consumedDateTime', 'bigint')
    .addPrimaryKeyConstraint('samlRequests_primary', ['namespace', 'id'])
    .addForeignKeyConstraint(
      'samlRequests_samlConnections',
      ['namespace', 'connectionId'],
      'samlConnections',
      ['namespace', 'id'],
    )
    .execute();
  await db.schema
    .createTable('samlUsedAssertions')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('assertionHash', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('assertionId', 'text', (column) => column.notNull())
    .addColumn('usedDateTime', 'bigint', (column) => column.notNull())
    .addColumn('expiresDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('samlUsedAssertions_primary', ['namespace', 'assertionHash'])
    .execute();
  await db.schema
    .createTable('samlOutcomes')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('handleHash', 'text', (column) => column.notNull())
    .addColumn('connectionId', 'text', (column) => column.notNull())
    .addColumn('requestId', 'text', (column) => column.notNull())
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('browserHash', 'text', (column) => column.notNull())
    .addColumn('returnTo', 'text')
    .addColumn('expiresDateTime', 'bigint', (column) => column.notNull())
    .addColumn('consumedDateTime', 'bigint')
    .addPrimaryKeyConstraint('samlOutcomes_primary', ['namespace', 'handleHash'])
    .addForeignKeyConstraint(
      'samlOutcomes_samlConnections',
      ['namespace', 'connectionId'],
      'samlConnections',
      ['namespace', 'id'],
    )
    .execute();
  await db.schema
    .createTable('samlAccountLinks')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('linkHash', 'text', (column) => column.notNull())
    .addColumn('connectionId', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('nameIdFormat', 'text', (column) => column.notNull())
    .addColumn('nameQualifier', 'text', (column) => column.notNull())
    .addColumn('spNameQualifier', 'text', (column) => column.notNull())
    .addColumn('nameId', 'text', (column) => column.notNull())
    .addColumn('accountId', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('samlAccountLinks_primary', ['namespace', 'linkHash'])
    .addForeignKeyConstraint(
      'samlAccountLinks_samlConnections',
      ['namespace', 'connectionId'],
      'samlConnections',
      ['namespace', 'id'],
    )
    .execute();
  await db.schema
    .createIndex('samlAccountLinks_by_accountId')
    .on('samlAccountLinks')
    .columns(['namespace', 'accountId'])
    .execute();
  for (const table of ['samlRequests', 'samlUsedAssertions', 'samlOutcomes'])
    await db.schema.createIndex(`${table}_by_expiresDateTime`).on(table).column('expiresDateTime').execute();
}
