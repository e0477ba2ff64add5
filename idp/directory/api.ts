import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { mountGroups } from './groups/api.ts';
import { mountRoles } from './roles/api.ts';
import { mountTenants } from './tenants/api.ts';
import { mountUsers } from './users/api.ts';

/** The organisation: its domains, its people, their groups and administrator roles. */
export function mountDirectory(app: FastifyInstance, context: Context): void {
  mountTenants(app, context);
  mountUsers(app, context);
  mountGroups(app, context);
  mountRoles(app, context);
}
