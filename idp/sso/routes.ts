import { decodePost, decodeRedirect, type ReceivedMessage } from '@countersign/saml';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { findTenant } from '../directory/tenants/store.ts';
import { readBrowser, recognizeBrowser } from '../sign-in/session/routes.ts';
import { mountContinue } from './continue/routes.ts';
import { mountMetadata } from './metadata/routes.ts';
import { receiveRequest } from './receive.ts';
import { sendRefusal } from './refusal/routes.ts';
import { startRequest } from './start-request.ts';
import { noBrowserYet, takeAccountPrompt } from './store.ts';

/**
 * Single sign-on by SAML 2.0 (saml-profiles 4.1).
 *
 *   GET, POST /{tenant}/saml2            a request arrives, is judged and stored; the browser goes on to
 *   GET       /{tenant}/saml2/continue   the one decision: sign in, refuse or issue
 *   GET       /{tenant}/federationmetadata/2007-06/federationmetadata.xml?appid=
 *
 * {tenant} is the organisation's id or one of its verified domains. The response goes by HTTP POST to a registered
 * address and nowhere else.
 */
export function mountSso(app: FastifyInstance, context: Context): void {
  const access = { config: { access: 'public' as const } };

  app.get('/:tenant/saml2', access, (request, reply) =>
    arrive(
      request,
      reply,
      () => decodeRedirect(rawQueryOf(request)),
      recognizeBrowser(context, request, reply),
    ),
  );

  // A cross-site POST brings no cookies, so the browser is bound at the GET it is sent to next.
  app.post('/:tenant/saml2', access, (request, reply) =>
    arrive(
      request,
      reply,
      () => decodePost(fieldsOf(request)),
      readBrowser(context, request) ?? noBrowserYet,
    ),
  );

  mountContinue(app, context);
  mountMetadata(app, context);

  async function arrive(
    request: FastifyRequest,
    reply: FastifyReply,
    decode: () => ReceivedMessage,
    browserHash: string,
  ): Promise<FastifyReply> {
    const { tenant: name } = request.params as { tenant: string };
    const tenant = await findTenant(context.db.kysely, name);
    if (!tenant)
      return sendRefusal(context, request, reply, { tenant: null, kind: 'tenant-unknown', received: name });
    const received = await receiveRequest(context, tenant, decode);
    if (received.outcome === 'refused') return sendRefusal(context, request, reply, { tenant, ...received });

    const { servicePrincipal } = received.registered;
    const loginHint = loginHintOf(request);
    const asksForAccount =
      browserHash !== noBrowserYet &&
      (await takeAccountPrompt(
        context.db.kysely,
        tenant.id,
        browserHash,
        servicePrincipal.id,
        context.now(),
      ));
    const path = await startRequest(context, {
      tenantId: tenant.id,
      servicePrincipalId: servicePrincipal.id,
      browserHash,
      asksForAccount,
      correlationId: context.newId(),
      request: { ...received.request, ...(loginHint ? { loginHint } : {}) },
    });
    return reply.redirect(path, 303);
  }
}

/** The query as it came: signatures of the Redirect binding cover its octets. */
function rawQueryOf(request: FastifyRequest): string {
  const url = request.raw.url ?? '';
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start + 1);
}

function fieldsOf(request: FastifyRequest): {
  SAMLRequest?: string;
  SAMLResponse?: string;
  RelayState?: string;
} {
  return request.body instanceof Map ? Object.fromEntries(request.body as Map<string, string>) : {};
}

function loginHintOf(request: FastifyRequest): string | null {
  const hint = (request.query as Record<string, unknown>)['login_hint'];
  return typeof hint === 'string' && hint !== '' ? hint.slice(0, 320) : null;
}
