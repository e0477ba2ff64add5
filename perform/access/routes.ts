import { HttpError, requireSameOrigin } from '@countersign/web';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { type Access, decideAccess, type Viewer } from './access.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    admits?: Access;
    /** True for the one route that another site's form is posted to. */
    crossSite?: boolean;
  }
  interface FastifyRequest {
    viewer: Viewer | undefined;
  }
}

/**
 * The guard before every route: denies by default, and lets nothing that changes something come from another site.
 *
 * @param authenticate who a request's session belongs to
 */
export function mountGuard(
  app: FastifyInstance,
  context: Context,
  authenticate: (request: FastifyRequest) => Promise<Viewer | undefined>,
): void {
  app.decorateRequest('viewer', undefined);
  app.addHook('onRoute', (route) => {
    if (route.config?.admits === undefined)
      throw new Error(`The route ${String(route.method)} ${route.url} does not say who may use it.`);
  });
  app.addHook('onRequest', async (request, reply) => {
    const { admits, crossSite } = request.routeOptions.config;
    // A request for which there is no route has no configuration; it ends in the page that says so.
    if (request.is404) return;
    if (admits === undefined) throw new HttpError(403, 'not-declared', 'Nobody may use this address.');
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && crossSite !== true) requireSameOrigin(request, context.config.publicUrl);
    if (admits === 'public') return;
    request.viewer = await authenticate(request);
    const decision = decideAccess(admits, request.viewer);
    if (decision === 'sign-in') {
      const back = changes ? '' : `?return=${encodeURIComponent(request.url)}`;
      return reply.redirect(`/sign-in${request.url === '/' ? '' : back}`, 303);
    }
    if (decision === 'refuse')
      throw new HttpError(403, 'not-administrator', 'This page is for administrators of your company.');
  });
}

/** The signed-in person of a route that is not public. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new HttpError(403, 'not-signed-in', 'Sign in first.');
  return request.viewer;
}
