import type { FastifyInstance } from 'fastify';
import { principalOf } from '../../access/api.ts';
import type { Context } from '../../context.ts';
import { readBody } from '../../graph/body.ts';
import { toJson } from '../../graph/codec.ts';
import { collection, contextOf } from '../../graph/collection.ts';
import { readListQuery, readOptions, readSelect } from '../../graph/list-query.ts';
import { badRequest, notFound } from '../../graph/refusal.ts';
import type { SigningCertificateRow } from '../../tables.ts';
import { newTokenSigningCertificate, servicePrincipalUpdate } from '../bodies.ts';
import { byOf } from '../by/api.ts';
import { seal } from '../certificates/key-vault.ts';
import { makeCertificate, threeYearsAfter, usualSubject } from '../certificates/make-certificate.ts';
import { deletedApplication, planCertificate, planServicePrincipalUpdate } from '../changes.ts';
import { servicePrincipalProperties, toKeyCredential } from '../properties.ts';
import {
  deleteRegisteredApplication,
  findByServicePrincipal,
  type RegisteredApplication,
  updateRegisteredApplication,
} from '../store.ts';
import { listServicePrincipals, viewServicePrincipal } from '../views/store.ts';

type ById = { Params: { id: string } };

/** Service principals: what the screen calls enterprise applications, with their signing certificates. */
export function mountServicePrincipals(app: FastifyInstance, context: Context): void {
  const { db, config } = context;

  const find = async (tenantId: string, id: string): Promise<RegisteredApplication> => {
    const registered = await findByServicePrincipal(db.kysely, tenantId, id);
    if (!registered) throw notFound('Service principal', id);
    return registered;
  };
  const newCertificate = async (
    { tenantId, id }: { tenantId: string; id: string },
    subject: string,
    until?: number,
  ): Promise<SigningCertificateRow> => {
    const now = context.now();
    const made = await makeCertificate(subject, now, until);
    const row = { tenantId, id: context.newId() };
    return {
      ...row,
      servicePrincipalId: id,
      displayName: subject,
      thumbprint: made.thumbprint,
      startDateTime: made.startDateTime,
      endDateTime: made.endDateTime,
      certificate: Buffer.from(made.certificate).toString('base64'),
      privateKey: seal(config.masterKey, row, made.privateKey),
      createdDateTime: now,
    };
  };

  app.get('/servicePrincipals', { config: { access: 'servicePrincipals.read' } }, async (request) => {
    const query = readListQuery(request.query, servicePrincipalProperties, {
      property: 'displayName',
      descending: false,
    });
    const page = await listServicePrincipals(db, principalOf(request).tenantId, config.publicUrl, query);
    const value = page.rows.map((row) => toJson(servicePrincipalProperties, row, query.select));
    return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
  });

  app.get<ById>(
    '/servicePrincipals/:id',
    { config: { access: 'servicePrincipals.read' } },
    async (request) => {
      const registered = await find(principalOf(request).tenantId, request.params.id);
      const names = readOptions(request.query, ['$select']).get('$select');
      const select = names === undefined ? undefined : readSelect(names, servicePrincipalProperties);
      const view = await viewServicePrincipal(db.kysely, registered, {
        publicUrl: config.publicUrl,
        showsKeys: select?.includes('keyCredentials') ?? false,
      });
      return {
        '@odata.context': contextOf(config.publicUrl, 'servicePrincipals/$entity'),
        ...toJson(servicePrincipalProperties, view, select),
      };
    },
  );

  app.patch<ById>(
    '/servicePrincipals/:id',
    { config: { access: 'servicePrincipals.update' } },
    async (request, reply) => {
      const { tenantId } = principalOf(request);
      const { servicePrincipal } = await find(tenantId, request.params.id);
      const changes = readBody(servicePrincipalUpdate, request.body);
      const choosesSaml =
        changes.preferredSingleSignOnMode === 'saml' &&
        servicePrincipal.preferredTokenSigningKeyThumbprint === null;
      const first = choosesSaml ? await newCertificate(servicePrincipal, usualSubject) : null;
      const outcome = await updateRegisteredApplication(
        db,
        tenantId,
        (k) => findByServicePrincipal(k, tenantId, servicePrincipal.id),
        (state) => planServicePrincipalUpdate(state, changes, first, byOf(request, context)),
      );
      if (outcome !== 'changed') throw notFound('Service principal', request.params.id);
      return reply.code(204).send();
    },
  );

  app.delete<ById>(
    '/servicePrincipals/:id',
    { config: { access: 'servicePrincipals.delete' } },
    async (request, reply) => {
      const { id } = request.params;
      const { tenantId } = principalOf(request);
      const deleted = await deleteRegisteredApplication(
        db,
        tenantId,
        (k) => findByServicePrincipal(k, tenantId, id),
        (registered) => deletedApplication(registered, byOf(request, context)),
      );
      if (!deleted) throw notFound('Service principal', id);
      return reply.code(204).send();
    },
  );

  app.post<ById>(
    '/servicePrincipals/:id/addTokenSigningCertificate',
    { config: { access: 'servicePrincipals.addTokenSigningCertificate' } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const { servicePrincipal } = await find(tenantId, request.params.id);
      const body = readBody(newTokenSigningCertificate, request.body);
      const until = body.endDateTime === undefined ? undefined : readEnd(body.endDateTime, context.now());
      const certificate = await newCertificate(servicePrincipal, body.displayName, until);
      const outcome = await updateRegisteredApplication(
        db,
        tenantId,
        (k) => findByServicePrincipal(k, tenantId, servicePrincipal.id),
        (state) => planCertificate(state, certificate, byOf(request, context)),
      );
      if (outcome !== 'changed') throw notFound('Service principal', request.params.id);
      return {
        '@odata.context': contextOf(config.publicUrl, 'microsoft.graph.selfSignedCertificate'),
        ...toKeyCredential(certificate, true),
      };
    },
  );
}

function readEnd(text: string, now: number): number {
  const end = Date.parse(text);
  if (end > now && end <= threeYearsAfter(now)) return end;
  const message =
    "Invalid value for property 'endDateTime': a certificate must end in the future and within three years from now.";
  throw badRequest(message, [{ code: 'InvalidValue', message, target: 'endDateTime' }]);
}
