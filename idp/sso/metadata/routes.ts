import { newMessageId, writeIdpMetadata } from '@countersign/saml';
import { sendHtml } from '@countersign/web';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { loadSigningKey } from '../../applications/certificates/signing-key.ts';
import { certificatesForMetadata } from '../../applications/certificates/store.ts';
import { findByAppId } from '../../applications/store.ts';
import type { Context } from '../../context.ts';
import { findTenant } from '../../directory/tenants/store.ts';
import { noticePage } from '../../sign-in/pages.ts';

const folder = 'federationmetadata';
const file = 'federationmetadata.xml';

/**
 * GET /{tenant}/federationmetadata/2007-06/federationmetadata.xml?appid={appId}, in any case of its letters: what a
 * service provider needs to know, with the certificates of one application.
 */
export function mountMetadata(app: FastifyInstance, context: Context): void {
  app.get('/:tenant/:folder/2007-06/:file', { config: { access: 'public' } }, async (request, reply) => {
    const path = request.params as { tenant: string; folder: string; file: string };
    if (path.folder.toLowerCase() !== folder || path.file.toLowerCase() !== file) return reply.callNotFound();
    return sendMetadata(request, reply, path.tenant);
  });

  async function sendMetadata(
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
  ): Promise<FastifyReply> {
    const k = context.db.kysely;
    const tenant = await findTenant(k, name);
    if (!tenant) return refuse(reply, 404, `There is no organisation '${name}' here.`);
    const appId = appIdOf(request);
    if (!appId)
      return refuse(
        reply,
        400,
        'The parameter appid is missing: each application has its own certificate, so its metadata is asked for with ?appid=<Application ID>. The complete address is the App Federation Metadata Url of its Single sign-on page.',
      );
    const registered = await findByAppId(k, tenant.id, appId);
    if (!registered)
      return refuse(
        reply,
        404,
        `No application with the Application ID '${appId}' was found in ${tenant.displayName}.`,
      );
    const { servicePrincipal } = registered;
    const signing = await loadSigningKey(context, tenant.id, servicePrincipal);
    if (!signing)
      return refuse(
        reply,
        404,
        `${servicePrincipal.displayName} has no signing certificate yet: select SAML on its Single sign-on page.`,
      );
    const url = `${context.config.publicUrl}/${tenant.id}/saml2`;
    const xml = await writeIdpMetadata({
      entityId: tenant.issuer,
      id: newMessageId(),
      singleSignOnUrl: url,
      singleLogoutUrl: url,
      certificates: await certificatesForMetadata(k, tenant.id, servicePrincipal.id, context.now()),
      signing: { ...signing, algorithm: 'rsa-sha256' },
    });
    return reply.type('application/samlmetadata+xml; charset=utf-8').send(xml);
  }
}

function appIdOf(request: FastifyRequest): string | null {
  const query = Object.entries(request.query as Record<string, unknown>);
  const value = query.find(([name]) => name.toLowerCase() === 'appid')?.[1];
  return typeof value === 'string' && value !== '' ? value.toLowerCase() : null;
}

function refuse(reply: FastifyReply, status: number, says: string): FastifyReply {
  return sendHtml(reply, noticePage({ heading: 'No federation metadata here', says }), status);
}
