import type { FastifyInstance, FastifyRequest } from 'fastify';
import { principalOf } from '../../access/api.ts';
import type { Context } from '../../context.ts';
import { readBody } from '../../graph/body.ts';
import { toJson, toRow } from '../../graph/codec.ts';
import { collection, contextOf } from '../../graph/collection.ts';
import { readListQuery, readOptions, readSelect } from '../../graph/list-query.ts';
import { badRequest, notFound } from '../../graph/refusal.ts';
import type { AuditTarget } from '../../graph/resources.ts';
import { auditOrigin } from '../../logs/api.ts';
import { type AuditEntry, modifiedProperties } from '../../logs/audit-entry.ts';
import type { GroupRow, UserRow } from '../../tables.ts';
import { targetOf } from '../users/changes.ts';
import { findUser } from '../users/store.ts';
import { groupUpdate, newGroup, reference } from './bodies.ts';
import { groupProperties, memberProperties } from './properties.ts';
import {
  deleteGroup,
  deleteMember,
  findGroup,
  insertGroup,
  insertMember,
  listGroups,
  listGroupsOfUser,
  listMembers,
  updateGroup,
} from './store.ts';

type ById = { Params: { id: string } };
type Member = { Params: { id: string; userId: string } };

const byName = { property: 'displayName', descending: false };

/** Groups and who is in them. A group's members are users: groups do not nest. */
export function mountGroups(app: FastifyInstance, context: Context): void {
  const { db, config } = context;
  const entry = (
    request: FastifyRequest,
    activityDisplayName: string,
    targetResources: AuditTarget[],
  ): AuditEntry => ({
    ...auditOrigin(request, context),
    id: context.newId(),
    activityDisplayName,
    category: 'GroupManagement',
    targetResources,
  });
  const one = (group: GroupRow, request: FastifyRequest) => {
    const select = readOptions(request.query, ['$select']).get('$select');
    return {
      '@odata.context': contextOf(config.publicUrl, 'groups/$entity'),
      ...toJson(
        groupProperties,
        group,
        select === undefined ? undefined : readSelect(select, groupProperties),
      ),
    };
  };
  const find = async (request: FastifyRequest<ById>): Promise<GroupRow> => {
    const group = await findGroup(db.kysely, principalOf(request).tenantId, request.params.id);
    if (!group) throw notFound('Group', request.params.id);
    return group;
  };

  app.get('/groups', { config: { access: 'groups.read' } }, async (request) => {
    const query = readListQuery(request.query, groupProperties, byName);
    const page = await listGroups(db, principalOf(request).tenantId, query);
    const value = page.rows.map((row) => toJson(groupProperties, row, query.select));
    return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
  });

  app.get<ById>('/groups/:id', { config: { access: 'groups.read' } }, async (request) =>
    one(await find(request), request),
  );

  app.post('/groups', { config: { access: 'groups.create' } }, async (request, reply) => {
    const body = readBody(newGroup, request.body);
    const row: GroupRow = {
      tenantId: principalOf(request).tenantId,
      id: context.newId(),
      displayName: body.displayName,
      description: body.description ?? null,
      mailNickname: body.mailNickname,
      mailEnabled: 0,
      securityEnabled: 1,
      createdDateTime: context.now(),
    };
    const modified = modifiedProperties({}, toJson(groupProperties, row));
    await insertGroup(
      db,
      row,
      entry(request, 'Add group', [{ ...groupTarget(row), modifiedProperties: modified }]),
    );
    return reply.code(201).send(one(row, request));
  });

  app.patch<ById>('/groups/:id', { config: { access: 'groups.update' } }, async (request, reply) => {
    const body = readBody(groupUpdate, request.body);
    const found = await updateGroup(db, principalOf(request).tenantId, request.params.id, (group) => {
      const set: Partial<GroupRow> = toRow(groupProperties, body);
      const modified = modifiedProperties(
        toJson(groupProperties, group),
        toJson(groupProperties, { ...group, ...set }),
      );
      const target = { ...groupTarget(group), modifiedProperties: modified };
      return { set, audit: modified.length > 0 ? [entry(request, 'Update group', [target])] : [] };
    });
    if (!found) throw notFound('Group', request.params.id);
    return reply.code(204).send();
  });

  app.delete<ById>('/groups/:id', { config: { access: 'groups.delete' } }, async (request, reply) => {
    const deleted = await deleteGroup(db, principalOf(request).tenantId, request.params.id, (group) =>
      entry(request, 'Delete group', [groupTarget(group)]),
    );
    if (!deleted) throw notFound('Group', request.params.id);
    return reply.code(204).send();
  });

  app.get<ById>('/groups/:id/members', { config: { access: 'groups.read' } }, async (request) => {
    const group = await find(request);
    const query = readListQuery(request.query, memberProperties, byName);
    const page = await listMembers(db, group.tenantId, group.id, query);
    const value = page.rows.map((row) => toJson(memberProperties, row, query.select));
    return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
  });

  app.get<ById>('/users/:id/memberOf', { config: { access: 'groups.read' } }, async (request) => {
    const { tenantId } = principalOf(request);
    const user = await findUser(db.kysely, tenantId, request.params.id);
    if (!user) throw notFound('User', request.params.id);
    const query = readListQuery(request.query, groupProperties, byName);
    const page = await listGroupsOfUser(db, tenantId, user.id, query);
    const value = page.rows.map((row) => toJson(groupProperties, row, query.select));
    return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
  });

  const membership =
    (request: FastifyRequest, activity: string) =>
    (group: GroupRow, user: UserRow): AuditEntry =>
      entry(request, activity, [targetOf(user), groupTarget(group)]);

  app.post<ById>(
    '/groups/:id/members/$ref',
    { config: { access: 'groups.updateMembers' } },
    async (request, reply) => {
      const userId = readBody(reference, request.body)['@odata.id'];
      const { tenantId } = principalOf(request);
      const audit = membership(request, 'Add member to group');
      const outcome = await insertMember(db, tenantId, request.params.id, userId, audit);
      if (outcome === 'no-group') throw notFound('Group', request.params.id);
      if (outcome === 'no-user') throw notFound('User', userId);
      if (outcome === 'duplicate')
        throw badRequest(
          "One or more added object references already exist for the following modified properties: 'members'.",
        );
      return reply.code(204).send();
    },
  );

  app.delete<Member>(
    '/groups/:id/members/:userId/$ref',
    { config: { access: 'groups.updateMembers' } },
    async (request, reply) => {
      const { id, userId } = request.params;
      const audit = membership(request, 'Remove member from group');
      const outcome = await deleteMember(db, principalOf(request).tenantId, id, userId, audit);
      if (outcome === 'no-group') throw notFound('Group', id);
      if (outcome === 'no-member') throw notFound('Member', userId);
      return reply.code(204).send();
    },
  );
}

function groupTarget(group: GroupRow): AuditTarget {
  return { id: group.id, displayName: group.displayName, type: 'Group', modifiedProperties: [] };
}
