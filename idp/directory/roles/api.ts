import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { principalOf } from '../../access/api.ts';
import { roleDefinition, type RoleDefinition, roleDefinitions } from '../../access/roles.ts';
import type { Context } from '../../context.ts';
import { guid, readBody } from '../../graph/body.ts';
import { toJson } from '../../graph/codec.ts';
import { collection, contextOf } from '../../graph/collection.ts';
import { readListQuery } from '../../graph/list-query.ts';
import { badRequest, denied, notFound } from '../../graph/refusal.ts';
import type { DirectoryRole, RoleDefinition as RoleDefinitionResource } from '../../graph/resources.ts';
import { auditOrigin } from '../../logs/api.ts';
import type { AuditEntry } from '../../logs/audit-entry.ts';
import type { RoleAssignmentRow, UserRow } from '../../tables.ts';
import { targetOf } from '../users/changes.ts';
import { whyNotRemoveRole } from '../users/limits.ts';
import { roleAssignmentProperties } from './properties.ts';
import { deleteRoleAssignment, insertRoleAssignment, listRoleAssignments } from './store.ts';

const newRoleAssignment = z.strictObject({
  roleDefinitionId: guid,
  principalId: guid,
  directoryScopeId: z.literal('/', "must be '/'"),
});

/** Administrator roles: what there is, who has which, and `/me`'s own. */
export function mountRoles(app: FastifyInstance, context: Context): void {
  const { db, config } = context;
  const path = '/roleManagement/directory';
  const entry = (
    request: FastifyRequest,
    activityDisplayName: string,
    user: UserRow,
    role: { id: string; displayName: string },
  ): AuditEntry => ({
    ...auditOrigin(request, context),
    id: context.newId(),
    activityDisplayName,
    category: 'RoleManagement',
    targetResources: [
      targetOf(user),
      { id: role.id, displayName: role.displayName, type: 'Role', modifiedProperties: [] },
    ],
  });

  app.get(`${path}/roleDefinitions`, { config: { access: 'roles.read' } }, async (request) =>
    collection(roleDefinitions.map(toResource), { publicUrl: config.publicUrl, url: request.url }),
  );

  app.get<{ Params: { id: string } }>(
    `${path}/roleDefinitions/:id`,
    { config: { access: 'roles.read' } },
    async (request) => {
      const role = roleDefinition(request.params.id.toLowerCase());
      if (!role) throw notFound('Role definition', request.params.id);
      return toResource(role);
    },
  );

  app.get(`${path}/roleAssignments`, { config: { access: 'roles.read' } }, async (request) => {
    const query = readListQuery(request.query, roleAssignmentProperties, {
      property: 'id',
      descending: false,
    });
    const page = await listRoleAssignments(db, principalOf(request).tenantId, query);
    const value = page.rows.map((row) => toJson(roleAssignmentProperties, row, query.select));
    return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
  });

  app.post(`${path}/roleAssignments`, { config: { access: 'roles.assign' } }, async (request, reply) => {
    const body = readBody(newRoleAssignment, request.body);
    const role = roleDefinition(body.roleDefinitionId);
    if (!role) throw notFound('Role definition', body.roleDefinitionId);
    const row: RoleAssignmentRow = {
      tenantId: principalOf(request).tenantId,
      id: context.newId(),
      roleDefinitionId: role.id,
      principalId: body.principalId,
      createdDateTime: context.now(),
    };
    const outcome = await insertRoleAssignment(db, row, (user) =>
      entry(request, 'Add member to role', user, role),
    );
    if (outcome === 'no-user') throw notFound('User', body.principalId);
    if (outcome === 'duplicate')
      throw badRequest('A conflicting object with one or more of the specified property values is present.', [
        { code: 'ObjectConflict', message: 'The person already has this role.', target: 'principalId' },
      ]);
    return reply.code(201).send({
      '@odata.context': contextOf(config.publicUrl, 'roleManagement/directory/roleAssignments/$entity'),
      ...toJson(roleAssignmentProperties, outcome),
    });
  });

  app.delete<{ Params: { id: string } }>(
    `${path}/roleAssignments/:id`,
    { config: { access: 'roles.assign' } },
    async (request, reply) => {
      const { id } = request.params;
      const { tenantId } = principalOf(request);
      const found = await deleteRoleAssignment(
        db,
        tenantId,
        id.toLowerCase(),
        ({ assignment, user, others }) => {
          const role = roleDefinition(assignment.roleDefinitionId);
          const why = whyNotRemoveRole(role?.displayName, others);
          if (why) throw denied(why);
          const { roleDefinitionId: unknownId } = assignment;
          return entry(
            request,
            'Remove member from role',
            user,
            role ?? { id: unknownId, displayName: unknownId },
          );
        },
      );
      if (!found) throw notFound('Role assignment', id);
      return reply.code(204).send();
    },
  );

  app.get(
    '/me/transitiveMemberOf/microsoft.graph.directoryRole',
    { config: { access: 'me.readRoles' } },
    async (request) => {
      const { roles } = principalOf(request);
      const mine = roleDefinitions
        .filter((role) => roles.includes(role.displayName))
        .map(
          (role): DirectoryRole => ({
            id: role.id,
            roleTemplateId: role.id,
            displayName: role.displayName,
            description: role.description,
          }),
        );
      return collection(mine, { publicUrl: config.publicUrl, url: request.url });
    },
  );
}

function toResource(role: RoleDefinition): RoleDefinitionResource {
  return {
    id: role.id,
    templateId: role.id,
    displayName: role.displayName,
    description: role.description,
    isBuiltIn: true,
    isEnabled: true,
  };
}
