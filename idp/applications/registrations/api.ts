import type { FastifyInstance } from 'fastify';
import { principalOf } from '../../access/api.ts';
import type { Context } from '../../context.ts';
import { readBody } from '../../graph/body.ts';
import { toJson } from '../../graph/codec.ts';
import { collection, contextOf } from '../../graph/collection.ts';
import { readListQuery, readOptions, readSelect } from '../../graph/list-query.ts';
import { alreadyExists, notFound } from '../../graph/refusal.ts';
import { byOf } from '../by/api.ts';
import { applicationUpdate } from '../bodies.ts';
import { deletedApplication, planApplicationUpdate } from '../changes.ts';
import { applicationProperties } from '../properties.ts';
import { deleteRegisteredApplication, findByApplication, updateRegisteredApplication } from '../store.ts';
import { listApplications } from '../views/store.ts';

type ById = { Params: { id: string } };

/** Applications: the registration with identifiers, reply URLs and roles. They come from templates only. */
export function mountRegistrations(app: FastifyInstance, context: Context): void {
  const { db, config } = context;

  app.get('/applications', { config: { access: 'applications.read' } }, async (request) => {
    const query = readListQuery(request.query, applicationProperties, {
      property: 'displayName',
      descending: false,
    });
    const page = await listApplications(db, principalOf(request).tenantId, query);
    const value = page.rows.map((row) => toJson(applicationProperties, row, query.select));
    return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
  });

  app.get<ById>('/applications/:id', { config: { access: 'applications.read' } }, async (request) => {
    const { id } = request.params;
    const registered = await findByApplication(db.kysely, principalOf(request).tenantId, id);
    if (!registered) throw notFound('Application', id);
    const select = readOptions(request.query, ['$select']).get('$select');
    return {
      '@odata.context': contextOf(config.publicUrl, 'applications/$entity'),
      ...toJson(
        applicationProperties,
        { ...registered.application, ...registered },
        select === undefined ? undefined : readSelect(select, applicationProperties),
      ),
    };
  });

  app.patch<ById>(
    '/applications/:id',
    { config: { access: 'applications.update' } },
    async (request, reply) => {
      const { id } = request.params;
      const { tenantId } = principalOf(request);
      const changes = readBody(applicationUpdate, request.body);
      const outcome = await updateRegisteredApplication(
        db,
        tenantId,
        (k) => findByApplication(k, tenantId, id),
        (state) => planApplicationUpdate(state, changes, byOf(request, context)),
      );
      if (outcome === 'not-found') throw notFound('Application', id);
      if (outcome === 'taken') throw alreadyExists('identifierUris');
      return reply.code(204).send();
    },
  );

  app.delete<ById>(
    '/applications/:id',
    { config: { access: 'applications.delete' } },
    async (request, reply) => {
      const { id } = request.params;
      const { tenantId } = principalOf(request);
      const deleted = await deleteRegisteredApplication(
        db,
        tenantId,
        (k) => findByApplication(k, tenantId, id),
        (registered) => deletedApplication(registered, byOf(request, context)),
      );
      if (!deleted) throw notFound('Application', id);
      return reply.code(204).send();
    },
  );
}
