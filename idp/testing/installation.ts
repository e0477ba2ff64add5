import { randomBytes } from 'node:crypto';
import { type Database, migrate, uuidv7 } from '@countersign/database';
import Fastify, { type FastifyInstance } from 'fastify';
import pino from 'pino';
import { mountApi } from '../access/api.ts';
import { type RoleName, roleDefinitions } from '../access/roles.ts';
import { mountApplications } from '../applications/api.ts';
import { mountAssignments } from '../assignments/api.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { mountDirectory } from '../directory/api.ts';
import { rolesOf } from '../directory/roles/store.ts';
import { bootstrap } from '../directory/tenants/bootstrap.ts';
import { newUserRow } from '../directory/users/new-user-row.ts';
import { findUser } from '../directory/users/store.ts';
import { mountLogs } from '../logs/api.ts';
import { migrations } from '../migrations/all.ts';
import type { Tables } from '../tables.ts';

export const areas = [mountLogs, mountDirectory, mountApplications, mountAssignments];

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export type Answer = { status: number; body: Record<string, unknown>; headers: Record<string, unknown> };

/** One installation for tests of the API: real routes on a real database, with a clock that the test moves. */
export type Installation = {
  app: FastifyInstance;
  /** Every route of the API as the web framework knows it, HEAD aside. */
  routes: { method: Method; url: string; access: unknown }[];
  context: Context;
  clock: { now: number };
  tenantId: string;
  /** Id of the first Global Administrator. */
  administratorId: string;
  /** A request as this user (id), or as nobody. */
  as(userId: string | null, method: Method, path: string, body?: unknown): Promise<Answer>;
  /** A new user made directly in the database, with these roles. */
  person(name: string, ...roles: RoleName[]): Promise<string>;
};

export const publicUrl = 'https://id.contoso.example';

export async function install(db: Database<Tables>): Promise<Installation> {
  const clock = { now: Date.parse('2026-11-23T12:00:00Z') };
  await migrate(db, migrations, () => clock.now);
  const context: Context = {
    // Only what the API reads; a whole configuration belongs to the tests of config.ts.
    config: { publicUrl, masterKey: new Uint8Array(randomBytes(32)) } as Config,
    db,
    now: () => clock.now,
    newId: () => uuidv7(clock.now),
    log: pino({ level: 'silent' }),
  };
  const made = await bootstrap(
    { ...context, publicUrl },
    {
      displayName: 'Contoso',
      domain: 'contoso.example',
      administrator: 'admin@contoso.example',
      password: 'Correct-Horse-7',
    },
  );
  if (!made) throw new Error('The database was not empty.');
  const app = Fastify({ genReqId: () => context.newId() });
  const routes: Installation['routes'] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat())
      if (one !== 'HEAD') routes.push({ method: one as Method, url, access: config?.access });
  });
  mountApi(
    app,
    context,
    async (request) => {
      const [tenantId = '', userId = ''] = String(request.headers['x-test-principal'] ?? '').split(' ');
      const user = await findUser(db.kysely, tenantId, userId);
      if (!user) return null;
      const { userPrincipalName, displayName } = user;
      return {
        tenantId,
        userId,
        userPrincipalName,
        displayName,
        roles: await rolesOf(db.kysely, tenantId, userId),
      };
    },
    areas,
  );
  await app.ready();
  const { tenantId, userId: administratorId } = made;
  return {
    app,
    routes,
    context,
    clock,
    tenantId,
    administratorId,
    as: (userId, method, path, body) => send(app, tenantId, userId, method, path, body),
    person: (name, ...roles) => addPerson(context, tenantId, name, roles),
  };
}

/** A request to the API in the name of a user of a tenant. */
export async function send(
  app: FastifyInstance,
  tenantId: string,
  userId: string | null,
  method: Method,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await app.inject({
    method,
    url: path.startsWith('/v1.0/') || path.startsWith('http') ? path : `/v1.0${path}`,
    headers: {
      ...(userId ? { 'x-test-principal': `${tenantId} ${userId}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  const text = response.body;
  return {
    status: response.statusCode,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    headers: response.headers,
  };
}

/** The list in an answer. */
export function valueOf(answer: Answer): Record<string, unknown>[] {
  if (answer.status !== 200) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body['value'] as Record<string, unknown>[];
}

/** The refusal in an answer. */
export function errorOf(answer: Answer): { code: string; message: string; details?: { target?: string }[] } {
  return answer.body['error'] as { code: string; message: string };
}

async function addPerson(
  context: Context,
  tenantId: string,
  name: string,
  roles: readonly RoleName[],
): Promise<string> {
  const id = context.newId();
  const now = context.now();
  await context.db.kysely
    .insertInto('users')
    .values(
      newUserRow({
        tenantId,
        id,
        userPrincipalName: `${name}@contoso.example`,
        displayName: name,
        mailNickname: name,
        createdDateTime: now,
      }),
    )
    .execute();
  for (const role of roles)
    await context.db.kysely
      .insertInto('roleAssignments')
      .values({
        tenantId,
        id: context.newId(),
        roleDefinitionId: roleDefinitions.find((definition) => definition.displayName === role)?.id ?? '',
        principalId: id,
        createdDateTime: now,
      })
      .execute();
  return id;
}
