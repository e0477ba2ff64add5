import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { mountRegistrations } from './registrations/api.ts';
import { mountServicePrincipals } from './service-principals/api.ts';
import { mountTemplates } from './templates/api.ts';

/** The gallery, applications, and the enterprise applications made from them. */
export function mountApplications(app: FastifyInstance, context: Context): void {
  mountTemplates(app, context);
  mountRegistrations(app, context);
  mountServicePrincipals(app, context);
}
