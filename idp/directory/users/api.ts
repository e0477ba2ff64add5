import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { principalOf } from '../../access/api.ts';
import type { Context } from '../../context.ts';
import { readBody } from '../../graph/body.ts';
import { toJson } from '../../graph/codec.ts';
import { collection, contextOf } from '../../graph/collection.ts';
import { readListQuery, readOptions, readSelect } from '../../graph/list-query.ts';
import { alreadyExists, badRequest, notFound } from '../../graph/refusal.ts';
import { auditOrigin } from '../../logs/api.ts';
import type { UserRow } from '../../tables.ts';
import { hashPassword } from '../password-hash.ts';
import { verifiedDomains } from '../tenants/store.ts';
import { userPrincipalNameFault } from '../user-principal-name.ts';
import { newUser, userUpdate } from './bodies.ts';
import { addedUser, planDelete, planUpdate } from './changes.ts';
import { newUserRow } from './new-user-row.ts';
import { userProperties } from './properties.ts';
import { deleteUser, findUser, findUserByName, insertUser, listUsers, updateUser } from './store.ts';

type ById = { Params: { id: string } };

/** Users: list, read, add, change, delete; and `/me`. A user may be named by id or by user principal name. */
export function mountUsers(app: FastifyInstance, context: Context): void {
  const { db, config, newId } = context;
  const by = (request: FastifyRequest) => ({
    principal: principalOf(request),
    origin: auditOrigin(request, context),
    newId,
  });
  const find = async (tenantId: string, idOrName: string): Promise<UserRow> => {
    const user = idOrName.includes('@')
      ? await findUserByName(db.kysely, tenantId, idOrName)
      : await findUser(db.kysely, tenantId, idOrName);
    if (!user) throw notFound('User', idOrName);
    return user;
  };
  const requireName = async (tenantId: string, userPrincipalName: string): Promise<void> => {
    const domains = await verifiedDomains(db.kysely, tenantId);
    const fault = userPrincipalNameFault(
      userPrincipalName,
      domains.map((domain) => domain.name),
    );
    if (!fault) return;
    const message = `Invalid value for property 'userPrincipalName': ${fault}.`;
    throw badRequest(message, [{ code: 'InvalidValue', message, target: 'userPrincipalName' }]);
  };
  const one = (user: UserRow, request: FastifyRequest) => {
    const select = readOptions(request.query, ['$select']).get('$select');
    return {
      '@odata.context': contextOf(config.publicUrl, 'users/$entity'),
      ...toJson(userProperties, user, select === undefined ? undefined : readSelect(select, userProperties)),
    };
  };

  app.get('/me', { config: { access: 'me.read' } }, async (request) => {
    const { tenantId, userId } = principalOf(request);
    return one(await find(tenantId, userId), request);
  });

  app.get('/users', { config: { access: 'users.read' } }, async (request) => {
    const query = readListQuery(request.query, userProperties, {
      property: 'displayName',
      descending: false,
    });
    const page = await listUsers(db, principalOf(request).tenantId, query);
    const value = page.rows.map((row) => toJson(userProperties, row, query.select));
    return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
  });

  app.get<ById>('/users/:id', { config: { access: 'users.read' } }, async (request) =>
    one(await find(principalOf(request).tenantId, request.params.id), request),
  );

  app.post('/users', { config: { access: 'users.create' } }, async (request, reply) => {
    const { tenantId } = principalOf(request);
    const body = readBody(newUser, request.body);
    await requireName(tenantId, body.userPrincipalName);
    const row = toNewRow(body, {
      tenantId,
      id: newId(),
      now: context.now(),
      passwordHash: await hashPassword(body.passwordProfile.password),
    });
    if (!(await insertUser(db, row, addedUser(row, by(request))))) throw alreadyExists('userPrincipalName');
    return reply.code(201).send(one(row, request));
  });

  app.patch<ById>('/users/:id', { config: { access: 'users.update' } }, async (request, reply) => {
    const { tenantId } = principalOf(request);
    const { id } = await find(tenantId, request.params.id);
    const body = readBody(userUpdate, request.body);
    if (body.userPrincipalName !== undefined) await requireName(tenantId, body.userPrincipalName);
    const passwordHash = body.passwordProfile ? await hashPassword(body.passwordProfile.password) : null;
    const outcome = await updateUser(db, tenantId, id, (state) =>
      planUpdate(state, body, passwordHash, by(request)),
    );
    if (outcome === 'no-user') throw notFound('User', request.params.id);
    if (outcome === 'taken') throw alreadyExists('userPrincipalName');
    return reply.code(204).send();
  });

  app.delete<ById>('/users/:id', { config: { access: 'users.delete' } }, async (request, reply) => {
    const { tenantId } = principalOf(request);
    const { id } = await find(tenantId, request.params.id);
    if (!(await deleteUser(db, tenantId, id, (state) => planDelete(state, by(request)))))
      throw notFound('User', request.params.id);
    return reply.code(204).send();
  });
}

function toNewRow(
  body: z.output<typeof newUser>,
  about: { tenantId: string; id: string; now: number; passwordHash: string },
): UserRow {
  return newUserRow({
    tenantId: about.tenantId,
    id: about.id,
    userPrincipalName: body.userPrincipalName,
    displayName: body.displayName,
    mailNickname: body.mailNickname,
    mail: body.mail ?? null,
    givenName: body.givenName ?? null,
    surname: body.surname ?? null,
    jobTitle: body.jobTitle ?? null,
    department: body.department ?? null,
    accountEnabled: body.accountEnabled ? 1 : 0,
    passwordHash: about.passwordHash,
    forceChangePasswordNextSignIn: body.passwordProfile.forceChangePasswordNextSignIn ? 1 : 0,
    createdDateTime: about.now,
  });
}
