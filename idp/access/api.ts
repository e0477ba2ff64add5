import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { errorBody } from '../graph/error-body.ts';
import { badRequest, denied, Refusal } from '../graph/refusal.ts';
import { type Access, isAccess, whyNot } from './guard.ts';
import type { Principal } from './principal.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    principal: Principal | null;
    /** The caller's `client-request-id`, else the request's own id: what the audit log keeps as correlation id. */
    correlationId: string;
  }
}

export type Authenticate = (request: FastifyRequest) => Promise<Principal | null>;
export type MountArea = (app: FastifyInstance, context: Context) => void;

/**
 * Makes start-up fail for a route that does not say who may use it. To be called before any route is added.
 *
 * @param exempt URLs whose routes are made by a plugin that cannot declare anything (static files)
 */
export function declareAccess(app: FastifyInstance, exempt: (url: string) => boolean = () => false): void {
  app.addHook('onRoute', (route) => {
    if (exempt(route.url)) return;
    if (!isAccess(route.config?.access))
      throw new Error(
        `The route ${String(route.method)} ${route.url} does not declare who may use it (config.access).`,
      );
  });
}

/**
 * The API under `/v1.0`: who asks, may they, JSON only, and every refusal in one shape.
 *
 * @param authenticate who a request's session belongs to; null for none, and for a request from another site
 * @param areas what to mount, in this order
 */
export function mountApi(
  app: FastifyInstance,
  context: Context,
  authenticate: Authenticate,
  areas: readonly MountArea[],
): void {
  app.register(
    async (api) => {
      declareAccess(api);
      acceptJsonOnly(api);
      api.decorateRequest('principal', null);
      api.decorateRequest('correlationId', '');
      api.addHook('onRequest', async (request, reply) => {
        request.correlationId = clientRequestId(request) ?? request.id;
        void reply.headers({
          'request-id': request.id,
          'client-request-id': request.correlationId,
          'cache-control': 'no-store',
        });
        const access = request.routeOptions.config.access;
        if (access !== 'public') request.principal = await authenticate(request);
        const refusal = whyNot(access, request.principal);
        if (refusal?.status === 401) throw new Refusal(401, 'InvalidAuthenticationToken', refusal.message);
        if (refusal) throw denied(refusal.message);
        // PostgreSQL keeps no NUL, so nothing is named by one; asked about it, it fails instead of finding nothing.
        if (Object.values(request.params as object).some((value) => String(value).includes('\0')))
          throw nothingHere(request);
      });
      api.setErrorHandler((error: FastifyError | Refusal, request, reply) =>
        refuse(context, toRefusal(error), error, request, reply),
      );
      api.setNotFoundHandler((request, reply) => refuse(context, nothingHere(request), null, request, reply));
      for (const mount of areas) mount(api, context);
    },
    { prefix: '/v1.0' },
  );
}

/** Who asks, in a handler behind the guard. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Error('A public route asked for its principal.');
  return request.principal;
}

function acceptJsonOnly(api: FastifyInstance): void {
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = String(body);
    if (text.trim() === '') return done(null, undefined);
    try {
      done(null, withoutPrototypeKeys(JSON.parse(text)));
    } catch {
      done(badRequest('The body is no valid JSON.'), undefined);
    }
  });
}

/** `__proto__` in JSON becomes an own property that later copies could turn into a prototype. */
function withoutPrototypeKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Object.hasOwn(value, '__proto__')) throw new Error('__proto__');
  for (const inner of Object.values(value)) withoutPrototypeKeys(inner);
  return value;
}

function clientRequestId(request: FastifyRequest): string | null {
  const given = request.headers['client-request-id'];
  return typeof given === 'string' && /^[0-9a-fA-F-]{36}$/.test(given) ? given.toLowerCase() : null;
}

function toRefusal(error: FastifyError | Refusal): Refusal {
  if (error instanceof Refusal) return error;
  const status = error.statusCode ?? 500;
  if (status === 413) return new Refusal(413, 'Request_TooLarge', 'The body is too large.');
  if (status === 415)
    return new Refusal(415, 'Request_UnsupportedMediaType', 'Send the body as application/json.');
  if (status === 503) return new Refusal(503, 'ServiceUnavailable', error.message);
  if (status >= 400 && status < 500) return new Refusal(status, 'Request_BadRequest', error.message);
  return new Refusal(
    500,
    'InternalServerError',
    'The server could not answer. The request id leads to the cause in its log.',
  );
}

function nothingHere(request: FastifyRequest): Refusal {
  const path = request.url.split('?')[0] ?? '';
  return new Refusal(404, 'Request_ResourceNotFound', `There is no resource '${request.method} ${path}'.`);
}

function refuse(
  context: Context,
  refusal: Refusal,
  cause: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (refusal.status === 503) void reply.header('retry-after', '5');
  if (refusal.status >= 500) context.log.error({ err: cause, requestId: request.id }, 'api request failed');
  return reply
    .code(refusal.status)
    .type('application/json; charset=utf-8')
    .send(
      errorBody(refusal, {
        now: context.now(),
        requestId: request.id,
        clientRequestId: request.correlationId,
      }),
    );
}
