import { transaction } from '@countersign/database';
import type { IssuedResponse } from '@countersign/saml';
import { sendHtml } from '@countersign/web';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { loadSigningKey, type SigningKey } from '../../applications/certificates/signing-key.ts';
import { findByServicePrincipal, type RegisteredApplication } from '../../applications/store.ts';
import { isAssigned } from '../../assignments/store.ts';
import type { Context } from '../../context.ts';
import { findTenant } from '../../directory/tenants/store.ts';
import { findUser } from '../../directory/users/store.ts';
import { recordSignIn } from '../../logs/store.ts';
import { sendGone } from '../../sign-in/routes.ts';
import { readBrowser, readSession, recognizeBrowser } from '../../sign-in/session/routes.ts';
import { hashSecret, readToken } from '../../sign-in/session/token.ts';
import { signInLine } from '../../sign-in/sign-in-line.ts';
import type { PendingRequestRow, SignInRow, TenantRow, UserRow } from '../../tables.ts';
import { issue, issueRefusal } from '../issue.ts';
import { type Identity, type NextStep, nextStep, type RefusalReason } from '../next-step.ts';
import { postPage } from '../pages.ts';
import { isWaiting, type PendingSaml, readPendingSaml } from '../pending-request.ts';
import { messageOf } from '../../sign-in/refusal.ts';
import { refusalOf } from '../refusals.ts';
import { recordRefusal, type Refuse, sendRefusal } from '../refusal/routes.ts';
import {
  bindPendingRequest,
  consumePendingRequest,
  findPendingRequest,
  noBrowserYet,
  takeAccountPrompt,
} from '../store.ts';

/** What the decision is taken about. */
type Matter = {
  handle: string;
  handleHash: string;
  tenant: TenantRow;
  pending: PendingRequestRow;
  request: PendingSaml;
  registered: RegisteredApplication;
};

/** A person with the row the claims are made from. */
type Person = Identity & { user: UserRow };

/** GET /{tenant}/saml2/continue: gathers what the one decision looks at, and carries it out. */
export function mountContinue(app: FastifyInstance, context: Context): void {
  const k = context.db.kysely;

  app.get('/:tenant/saml2/continue', { config: { access: 'public' } }, async (request, reply) => {
    const matter = await readMatter(request, reply);
    if (!matter) return sendGone(reply);
    const unregistered = noLongerRegistered(matter);
    if (unregistered) return sendRefusal(context, request, reply, { ...aboutOf(matter), ...unregistered });

    const session = await sessionOf(request, matter.tenant);
    const signedIn = await signedInFor(matter.pending);
    const signing = await loadSigningKey(context, matter.tenant.id, matter.registered.servicePrincipal);
    const next = await decide(matter, session, signedIn, signing);
    if (next.step === 'sign-in') return reply.redirect(`/sign-in?request=${matter.handle}`, 303);

    const person = [signedIn, session].find((each) => each !== null && each === next.identity) ?? null;
    if (next.step === 'refuse') return refuse(request, reply, matter, next.reason, person, signing);
    if (!person || !signing) throw new Error('An assertion was to be issued without a person or a key.');
    return signInto(request, reply, matter, person, signing, next.contextClassRef);
  });

  async function decide(
    { tenant, registered: { servicePrincipal }, pending, request }: Matter,
    session: Person | null,
    signedIn: Person | null,
    signing: SigningKey | null,
  ): Promise<NextStep> {
    const assigned = new Set<string>();
    for (const person of [session, signedIn])
      if (person && (await isAssigned(k, tenant.id, servicePrincipal.id, person.userId)))
        assigned.add(person.userId);
    return nextStep({
      request: { ...request, asksForAccount: pending.asksForAccount === 1 },
      application: {
        accountEnabled: servicePrincipal.accountEnabled === 1,
        appRoleAssignmentRequired: servicePrincipal.appRoleAssignmentRequired === 1,
        hasSigningKey: signing !== null,
      },
      session,
      signedIn,
      isAssigned: (userId) => assigned.has(userId),
    });
  }

  /** People are told on a page; a request that forbids showing anything is answered with a SAML status. */
  async function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    matter: Matter,
    reason: RefusalReason,
    person: Person | null,
    signing: SigningKey | null,
  ): Promise<FastifyReply> {
    const about = { ...aboutOf(matter), kind: reason, ...personOf(person) };
    if (!matter.request.isPassive)
      return sendRefusal(context, request, reply, {
        ...about,
        otherAccountAt: person ? `/sign-in?request=${matter.handle}` : null,
      });
    const { tenant, handleHash, registered } = matter;
    if (!(await consumePendingRequest(k, tenant.id, handleHash, context.now()))) return sendGone(reply);
    await recordRefusal(context, request, about);
    // The application learns nobody's name: nobody signs in to it.
    const application = registered.servicePrincipal;
    const message = messageOf(refusalOf(reason, { tenant: tenant.displayName, application }));
    return sendPost(
      request,
      reply,
      matter,
      await issueRefusal(context, { tenant, request: matter.request, signing, reason, message }),
    );
  }

  async function signInto(
    request: FastifyRequest,
    reply: FastifyReply,
    matter: Matter,
    person: Person,
    signing: SigningKey,
    contextClassRef: string,
  ): Promise<FastifyReply> {
    const { tenant, registered } = matter;
    const issued = await issue(context, {
      tenant,
      registered,
      request: matter.request,
      signing,
      user: person.user,
      identity: person,
      contextClassRef,
    });
    const line = successLine(request, matter, person, issued);
    return (await useUp(matter, line)) ? sendPost(request, reply, matter, issued) : sendGone(reply);
  }

  /** The waiting request of this browser, or null. One that has no browser yet is bound to this one. */
  async function readMatter(request: FastifyRequest, reply: FastifyReply): Promise<Matter | null> {
    const handle = (request.query as Record<string, unknown>)['request'];
    const token = readToken(typeof handle === 'string' ? handle : null);
    const tenant = await findTenant(k, (request.params as { tenant: string }).tenant);
    if (!token || !tenant || token.tenantId !== tenant.id) return null;
    const handleHash = hashSecret(token.secret);
    const found = await findPendingRequest(k, tenant.id, handleHash);
    if (!found || !isWaiting(found, context.now())) return null;
    const pending = await ofThisBrowser(request, reply, found);
    if (!pending) return null;
    const registered = await findByServicePrincipal(k, tenant.id, pending.servicePrincipalId);
    if (!registered) return null;
    return {
      handle: String(handle),
      handleHash,
      tenant,
      pending,
      request: readPendingSaml(pending),
      registered,
    };
  }

  async function ofThisBrowser(
    request: FastifyRequest,
    reply: FastifyReply,
    row: PendingRequestRow,
  ): Promise<PendingRequestRow | null> {
    if (row.browserHash !== noBrowserYet)
      return row.browserHash === readBrowser(context, request) ? row : null;
    const browserHash = recognizeBrowser(context, request, reply);
    const { tenantId, handleHash, servicePrincipalId } = row;
    const asked = await takeAccountPrompt(k, tenantId, browserHash, servicePrincipalId, context.now());
    const bound = await bindPendingRequest(k, tenantId, handleHash, browserHash, asked);
    return bound ? { ...row, browserHash, asksForAccount: asked ? 1 : row.asksForAccount } : null;
  }

  async function sessionOf(request: FastifyRequest, tenant: TenantRow): Promise<Person | null> {
    const session = await readSession(context, request);
    if (!session || session.tenantId !== tenant.id) return null;
    const { user, authenticationInstant, authenticationMethods } = session;
    return {
      userId: user.id,
      accountEnabled: user.accountEnabled === 1,
      authenticationInstant,
      authenticationMethods,
      user,
    };
  }

  async function signedInFor(pending: PendingRequestRow): Promise<Person | null> {
    if (!pending.userId || pending.authenticationInstant === null) return null;
    const user = await findUser(k, pending.tenantId, pending.userId);
    if (!user || pending.authenticationInstant < (user.lastPasswordChangeDateTime ?? 0)) return null;
    return {
      userId: user.id,
      accountEnabled: user.accountEnabled === 1,
      authenticationInstant: pending.authenticationInstant,
      authenticationMethods: JSON.parse(pending.authenticationMethods ?? '[]') as string[],
      user,
    };
  }

  /** Using the request up and logging the sign-in are one transaction: an assertion leaves only after both. */
  async function useUp({ tenant, handleHash }: Matter, line: SignInRow): Promise<boolean> {
    return transaction(context.db, async (trx) => {
      const first = await consumePendingRequest(trx, tenant.id, handleHash, context.now());
      if (first) await recordSignIn(trx, line);
      return first;
    });
  }

  function successLine(
    request: FastifyRequest,
    matter: Matter,
    person: Person,
    issued: IssuedResponse,
  ): SignInRow {
    return signInLine({
      tenantId: matter.tenant.id,
      id: context.newId(),
      now: context.now(),
      correlationId: matter.pending.correlationId,
      visitor: { ipAddress: request.ip, userAgent: request.headers['user-agent'] ?? null },
      user: person.user,
      servicePrincipal: matter.registered.servicePrincipal,
      authenticationMethods: person.authenticationMethods,
      samlRequestId: matter.request.requestId ?? null,
      assertionId: issued.assertionId,
    });
  }
}

function sendPost(
  request: FastifyRequest,
  reply: FastifyReply,
  { tenant, registered }: Matter,
  issued: IssuedResponse,
): FastifyReply {
  reply.allowScripts().allowForeignForms();
  return sendHtml(
    reply,
    postPage({
      action: issued.action,
      samlResponse: issued.samlResponse,
      relayState: issued.relayState,
      tenantName: tenant.displayName,
      applicationName: registered.servicePrincipal.displayName,
      nonce: request.cspNonce,
    }),
  );
}

/** What an administrator took away since the request arrived. */
function noLongerRegistered({ registered, request }: Matter): Pick<Refuse, 'kind' | 'received'> | null {
  if (!registered.identifierUris.includes(request.issuer))
    return { kind: 'application-unknown', received: request.issuer };
  if (!registered.replyUrls.some(({ uri }) => uri === request.replyUrl))
    return { kind: 'reply-url-unknown', received: request.replyUrl };
  return null;
}

function aboutOf({ tenant, registered, pending, request }: Matter) {
  return { tenant, registered, correlationId: pending.correlationId, samlRequestId: request.requestId };
}

function personOf(person: Person | null) {
  return person ? { user: person.user, authenticationMethods: person.authenticationMethods } : {};
}
