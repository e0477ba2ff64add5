import type { Database } from '@countersign/database';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import { type Installation, install } from './installation.ts';

export type Ids = {
  userId: string;
  groupId: string;
  applicationId: string;
  appId: string;
  servicePrincipalId: string;
  assignmentId: string;
  roleAssignmentId: string;
  signInId: string;
  auditId: string;
};

export const beta = '01900000-0000-7000-8000-00000000beda';
export const secretHash = 'secret';
export const handleHash = 'handle';
export const browserHash = 'browser';

/**
 * Two organisations in one database that are the same to the last id: Beta is a copy of Alpha in which every text says
 * Beta. Whatever looks by id alone, or joins without the organisation, meets the wrong one of the two.
 */
export type AlphaAndBeta = {
  installation: Installation;
  alpha: string;
  ids: Ids;
  /** Makes Beta anew. */
  resetBeta(): Promise<void>;
  /** Every row of an organisation as one text. */
  snapshot(tenantId: string): Promise<string>;
};

const tables: (keyof Tables)[] = [
  'users',
  'groups',
  'groupMembers',
  'roleAssignments',
  'applications',
  'identifierUris',
  'replyUrls',
  'servicePrincipals',
  'signingCertificates',
  'appRoleAssignments',
  'sessions',
  'pendingRequests',
  'accountPrompts',
  'signIns',
  'directoryAudits',
];

export async function alphaAndBeta(db: Database<Tables>): Promise<AlphaAndBeta> {
  const installation = await install(db);
  const alpha = installation.tenantId;
  const ids = await populate(installation);
  await db.kysely
    .insertInto('tenants')
    .values({
      id: beta,
      displayName: 'Beta',
      issuer: `https://id.contoso.example/${beta}/`,
      createdDateTime: 0,
    })
    .execute();
  await db.kysely
    .insertInto('verifiedDomains')
    .values({ name: 'beta.example', tenantId: beta, isDefault: 1 })
    .execute();
  const resetBeta = () =>
    db.kysely.transaction().execute(async (trx) => {
      for (const table of tables.toReversed())
        await sql`delete from ${sql.table(table)} where ${sql.ref('tenantId')} = ${beta}`.execute(trx);
      for (const table of tables)
        for (const row of await rowsOf(trx, table, alpha)) await insertForBeta(trx, table, row);
    });
  const snapshot = async (tenantId: string): Promise<string> => {
    const parts: string[] = [];
    for (const table of tables) {
      const rows = await rowsOf(db.kysely, table, tenantId);
      const texts = rows.map((row) => JSON.stringify(row)).sort();
      parts.push(`${table}: ${texts.join(' ')}`);
    }
    return parts.join('\n');
  };
  await resetBeta();
  return { installation, alpha, ids, resetBeta, snapshot };
}

async function rowsOf(
  k: Kysely<Tables>,
  table: keyof Tables,
  tenantId: string,
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.table(table)} where ${sql.ref('tenantId')} = ${tenantId}`.execute(k);
  return rows;
}

async function insertForBeta(
  k: Kysely<Tables>,
  table: keyof Tables,
  row: Record<string, unknown>,
): Promise<void> {
  const copy = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? toBeta(value) : value]),
  );
  const names = Object.keys(copy).map((name) => sql.ref(name));
  await sql`insert into ${sql.table(table)} (${sql.join(names)})
    values (${sql.join(Object.values({ ...copy, tenantId: beta }))})`.execute(k);
}

function toBeta(text: string): string {
  return text.replaceAll('Alpha', 'Beta').replaceAll('alpha', 'beta');
}

async function populate({ as, administratorId, person, context, tenantId }: Installation): Promise<Ids> {
  const made = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await as(administratorId, 'POST', path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const userId = await person('Alpha.User', 'Global Administrator');
  const group = await made('/groups', {
    displayName: 'Alpha group',
    mailNickname: 'alpha',
    mailEnabled: false,
    securityEnabled: true,
  });
  const groupId = String(group['id']);
  await as(administratorId, 'POST', `/groups/${groupId}/members/$ref`, {
    '@odata.id': `https://id.contoso.example/v1.0/directoryObjects/${userId}`,
  });
  const template = '8ef90b77-15ff-40d6-9990-2c9c5878b6ef';
  const instance = await made(`/applicationTemplates/${template}/instantiate`, { displayName: 'Alpha app' });
  const application = instance['application'] as Record<string, string>;
  const servicePrincipalId = (instance['servicePrincipal'] as Record<string, string>)['id'] ?? '';
  const applicationId = application['id'] ?? '';
  await as(administratorId, 'PATCH', `/servicePrincipals/${servicePrincipalId}`, {
    preferredSingleSignOnMode: 'saml',
    notes: 'Alpha notes',
  });
  await as(administratorId, 'PATCH', `/applications/${applicationId}`, {
    web: { redirectUris: ['https://alpha.example/acs'] },
  });
  const assignment = await made(`/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo`, {
    principalId: groupId,
    resourceId: servicePrincipalId,
    appRoleId: '00000000-0000-0000-0000-000000000000',
  });
  const roleAssignment = await context.db.kysely
    .selectFrom('roleAssignments')
    .select('id')
    .where('principalId', '=', userId)
    .executeTakeFirstOrThrow();
  const audit = await context.db.kysely.selectFrom('directoryAudits').select('id').executeTakeFirstOrThrow();
  const signInId = context.newId();
  await recordBrowser({ as, context, tenantId }, { userId, servicePrincipalId, signInId });
  return {
    userId,
    groupId,
    applicationId,
    appId: application['appId'] ?? '',
    servicePrincipalId,
    assignmentId: String(assignment['id']),
    roleAssignmentId: roleAssignment.id,
    signInId,
    auditId: audit.id,
  };
}

/** A session, a request that waits, a prompt and a line of the sign-in log. */
async function recordBrowser(
  { context, tenantId }: Pick<Installation, 'as' | 'context' | 'tenantId'>,
  { userId, servicePrincipalId, signInId }: Pick<Ids, 'userId' | 'servicePrincipalId' | 'signInId'>,
): Promise<void> {
  const now = context.now();
  const later = now + 3_600_000;
  const k = context.db.kysely;
  await k
    .insertInto('sessions')
    .values({
      tenantId,
      secretHash,
      userId,
      authenticationInstant: now,
      authenticationMethods: '["Alpha"]',
      createdDateTime: now,
      lastSeenDateTime: now,
      expiresDateTime: later,
    })
    .execute();
  await k
    .insertInto('pendingRequests')
    .values({
      tenantId,
      handleHash,
      browserHash,
      servicePrincipalId,
      request: '{"requestId":"Alpha"}',
      correlationId: signInId,
      asksForAccount: 0,
      userId: null,
      authenticationInstant: null,
      authenticationMethods: null,
      createdDateTime: now,
      expiresDateTime: later,
      consumedDateTime: null,
    })
    .execute();
  await k
    .insertInto('accountPrompts')
    .values({ tenantId, browserHash, servicePrincipalId, expiresDateTime: later })
    .execute();
  await k
    .insertInto('signIns')
    .values({
      tenantId,
      id: signInId,
      createdDateTime: now,
      correlationId: signInId,
      userId,
      userPrincipalName: 'Alpha.User@contoso.example',
      userDisplayName: 'Alpha.User',
      appId: null,
      appDisplayName: 'Alpha app',
      servicePrincipalId,
      ipAddress: '::1',
      userAgent: null,
      clientAppUsed: 'Browser',
      authenticationMethods: '[]',
      errorCode: 0,
      failureReason: null,
      additionalDetails: null,
      status: 'success',
      samlRequestId: null,
      assertionId: null,
    })
    .execute();
}
