/**
 * Perform: a performance-review product that its customers sign in to with their own identity provider. This file
 * puts it together; every area mounts here, from left to right as they may import each other:
 * access < logs < namespaces < people < sign-in < settings < home.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Database, uuidv7 } from '@countersign/database';
import { sqlStore } from '@countersign/sp-kit';
import { HttpError, registerForms, securityHeaders, sendHtml } from '@countersign/web';
import Fastify, {
  LogController,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import { mountGuard } from './access/routes.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { browserScript } from './frame/browser-script.ts';
import { refusalPage } from './frame/pages.ts';
import { type Assets, mountFrame } from './frame/routes.ts';
import { mountHome } from './home/routes.ts';
import { TooManyWaiting } from './people/bounded.ts';
import { mountPeople } from './people/routes.ts';
import { mountSettings } from './settings/routes.ts';
import { authenticate, mountSignIn } from './sign-in/routes.ts';
import { mountSaml } from './sign-in/saml/routes.ts';
import type { Tables } from './tables.ts';

/** How far the identity provider's clock may differ from ours. */
const skewMilliseconds = 180_000;

/** Everything the areas are handed, from a configuration and an open, migrated database. */
export function createContext(
  config: Config,
  db: Database<Tables>,
  log: Logger,
  now: () => number = Date.now,
): Context {
  const newId = () => uuidv7(now());
  const newSecret = () => randomBytes(32).toString('base64url');
  return {
    config,
    db,
    now,
    newId,
    newSecret,
    newSalt: () => randomBytes(16),
    saml: {
      entityId: config.entityId,
      assertionConsumerServiceUrl: (namespace) =>
        `${config.publicUrl}/auth/saml/callback?namespace=${namespace}`,
      store: sqlStore(db),
      now,
      newId,
      newSecret,
      skewMilliseconds,
    },
    log,
  };
}

/** The server with all its routes, not listening yet. */
export function buildServer(context: Context): FastifyInstance {
  const app = Fastify({
    loggerInstance: context.log,
    // What happened is logged by name (sign-in, audit, request-failed), not every request.
    logController: new LogController({ disableRequestLogging: true }),
    // One proxy ends TLS in front: only what it added itself is believed.
    trustProxy: context.config.trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    routerOptions: { ignoreTrailingSlash: false },
  }) as unknown as FastifyInstance;
  securityHeaders(app, { secure: context.config.publicUrl.startsWith('https:') });
  registerForms(app);
  mountGuard(app, context, (request) => authenticate(context, request));
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(context, error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    answerError(
      context,
      new HttpError(404, 'not-found', 'There is no page at this address.'),
      request,
      reply,
    ),
  );
  mountFrame(app, readAssets());
  mountSignIn(app, context);
  mountSaml(app, context);
  mountSettings(app, context);
  mountPeople(app, context);
  mountHome(app);
  return app;
}

function readAssets(): Assets {
  const read = (name: string): string => readFileSync(new URL(`./frame/${name}`, import.meta.url), 'utf8');
  return {
    'perform.css': read('perform.css'),
    'perform.js': browserScript,
    'perform.svg': read('perform.svg'),
  };
}

/** Every failure is a page with a sentence, who must act, a reference and the time; the cause is in the log. */
function answerError(
  context: Context,
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const reference = context.newId();
  const status = error instanceof TooManyWaiting ? 503 : (error.statusCode ?? 500);
  const expected = error instanceof HttpError || status < 500;
  const line = {
    event: 'request-failed',
    reference,
    method: request.method,
    url: request.url.split('?')[0],
    status,
  };
  if (expected)
    context.log.info({ ...line, code: error instanceof HttpError ? error.code : error.name }, error.message);
  else context.log.error({ ...line, err: error }, 'The request failed.');
  const told = tellError(error, status);
  return sendHtml(
    reply,
    refusalPage({
      ...told,
      reference,
      now: context.now(),
      back: { href: '/', label: 'Back to Perform' },
      viewer: request.viewer,
    }),
    status,
  );
}

function tellError(
  error: Error,
  status: number,
): { heading: string; says: string; whoActs: string; toDo: string } {
  if (status === 404)
    return {
      heading: 'Not found',
      says: error instanceof HttpError ? error.message : 'There is no page at this address.',
      whoActs: 'you',
      toDo: 'Check the address.',
    };
  if (error instanceof HttpError)
    return {
      heading: status === 403 ? 'Not allowed' : 'Not accepted',
      says: error.message,
      whoActs:
        error.code === 'not-administrator' || error.code === 'sso-not-in-plan' ? 'your administrator' : 'you',
      toDo: 'If you need this, ask your administrator and give the reference below.',
    };
  if (status === 503)
    return {
      heading: 'Too many sign-ins',
      says: 'Too many people are signing in at this moment.',
      whoActs: 'you',
      toDo: 'Try again in a minute.',
    };
  if (status < 500)
    return {
      heading: 'Not accepted',
      says: 'The request could not be read.',
      whoActs: 'you',
      toDo: 'Open the page again and repeat what you did.',
    };
  return {
    heading: 'Something went wrong',
    says: 'Perform could not do this. Nothing was changed that was not confirmed to you.',
    whoActs: 'your administrator',
    toDo: 'Try again. If it happens again, tell your administrator the reference below.',
  };
}
