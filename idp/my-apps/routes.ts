import { requireSameOrigin, sendHtml } from '@countersign/web';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayDo } from '../access/permissions.ts';
import { findByAppId, findByServicePrincipal, type RegisteredApplication } from '../applications/store.ts';
import { isAssigned } from '../assignments/store.ts';
import type { Context } from '../context.ts';
import { findTenant } from '../directory/tenants/store.ts';
import { noticePage } from '../sign-in/pages.ts';
import { principalOf, readSession, recognizeBrowser } from '../sign-in/session/routes.ts';
import type { Session } from '../sign-in/session/session.ts';
import { nextStep } from '../sso/next-step.ts';
import { pendingLifetime } from '../sso/pending-request.ts';
import { sendRefusal } from '../sso/refusal/routes.ts';
import { startRequest } from '../sso/start-request.ts';
import { putAccountPrompt } from '../sso/store.ts';
import type { ServicePrincipalRow, TenantRow } from '../tables.ts';
import { openingPage } from './pages.ts';

/**
 * Ways into an application from this side. An application with a Sign on URL is started there, so that it makes the
 * request itself; one without is sent an assertion nobody asked for (IdP-initiated).
 *
 *   GET /launch/{tenantId}/{appId}                           tile of My Apps, User access URL
 *   GET /test-sign-in/{servicePrincipalId}?as=current|other  "Test this application", for administrators
 */
export function mountMyApps(app: FastifyInstance, context: Context): void {
  const access = { config: { access: 'public' as const } };
  const k = context.db.kysely;

  app.get('/launch/:tenant/:appId', access, async (request, reply) => {
    const { tenant: name, appId } = request.params as { tenant: string; appId: string };
    const tenant = await findTenant(k, name);
    if (!tenant)
      return sendRefusal(context, request, reply, { tenant: null, kind: 'tenant-unknown', received: name });
    const registered = await findByAppId(k, tenant.id, appId.toLowerCase());
    if (!registered)
      return sendRefusal(context, request, reply, { tenant, kind: 'application-unknown', received: appId });
    if (registered.servicePrincipal.loginUrl === null)
      return startHere(request, reply, tenant, registered, false);

    const session = await sessionIn(request, tenant);
    if (!session) return signInFirst(request, reply);
    return openSignOnUrl(request, reply, tenant, registered, session);
  });

  app.get('/test-sign-in/:servicePrincipalId', access, async (request, reply) => {
    const session = await readSession(context, request);
    if (!session) return signInFirst(request, reply);
    const principal = await principalOf(context, session);
    if (!principal || !mayDo(principal, 'servicePrincipals.read'))
      return sendNotice(
        reply,
        403,
        'Only administrators can test',
        'Testing single sign-on takes an administrator role. To open an application, use its tile in My Apps.',
      );
    const { servicePrincipalId } = request.params as { servicePrincipalId: string };
    const registered = await findByServicePrincipal(k, session.tenantId, servicePrincipalId);
    const tenant = await findTenant(k, session.tenantId);
    if (!registered || !tenant)
      return sendNotice(
        reply,
        404,
        'There is no such application',
        'It may have been deleted since the page was opened.',
      );
    const asOther = (request.query as Record<string, unknown>)['as'] === 'other';
    if (registered.servicePrincipal.loginUrl === null)
      return startHere(request, reply, tenant, registered, asOther);
    if (!asOther) return openSignOnUrl(request, reply, tenant, registered, session);

    // The mark must come from our own page: another site could otherwise make people's next sign-in ask for an account.
    if (request.headers['sec-fetch-site'] !== 'none') requireSameOrigin(request, context.config.publicUrl);
    await putAccountPrompt(k, {
      tenantId: tenant.id,
      browserHash: recognizeBrowser(context, request, reply),
      servicePrincipalId,
      expiresDateTime: context.now() + pendingLifetime,
    });
    return leave(request, reply, registered.servicePrincipal);
  });

  /** IdP-initiated: the default reply URL, and the configured relay state. */
  async function startHere(
    request: FastifyRequest,
    reply: FastifyReply,
    tenant: TenantRow,
    registered: RegisteredApplication,
    asksForAccount: boolean,
  ): Promise<FastifyReply> {
    const { servicePrincipal, replyUrls, identifierUris } = registered;
    const replyUrl = replyUrls.find(({ isDefault }) => isDefault)?.uri;
    const issuer = identifierUris[0];
    if (replyUrl === undefined || issuer === undefined)
      return sendRefusal(context, request, reply, {
        tenant,
        registered,
        kind: 'reply-url-missing',
        details: issuer === undefined ? 'The application has no identifier.' : null,
      });
    const { relayState } = servicePrincipal;
    const path = await startRequest(context, {
      tenantId: tenant.id,
      servicePrincipalId: servicePrincipal.id,
      browserHash: recognizeBrowser(context, request, reply),
      asksForAccount,
      correlationId: context.newId(),
      request: {
        issuer,
        replyUrl,
        forceAuthn: false,
        isPassive: false,
        ...(relayState ? { relayState } : {}),
      },
    });
    return reply.redirect(path, 303);
  }

  /** The Sign on URL is opened for whoever could sign in there; others are told why not, here and at once. */
  async function openSignOnUrl(
    request: FastifyRequest,
    reply: FastifyReply,
    tenant: TenantRow,
    registered: RegisteredApplication,
    session: Session,
  ): Promise<FastifyReply> {
    const { servicePrincipal } = registered;
    const { user, authenticationInstant, authenticationMethods } = session;
    const assigned = await isAssigned(k, tenant.id, servicePrincipal.id, user.id);
    const next = nextStep({
      request: { forceAuthn: false, isPassive: false, asksForAccount: false },
      application: {
        accountEnabled: servicePrincipal.accountEnabled === 1,
        appRoleAssignmentRequired: servicePrincipal.appRoleAssignmentRequired === 1,
        // Whether there is a key will matter when the application's own request arrives.
        hasSigningKey: true,
      },
      session: {
        userId: user.id,
        accountEnabled: user.accountEnabled === 1,
        authenticationInstant,
        authenticationMethods,
      },
      signedIn: null,
      isAssigned: () => assigned,
    });
    if (next.step === 'refuse')
      return sendRefusal(context, request, reply, {
        tenant,
        registered,
        kind: next.reason,
        user,
        authenticationMethods,
      });
    return leave(request, reply, servicePrincipal);
  }

  async function sessionIn(request: FastifyRequest, tenant: TenantRow): Promise<Session | null> {
    const session = await readSession(context, request);
    return session?.tenantId === tenant.id ? session : null;
  }
}

const afterSignIn = 'after=sign-in';

/** Sends the browser to sign in and back here, with a mark that it comes from a form. */
function signInFirst(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const back = `${request.url}${request.url.includes('?') ? '&' : '?'}${afterSignIn}`;
  return reply.redirect(`/sign-in?${new URLSearchParams({ return: back })}`, 303);
}

/**
 * Opens the Sign on URL. Browsers hold a form's Content-Security-Policy against every redirect that follows it, so
 * straight after the sign-in form a page must go there instead of a redirect.
 */
function leave(request: FastifyRequest, reply: FastifyReply, application: ServicePrincipalRow): FastifyReply {
  const address = String(application.loginUrl);
  if (!request.url.includes(afterSignIn)) return reply.redirect(address, 303);
  return sendHtml(reply, openingPage(application.displayName, address));
}

function sendNotice(reply: FastifyReply, status: number, heading: string, says: string): FastifyReply {
  const link = { href: '/my-apps', text: 'Go to My Apps' };
  return sendHtml(reply, noticePage({ heading, says, link }), status);
}
