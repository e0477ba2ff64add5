import type { Kysely } from 'kysely';

/** Companies, people, sessions, sign-in log and audit log. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('namespaces')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('ssoInPlan', 'integer', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('namespaces_primary', ['namespace'])
    .execute();
  await db.schema
    .createTable('people')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('userName', 'text', (column) => column.notNull())
    .addColumn('userNameKey', 'text', (column) => column.notNull())
    .addColumn('givenName', 'text', (column) => column.notNull())
    .addColumn('surname', 'text', (column) => column.notNull())
    .addColumn('mail', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('passwordHash', 'text')
    .addColumn('failedSignInCount', 'integer', (column) => column.notNull())
    .addColumn('lockedUntilDateTime', 'bigint')
    .addColumn('lastSignInDateTime', 'bigint')
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('people_primary', ['namespace', 'id'])
    .addForeignKeyConstraint('people_namespaces', ['namespace'], 'namespaces', ['namespace'])
    .addUniqueConstraint('people_unique_userNameKey', ['namespace', 'userNameKey'])
    .execute();
  await db.schema
    .createTable('sessions')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('secretHash', 'text', (column) => column.notNull())
    .addColumn('personId', 'text', (column) => column.notNull())
    .addColumn('method', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text')
    .addColumn('nameId', 'text')
    .addColumn('nameIdFormat', 'text')
    .addColumn('sessionIndex', 'text')
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addColumn('expiresDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sessions_primary', ['namespace', 'secretHash'])
    .addForeignKeyConstraint('sessions_people', ['namespace', 'personId'], 'people', ['namespace', 'id'])
    .execute();
  await db.schema
    .createIndex('sessions_by_personId')
    .on('sessions')
    .columns(['namespace', 'personId'])
    .execute();
  await db.schema
    .createIndex('sessions_by_expiresDateTime')
    .on('sessions')
    .column('expiresDateTime')
    .execute();
  await db.schema
    .createTable('signIns')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addColumn('method', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('says', 'text', (column) => column.notNull())
    .addColumn('whoActs', 'text')
    .addColumn('personId', 'text')
    .addColumn('userName', 'text')
    .addColumn('expected', 'text')
    .addColumn('actual', 'text')
    .addColumn('requestId', 'text')
    .addColumn('assertionId', 'text')
    .addColumn('issuer', 'text')
    .addColumn('ipAddress', 'text', (column) => column.notNull())
    .addColumn('userAgent', 'text')
    .addPrimaryKeyConstraint('signIns_primary', ['namespace', 'id'])
    .addForeignKeyConstraint('signIns_namespaces', ['namespace'], 'namespaces', ['namespace'])
    .execute();
  await db.schema
    .createIndex('signIns_by_createdDateTime')
    .on('signIns')
    .columns(['namespace', 'createdDateTime'])
    .execute();
  await db.schema
    .createTable('audits')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addColumn('actorId', 'text')
    .addColumn('actorName', 'text', (column) => column.notNull())
    .addColumn('activity', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('details', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audits_primary', ['namespace', 'id'])
    .addForeignKeyConstraint('audits_namespaces', ['namespace'], 'namespaces', ['namespace'])
    .execute();
  await db.schema
    .createIndex('audits_by_createdDateTime')
    .on('audits')
    .columns(['namespace', 'createdDateTime'])
    .execute();
}
