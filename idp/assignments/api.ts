import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { principalOf } from '../access/api.ts';
import { userAccessUrl } from '../applications/properties.ts';
import { findByServicePrincipal } from '../applications/store.ts';
import type { Context } from '../context.ts';
import { findUser } from '../directory/users/store.ts';
import { guid, readBody } from '../graph/body.ts';
import { toJson } from '../graph/codec.ts';
import { collection, contextOf } from '../graph/collection.ts';
import { readListQuery } from '../graph/list-query.ts';
import { badRequest, notFound } from '../graph/refusal.ts';
import type { AppRole, AssignedResource, AuditTarget } from '../graph/resources.ts';
import { auditOrigin } from '../logs/api.ts';
import type { AuditEntry } from '../logs/audit-entry.ts';
import { whyNotAssignRole } from './app-role.ts';
import { appRoleAssignmentProperties } from './properties.ts';
import {
  type AssignmentState,
  assignedResources,
  deleteAppRoleAssignment,
  insertAppRoleAssignment,
  listAppRoleAssignments,
} from './store.ts';

type ById = { Params: { id: string } };

const byName = { property: 'principalDisplayName', descending: false };
const newAppRoleAssignment = z.strictObject({ principalId: guid, resourceId: guid, appRoleId: guid });

/** Who may use which application, in which role; and the tiles of whoever asks. */
export function mountAssignments(app: FastifyInstance, context: Context): void {
  const { db, config } = context;
  const entry = (request: FastifyRequest, activity: string, targets: AuditTarget[]): AuditEntry => ({
    ...auditOrigin(request, context),
    id: context.newId(),
    activityDisplayName: activity,
    category: 'ApplicationManagement',
    targetResources: targets,
  });
  const requireServicePrincipal = async (tenantId: string, id: string): Promise<string> => {
    const found = await findByServicePrincipal(db.kysely, tenantId, id);
    if (!found) throw notFound('Service principal', id);
    return found.servicePrincipal.id;
  };

  app.get<ById>(
    '/servicePrincipals/:id/appRoleAssignedTo',
    { config: { access: 'appRoleAssignments.read' } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const resourceId = await requireServicePrincipal(tenantId, request.params.id);
      const query = readListQuery(request.query, appRoleAssignmentProperties, byName);
      const page = await listAppRoleAssignments(db, tenantId, { resourceId }, query);
      const value = page.rows.map((row) => toJson(appRoleAssignmentProperties, row, query.select));
      return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
    },
  );

  app.get<ById>(
    '/users/:id/appRoleAssignments',
    { config: { access: 'appRoleAssignments.read' } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const user = await findUser(db.kysely, tenantId, request.params.id);
      if (!user) throw notFound('User', request.params.id);
      const query = readListQuery(request.query, appRoleAssignmentProperties, byName);
      const page = await listAppRoleAssignments(db, tenantId, { principalId: user.id }, query);
      const value = page.rows.map((row) => toJson(appRoleAssignmentProperties, row, query.select));
      return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
    },
  );

  /** @param end which end of the assignment the address names */
  const assign = async (
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    end: 'resourceId' | 'principalId',
  ): Promise<FastifyReply> => {
    const { tenantId } = principalOf(request);
    const body = readBody(newAppRoleAssignment, request.body);
    if (body[end] !== request.params.id.toLowerCase())
      throw badRequest(`Invalid value for property '${end}': it must be the id in the address.`, [
        { code: 'InvalidValue', message: 'It must be the id in the address.', target: end },
      ]);
    const row = { tenantId, id: context.newId(), ...body, createdDateTime: context.now() };
    const outcome = await insertAppRoleAssignment(db, row, (state) => {
      const why = whyNotAssignRole(JSON.parse(state.appRoles) as AppRole[], body.appRoleId);
      if (why) throw badRequest(why, [{ code: 'InvalidValue', message: why, target: 'appRoleId' }]);
      return entry(request, added[state.principal.type], targetsOf(state, body.principalId));
    });
    if (outcome === 'no-resource') throw notFound('Service principal', body.resourceId);
    if (outcome === 'no-principal') throw notFound('User or group', body.principalId);
    if (outcome === 'duplicate')
      throw badRequest('Permission being assigned already exists on the object.', [
        { code: 'ObjectConflict', message: 'It is assigned already.', target: 'principalId' },
      ]);
    return reply.code(201).send({
      '@odata.context': contextOf(config.publicUrl, 'appRoleAssignments/$entity'),
      ...toJson(appRoleAssignmentProperties, outcome),
    });
  };

  // Graph has three addresses for one thing, and its own tutorials use each of them.
  const create = { config: { access: 'appRoleAssignments.create' } } as const;
  for (const path of [
    '/servicePrincipals/:id/appRoleAssignedTo',
    '/servicePrincipals/:id/appRoleAssignments',
  ])
    app.post<ById>(path, create, (request, reply) => assign(request, reply, 'resourceId'));
  app.post<ById>('/users/:id/appRoleAssignments', create, (request, reply) =>
    assign(request, reply, 'principalId'),
  );

  app.delete<{ Params: { id: string; assignmentId: string } }>(
    '/servicePrincipals/:id/appRoleAssignedTo/:assignmentId',
    { config: { access: 'appRoleAssignments.delete' } },
    async (request, reply) => {
      const { id, assignmentId } = request.params;
      const { tenantId } = principalOf(request);
      const deleted = await deleteAppRoleAssignment(
        db,
        tenantId,
        id.toLowerCase(),
        assignmentId.toLowerCase(),
        (assignment) =>
          entry(request, removed[assignment.principalType], [
            target(assignment.resourceId, assignment.resourceDisplayName, 'ServicePrincipal'),
            target(assignment.principalId, assignment.principalDisplayName, assignment.principalType),
          ]),
      );
      if (!deleted) throw notFound('App role assignment', assignmentId);
      return reply.code(204).send();
    },
  );

  app.get(
    '/me/appRoleAssignedResources',
    { config: { access: 'me.readAssignedResources' } },
    async (request) => {
      const { tenantId, userId } = principalOf(request);
      const rows = await assignedResources(db.kysely, tenantId, userId);
      const tiles = rows.map(
        (row): AssignedResource => ({
          id: row.id,
          appId: row.appId,
          displayName: row.displayName,
          applicationTemplateId: row.applicationTemplateId,
          loginUrl: row.loginUrl,
          userAccessUrl: userAccessUrl({ ...row, publicUrl: config.publicUrl }),
        }),
      );
      return collection(tiles, { publicUrl: config.publicUrl, url: request.url });
    },
  );
}

const added = {
  User: 'Add app role assignment grant to user',
  Group: 'Add app role assignment to group',
} as const;
const removed = {
  User: 'Remove app role assignment from user',
  Group: 'Remove app role assignment from group',
} as const;

function targetsOf({ servicePrincipal, principal }: AssignmentState, principalId: string): AuditTarget[] {
  const { displayName, type, userPrincipalName } = principal;
  return [
    target(servicePrincipal.id, servicePrincipal.displayName, 'ServicePrincipal'),
    { ...target(principalId, displayName, type), ...(userPrincipalName ? { userPrincipalName } : {}) },
  ];
}

function target(id: string, displayName: string, type: AuditTarget['type']): AuditTarget {
  return { id, displayName, type, modifiedProperties: [] };
}
