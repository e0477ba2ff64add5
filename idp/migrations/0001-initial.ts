import type { Kysely } from 'kysely';

/** The first tables: directory, applications, assignments, sign-in, single sign-on, logs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tenants')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('tenants_primary', ['id'])
    .execute();
  await db.schema
    .createTable('verifiedDomains')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('isDefault', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('verifiedDomains_primary', ['name'])
    .addForeignKeyConstraint('verifiedDomains_tenants', ['tenantId'], 'tenants', ['id'])
    .execute();
  await db.schema
    .createTable('users')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('userPrincipalName', 'text', (column) => column.notNull())
    .addColumn('userPrincipalNameKey', 'text', (column) => column.notNull())
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('mailNickname', 'text', (column) => column.notNull())
    .addColumn('mail', 'text')
    .addColumn('givenName', 'text')
    .addColumn('surname', 'text')
    .addColumn('jobTitle', 'text')
    .addColumn('department', 'text')
    .addColumn('accountEnabled', 'integer', (column) => column.notNull())
    .addColumn('passwordHash', 'text')
    .addColumn('forceChangePasswordNextSignIn', 'integer', (column) => column.notNull())
    .addColumn('lastPasswordChangeDateTime', 'bigint')
    .addColumn('failedSignInCount', 'integer', (column) => column.notNull())
    .addColumn('lockedUntilDateTime', 'bigint')
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('users_primary', ['tenantId', 'id'])
    .addForeignKeyConstraint('users_tenants', ['tenantId'], 'tenants', ['id'])
    .addUniqueConstraint('users_unique_userPrincipalNameKey', ['tenantId', 'userPrincipalNameKey'])
    .execute();
  await db.schema
    .createIndex('users_by_displayName')
    .on('users')
    .columns(['tenantId', 'displayName'])
    .execute();
  await db.schema
    .createTable('groups')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('mailNickname', 'text', (column) => column.notNull())
    .addColumn('mailEnabled', 'integer', (column) => column.notNull())
    .addColumn('securityEnabled', 'integer', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('groups_primary', ['tenantId', 'id'])
    .addForeignKeyConstraint('groups_tenants', ['tenantId'], 'tenants', ['id'])
    .execute();
  await db.schema
    .createIndex('groups_by_displayName')
    .on('groups')
    .columns(['tenantId', 'displayName'])
    .execute();
  await db.schema
    .createTable('groupMembers')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('groupId', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('groupMembers_primary', ['tenantId', 'groupId', 'userId'])
    .addForeignKeyConstraint('groupMembers_groups', ['tenantId', 'groupId'], 'groups', ['tenantId', 'id'])
    .addForeignKeyConstraint('groupMembers_users', ['tenantId', 'userId'], 'users', ['tenantId', 'id'])
    .execute();
  await db.schema
    .createIndex('groupMembers_by_userId')
    .on('groupMembers')
    .columns(['tenantId', 'userId'])
    .execute();
  await db.schema
    .createTable('roleAssignments')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('roleDefinitionId', 'text', (column) => column.notNull())
    .addColumn('principalId', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('roleAssignments_primary', ['tenantId', 'id'])
    .addForeignKeyConstraint('roleAssignments_users', ['tenantId', 'principalId'], 'users', [
      'tenantId',
      'id',
    ])
    .addUniqueConstraint('roleAssignments_unique_roleDefinitionId_principalId', [
      'tenantId',
      'roleDefinitionId',
      'principalId',
    ])
    .execute();
  await db.schema
    .createIndex('roleAssignments_by_principalId')
    .on('roleAssignments')
    .columns(['tenantId', 'principalId'])
    .execute();
  await db.schema
    .createTable('applications')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('appId', 'text', (column) => column.notNull())
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('applicationTemplateId', 'text')
    .addColumn('appRoles', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('applications_primary', ['tenantId', 'id'])
    .addForeignKeyConstraint('applications_tenants', ['tenantId'], 'tenants', ['id'])
    .addUniqueConstraint('applications_unique_appId', ['tenantId', 'appId'])
    .execute();
  await db.schema
    .createTable('identifierUris')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('identifierUri', 'text', (column) => column.notNull())
    .addColumn('applicationId', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('identifierUris_primary', ['tenantId', 'identifierUri'])
    .addForeignKeyConstraint('identifierUris_applications', ['tenantId', 'applicationId'], 'applications', [
      'tenantId',
      'id',
    ])
    .execute();
  await db.schema
    .createIndex('identifierUris_by_applicationId')
    .on('identifierUris')
    .columns(['tenantId', 'applicationId'])
    .execute();
  await db.schema
    .createTable('replyUrls')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('applicationId', 'text', (column) => column.notNull())
    .addColumn('uri', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('isDefault', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('replyUrls_primary', ['tenantId', 'applicationId', 'uri'])
    .addForeignKeyConstraint('replyUrls_applications', ['tenantId', 'applicationId'], 'applications', [
      'tenantId',
      'id',
    ])
    .execute();
  await db.schema
    .createTable('servicePrincipals')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('applicationId', 'text', (column) => column.notNull())
    .addColumn('appId', 'text', (column) => column.notNull())
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('accountEnabled', 'integer', (column) => column.notNull())
    .addColumn('appRoleAssignmentRequired', 'integer', (column) => column.notNull())
    .addColumn('loginUrl', 'text')
    .addColumn('logoutUrl', 'text')
    .addColumn('preferredSingleSignOnMode', 'text')
    .addColumn('preferredTokenSigningKeyThumbprint', 'text')
    .addColumn('relayState', 'text')
    .addColumn('notes', 'text')
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('notificationEmailAddresses', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('servicePrincipals_primary', ['tenantId', 'id'])
    .addForeignKeyConstraint(
      'servicePrincipals_applications',
      ['tenantId', 'applicationId'],
      'applications',
      ['tenantId', 'id'],
    )
    .addUniqueConstraint('servicePrincipals_unique_appId', ['tenantId', 'appId'])
    .execute();
  await db.schema
    .createIndex('servicePrincipals_by_displayName')
    .on('servicePrincipals')
    .columns(['tenantId', 'displayName'])
    .execute();
  await db.schema
    .createTable('signingCertificates')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('servicePrincipalId', 'text', (column) => column.notNull())
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('thumbprint', 'text', (column) => column.notNull())
    .addColumn('startDateTime', 'bigint', (column) => column.notNull())
    .addColumn('endDateTime', 'bigint', (column) => column.notNull())
    .addColumn('certificate', 'text', (column) => column.notNull())
    .addColumn('privateKey', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('signingCertificates_primary', ['tenantId', 'id'])
    .addForeignKeyConstraint(
      'signingCertificates_servicePrincipals',
      ['tenantId', 'servicePrincipalId'],
      'servicePrincipals',
      ['tenantId', 'id'],
    )
    .addUniqueConstraint('signingCertificates_unique_servicePrincipalId_thumbprint', [
      'tenantId',
      'servicePrincipalId',
      'thumbprint',
    ])
    .execute();
  await db.schema
    .createTable('appRoleAssignments')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('resourceId', 'text', (column) => column.notNull())
    .addColumn('principalId', 'text', (column) => column.notNull())
    .addColumn('principalType', 'text', (column) => column.notNull())
    .addColumn('appRoleId', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('appRoleAssignments_primary', ['tenantId', 'id'])
    .addForeignKeyConstraint(
      'appRoleAssignments_servicePrincipals',
      ['tenantId', 'resourceId'],
      'servicePrincipals',
      ['tenantId', 'id'],
    )
    .addUniqueConstraint('appRoleAssignments_unique_resourceId_principalId_appRoleId', [
      'tenantId',
      'resourceId',
      'principalId',
      'appRoleId',
    ])
    .execute();
  await db.schema
    .createIndex('appRoleAssignments_by_principalId')
    .on('appRoleAssignments')
    .columns(['tenantId', 'principalId'])
    .execute();
  await db.schema
    .createTable('sessions')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('secretHash', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull())
    .addColumn('authenticationInstant', 'bigint', (column) => column.notNull())
    .addColumn('authenticationMethods', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addColumn('lastSeenDateTime', 'bigint', (column) => column.notNull())
    .addColumn('expiresDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sessions_primary', ['tenantId', 'secretHash'])
    .addForeignKeyConstraint('sessions_users', ['tenantId', 'userId'], 'users', ['tenantId', 'id'])
    .execute();
  await db.schema.createIndex('sessions_by_userId').on('sessions').columns(['tenantId', 'userId']).execute();
  await db.schema
    .createTable('pendingRequests')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('handleHash', 'text', (column) => column.notNull())
    .addColumn('browserHash', 'text', (column) => column.notNull())
    .addColumn('servicePrincipalId', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('correlationId', 'text', (column) => column.notNull())
    .addColumn('asksForAccount', 'integer', (column) => column.notNull())
    .addColumn('userId', 'text')
    .addColumn('authenticationInstant', 'bigint')
    .addColumn('authenticationMethods', 'text')
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addColumn('expiresDateTime', 'bigint', (column) => column.notNull())
    .addColumn('consumedDateTime', 'bigint')
    .addPrimaryKeyConstraint('pendingRequests_primary', ['tenantId', 'handleHash'])
    .addForeignKeyConstraint(
      'pendingRequests_servicePrincipals',
      ['tenantId', 'servicePrincipalId'],
      'servicePrincipals',
      ['tenantId', 'id'],
    )
    .execute();
  await db.schema
    .createTable('accountPrompts')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('browserHash', 'text', (column) => column.notNull())
    .addColumn('servicePrincipalId', 'text', (column) => column.notNull())
    .addColumn('expiresDateTime', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('accountPrompts_primary', ['tenantId', 'browserHash', 'servicePrincipalId'])
    .addForeignKeyConstraint(
      'accountPrompts_servicePrincipals',
      ['tenantId', 'servicePrincipalId'],
      'servicePrincipals',
      ['tenantId', 'id'],
    )
    .execute();
  await db.schema
    .createTable('signIns')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'bigint', (column) => column.notNull())
    .addColumn('correlationId', 'text', (column) => column.notNull())
    .addColumn('userId', 'text')
    .addColumn('userPrincipalName', 'text')
    .addColumn('userDisplayName', 'text')
    .addColumn('appId', 'text')
    .addColumn('appDisplayName', 'text')
    .addColumn('servicePrincipalId', 'text')
    .addColumn('ipAddress', 'text', (column) => column.notNull())
    .addColumn('userAgent', 'text')
    .addColumn('clientAppUsed', 'text', (column) => column.notNull())
    .addColumn('authenticationMethods', 'text', (column) => column.notNull())
    .addColumn('errorCode', 'integer', (column) => column.notNull())
    .addColumn('failureReason', 'text')
    .addColumn('additionalDetails', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('samlRequestId', 'text')
    .addColumn('assertionId', 'text')
    .addPrimaryKeyConstraint('signIns_primary', ['tenantId', 'id'])
    .addForeignKeyConstraint('signIns_tenants', ['tenantId'], 'tenants', ['id'])
    .execute();
  await db.schema
    .createIndex('signIns_by_createdDateTime')
    .on('signIns')
    .columns(['tenantId', 'createdDateTime'])
    .execute();
  await db.schema.createIndex('signIns_by_userId').on('signIns').columns(['tenantId', 'userId']).execute();
  await db.schema.createIndex('signIns_by_appId').on('signIns').columns(['tenantId', 'appId']).execute();
  await db.schema
    .createTable('directoryAudits')
    .addColumn('tenantId', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('activityDateTime', 'bigint', (column) => column.notNull())
    .addColumn('activityDisplayName', 'text', (column) => column.notNull())
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('resultReason', 'text')
    .addColumn('correlationId', 'text', (column) => column.notNull())
    .addColumn('initiatedBy', 'text', (column) => column.notNull())
    .addColumn('targetResources', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('directoryAudits_primary', ['tenantId', 'id'])
    .addForeignKeyConstraint('directoryAudits_tenants', ['tenantId'], 'tenants', ['id'])
    .execute();
  await db.schema
    .createIndex('directoryAudits_by_activityDateTime')
    .on('directoryAudits')
    .columns(['tenantId', 'activityDateTime'])
    .execute();
}
