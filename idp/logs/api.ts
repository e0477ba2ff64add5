import type { FastifyInstance, FastifyRequest } from 'fastify';
import { principalOf } from '../access/api.ts';
import type { Context } from '../context.ts';
import { toJson } from '../graph/codec.ts';
import { collection } from '../graph/collection.ts';
import { readListQuery } from '../graph/list-query.ts';
import { notFound } from '../graph/refusal.ts';
import type { AuditOrigin } from './audit-entry.ts';
import { directoryAuditProperties, signInProperties } from './properties.ts';
import { findDirectoryAudit, findSignIn, listDirectoryAudits, listSignIns } from './store.ts';

/** Sign-in log and audit log, newest first. Both are only ever read here. */
export function mountLogs(app: FastifyInstance, context: Context): void {
  const { db, config } = context;

  app.get('/auditLogs/signIns', { config: { access: 'signIns.read' } }, async (request) => {
    const query = readListQuery(request.query, signInProperties, {
      property: 'createdDateTime',
      descending: true,
    });
    const page = await listSignIns(db, principalOf(request).tenantId, query);
    const value = page.rows.map((row) => toJson(signInProperties, row, query.select));
    return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
  });

  app.get<{ Params: { id: string } }>(
    '/auditLogs/signIns/:id',
    { config: { access: 'signIns.read' } },
    async (request) => {
      const { id } = request.params;
      const row = await findSignIn(db.kysely, principalOf(request).tenantId, id);
      if (!row) throw notFound('Sign-in', id);
      return toJson(signInProperties, row);
    },
  );

  app.get('/auditLogs/directoryAudits', { config: { access: 'directoryAudits.read' } }, async (request) => {
    const query = readListQuery(request.query, directoryAuditProperties, {
      property: 'activityDateTime',
      descending: true,
    });
    const page = await listDirectoryAudits(db, principalOf(request).tenantId, query);
    const value = page.rows.map((row) => toJson(directoryAuditProperties, row, query.select));
    return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
  });

  app.get<{ Params: { id: string } }>(
    '/auditLogs/directoryAudits/:id',
    { config: { access: 'directoryAudits.read' } },
    async (request) => {
      const { id } = request.params;
      const row = await findDirectoryAudit(db.kysely, principalOf(request).tenantId, id);
      if (!row) throw notFound('Audit entry', id);
      return toJson(directoryAuditProperties, row);
    },
  );
}

/** Who changes something by this request, when and from where: the part all its audit entries share. */
export function auditOrigin(request: FastifyRequest, context: Pick<Context, 'now'>): AuditOrigin {
  const { userId, displayName, userPrincipalName } = principalOf(request);
  return {
    activityDateTime: context.now(),
    correlationId: request.correlationId,
    initiatedBy: { user: { id: userId, displayName, userPrincipalName, ipAddress: request.ip } },
  };
}
