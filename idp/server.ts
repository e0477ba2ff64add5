import { HttpError, registerForms, securityHeaders, sendHtml } from '@countersign/web';
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  LogController,
} from 'fastify';
import { declareAccess, mountApi } from './access/api.ts';
import { mountApplications } from './applications/api.ts';
import { mountAssignments } from './assignments/api.ts';
import type { Context } from './context.ts';
import { mountDirectory } from './directory/api.ts';
import { mountLogs } from './logs/api.ts';
import { mountMyApps } from './my-apps/routes.ts';
import { builtPortal, mountPortalPages } from './portal-pages/routes.ts';
import { noticePage } from './sign-in/pages.ts';
import { mountSignIn } from './sign-in/routes.ts';
import { authenticate, mountSignOut } from './sign-in/session/routes.ts';
import { mountSso } from './sso/routes.ts';
import { waitingRequests } from './sso/waiting-requests.ts';

/**
 * The identity provider as one list. The areas stand in the order in which they may know each other: each imports only
 * from those above it.
 *
 * @param portalFolder where the build of the portal lies, if there is one
 */
export function buildServer(context: Context, portalFolder: string = builtPortal): FastifyInstance {
  const app = fastify({
    loggerInstance: context.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // One proxy ends TLS in front: only what it added itself is believed.
    trustProxy: context.config.trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    bodyLimit: 1_048_576,
    genReqId: () => context.newId(),
    forceCloseConnections: 'idle',
    // A HEAD request would use up what a GET answers.
    exposeHeadRoutes: false,
  });
  declareAccess(app);
  securityHeaders(app, { secure: context.config.secure });
  registerForms(app);
  logRequests(app, context);
  refuseWithPages(app, context);

  mountApi(app, context, (request) => authenticate(context, request), [
    mountLogs,
    mountDirectory,
    mountApplications,
    mountAssignments,
  ]);
  mountSignOut(app, context);
  mountSignIn(app, context, waitingRequests(context));
  mountSso(app, context);
  mountMyApps(app, context);
  mountPortalPages(app, context, portalFolder);
  app.get('/healthz', { config: { access: 'public' } }, async () => ({ status: 'ok' }));
  return app;
}

/** One line a request. Queries are left out: they carry requests, handles and names. */
function logRequests(app: FastifyInstance, { log }: Context): void {
  app.addHook('onResponse', async (request, reply) => {
    log.info(
      {
        requestId: request.id,
        method: request.method,
        path: request.url.split('?')[0],
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        ip: request.ip,
      },
      'request',
    );
  });
}

/** Browsers are answered with pages, whatever goes wrong. */
function refuseWithPages(app: FastifyInstance, { log }: Context): void {
  app.setNotFoundHandler((_request, reply) =>
    sendHtml(
      reply,
      noticePage({
        heading: 'There is nothing at this address',
        says: 'Check it for a typing mistake, or start from My Apps.',
        link: { href: '/', text: 'Go to the start' },
      }),
      404,
    ),
  );
  app.setErrorHandler((error: FastifyError | HttpError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, requestId: request.id }, 'request failed');
    const says =
      error instanceof HttpError
        ? error.message
        : status >= 500
          ? `The server could not answer. Its log has the cause under the request id ${request.id}.`
          : 'The browser sent something that cannot be understood here.';
    return sendHtml(
      reply,
      noticePage({ heading: 'That did not work', says, link: { href: '/', text: 'Go to the start' } }),
      status,
    );
  });
}
