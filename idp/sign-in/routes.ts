import { readFileSync } from 'node:fs';
import { requireSameOrigin, sendHtml } from '@countersign/web';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { hashPassword } from '../directory/password-hash.ts';
import { brokenPasswordRule } from '../directory/password-rules.ts';
import { findTenant, findTenantOfDomain } from '../directory/tenants/store.ts';
import { readUserPrincipalName } from '../directory/user-principal-name.ts';
import { changeOwnPassword } from '../directory/users/store.ts';
import { recordSignIn } from '../logs/store.ts';
import type { TenantRow, UserRow } from '../tables.ts';
import { checkPassword, type PasswordOutcome } from './check-password.ts';
import { localPath } from './local-path.ts';
import { changePasswordPage, noticePage, type Problem, signInPage } from './pages.ts';
import { type Refusal, signInRefusals } from './refusal.ts';
import { readBrowser, readSession, startSession } from './session/routes.ts';
import { signInLine } from './sign-in-line.ts';
import { UnknownNames } from './unknown-names.ts';
import type { SignedIn, WaitingRequest, WaitingRequests } from './waiting-requests.ts';

/**
 * Signing in with a password.
 *
 *   GET, POST /sign-in            user name and password; `return` is a local path, `request` a waiting request
 *   GET, POST /sign-in/password   a password handed out by an administrator is changed before it counts
 *
 * A waiting request decides the organisation; without one the domain of the user name does. What happens after the
 * password is right is not decided here: the browser goes back to where the decision is taken.
 */
export function mountSignIn(app: FastifyInstance, context: Context, waiting: WaitingRequests): void {
  const access = { config: { access: 'public' as const } };
  const unknownNames = new UnknownNames();
  serveLook(app);
  app.get('/sign-in', access, (request, reply) => showSignIn(request, reply));
  app.post('/sign-in', access, (request, reply) => signIn(request, reply));
  app.get('/sign-in/password', access, (request, reply) => showChangePassword(request, reply));
  app.post('/sign-in/password', access, (request, reply) => changePassword(request, reply));

  async function showSignIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = await readVisit(request);
    if (visit === 'gone') return sendGone(reply);
    if (!visit.request) {
      const session = await readSession(context, request);
      if (session && session.user.accountEnabled === 1) return reply.redirect(visit.goOnTo, 303);
    }
    const userName = queryOf(request, 'login_hint') ?? visit.request?.loginHint ?? '';
    return sendSignIn(reply, visit, userName.slice(0, 320), null, 200);
  }

  async function signIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    requireSameOrigin(request, context.config.publicUrl);
    const visit = await readVisit(request);
    if (visit === 'gone') return sendGone(reply);
    const fields = fieldsOf(request);
    const userName = (fields.get('userName') ?? '').trim();
    const password = fields.get('password') ?? '';
    if (userName === '' || password === '')
      return sendSignIn(reply, visit, userName, { message: 'Enter your user name and your password.' }, 400);

    const tenant = await tenantFor(visit, userName);
    // Taken before the password is read, so that one that is replaced while it is compared makes no session.
    const at = context.now();
    const checked = await checkPassword(context, tenant?.id ?? null, userName, password, unknownNames);
    if (checked.outcome === 'right') return goOn(request, reply, visit, checked.user, at);
    if (checked.outcome === 'must-change') {
      await record(request, visit, tenant, userName, checked.user, signInRefusals['must-change-password']);
      return reply.redirect(`/sign-in/password?${visitQuery(visit, userName)}`, 303);
    }
    const problem = await recordFailure(request, visit, tenant, userName, checked);
    return sendSignIn(reply, visit, userName, problem, problem.status);
  }

  async function showChangePassword(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = await readVisit(request);
    if (visit === 'gone') return sendGone(reply);
    const userName = queryOf(request, 'login_hint');
    if (!userName) return reply.redirect(`/sign-in?${visitQuery(visit)}`, 303);
    return sendChangePassword(reply, visit, userName.slice(0, 320), null, 200);
  }

  async function changePassword(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    requireSameOrigin(request, context.config.publicUrl);
    const visit = await readVisit(request);
    if (visit === 'gone') return sendGone(reply);
    const fields = fieldsOf(request);
    const userName = (fields.get('userName') ?? '').trim();
    const current = fields.get('currentPassword') ?? '';
    const next = fields.get('newPassword') ?? '';
    const refuse = (message: string) => sendChangePassword(reply, visit, userName, { message }, 400);

    if (userName === '' || current === '') return refuse('Enter your current password.');
    if (next !== fields.get('confirmPassword'))
      return refuse('The new password and its confirmation differ.');
    if (next === current) return refuse('Choose a new password that differs from the current one.');
    const broken = brokenPasswordRule(next);
    if (broken) return refuse(broken);

    const tenant = await tenantFor(visit, userName);
    const checked = await checkPassword(context, tenant?.id ?? null, userName, current, unknownNames);
    const fail = async (failed: Failed) => {
      const problem = await recordFailure(request, visit, tenant, userName, failed);
      return sendChangePassword(reply, visit, userName, problem, problem.status);
    };
    if (checked.outcome !== 'right' && checked.outcome !== 'must-change') return fail(checked);
    const at = await storeNewPassword(request, checked.user, next);
    if (at === null) return fail({ outcome: 'wrong', user: checked.user });
    return goOn(request, reply, visit, checked.user, at);
  }

  /**
   * The password was right and settled: the session (or this one request) knows who it is, and the visit goes on.
   *
   * @param at when it was right, epoch milliseconds
   */
  async function goOn(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    user: UserRow,
    at: number,
  ): Promise<FastifyReply> {
    const who: SignedIn = {
      userId: user.id,
      authenticationInstant: at,
      authenticationMethods: ['password'],
    };
    if (visit.request && visit.handle && visit.browserHash) {
      if (!(await waiting.attach(visit.handle, visit.browserHash, who))) return sendGone(reply);
    } else {
      await record(request, visit, null, user.userPrincipalName, user, null);
    }
    if (!visit.request?.asksForAccount) await startSession(context, request, reply, user.tenantId, who);
    return reply.redirect(visit.goOnTo, 303);
  }

  /** When the password was changed; null where it is no longer the one that was compared. */
  async function storeNewPassword(
    request: FastifyRequest,
    user: UserRow,
    password: string,
  ): Promise<number | null> {
    const person = { id: user.id, displayName: user.displayName, userPrincipalName: user.userPrincipalName };
    const passwordHash = await hashPassword(password);
    const at = context.now();
    const changed = await changeOwnPassword(
      context.db,
      user.tenantId,
      user.id,
      { from: user.passwordHash ?? '', passwordHash, at },
      {
        id: context.newId(),
        activityDateTime: at,
        correlationId: context.newId(),
        activityDisplayName: 'Change user password',
        category: 'UserManagement',
        initiatedBy: { user: { ...person, ipAddress: request.ip } },
        targetResources: [{ ...person, type: 'User', modifiedProperties: [] }],
      },
    );
    return changed ? at : null;
  }

  /** Where a visit to these pages comes from and goes on to; 'gone' when its request no longer waits in this browser. */
  async function readVisit(request: FastifyRequest): Promise<Visit | 'gone'> {
    const handle = queryOf(request, 'request');
    if (handle === null) {
      const returnTo = localPath(queryOf(request, 'return'));
      return { handle: null, browserHash: null, request: null, returnTo, goOnTo: returnTo ?? '/' };
    }
    const browserHash = readBrowser(context, request);
    const found = await waiting.find(handle, browserHash);
    return found ? { handle, browserHash, request: found, returnTo: null, goOnTo: found.continueAt } : 'gone';
  }

  async function tenantFor(visit: Visit, userName: string): Promise<TenantRow | null> {
    if (visit.request) return (await findTenant(context.db.kysely, visit.request.tenantId)) ?? null;
    const name = readUserPrincipalName(userName);
    return name ? ((await findTenantOfDomain(context.db.kysely, name.domain)) ?? null) : null;
  }

  async function recordFailure(
    request: FastifyRequest,
    visit: Visit,
    tenant: TenantRow | null,
    userName: string,
    checked: Failed,
  ): Promise<Problem & { status: number }> {
    const refusal: Refusal =
      checked.outcome === 'wrong'
        ? signInRefusals['wrong-password']
        : checked.outcome === 'locked'
          ? signInRefusals.locked
          : signInRefusals['user-disabled'];
    const requestId = await record(request, visit, tenant, userName, checked.user, refusal);
    return {
      message: `${refusal.says} ${refusal.mend}`,
      code: refusal.code,
      requestId,
      status: refusal.status,
    };
  }

  /** One line of the sign-in log; a name of no organisation here has no log to stand in. Returns the request id. */
  async function record(
    request: FastifyRequest,
    visit: Visit,
    tenant: TenantRow | null,
    userName: string,
    user: UserRow | null,
    refusal: Refusal | null,
  ): Promise<string> {
    const id = context.newId();
    const tenantId = user?.tenantId ?? tenant?.id;
    if (!tenantId) return id;
    const line = signInLine({
      tenantId,
      id,
      now: context.now(),
      correlationId: visit.request?.correlationId ?? id,
      visitor: { ipAddress: request.ip, userAgent: request.headers['user-agent'] ?? null },
      user,
      userName,
      servicePrincipal: visit.request?.servicePrincipal ?? null,
      toOwnPages: visit.request === null,
      samlRequestId: visit.request?.samlRequestId ?? null,
      authenticationMethods: refusal?.code === signInRefusals['wrong-password'].code ? [] : ['password'],
      ...(refusal ? { refusal, interrupted: refusal === signInRefusals['must-change-password'] } : {}),
    });
    await recordSignIn(context.db.kysely, line);
    return id;
  }

  async function sendSignIn(
    reply: FastifyReply,
    visit: Visit,
    userName: string,
    problem: Problem | null,
    status: number,
  ): Promise<FastifyReply> {
    const body = signInPage({
      tenantName: await tenantNameOf(visit),
      applicationName: visit.request?.servicePrincipal.displayName ?? null,
      asksForAccount: visit.request?.asksForAccount ?? false,
      userName,
      problem,
      action: `/sign-in?${visitQuery(visit)}`,
    });
    return sendHtml(reply, body, status);
  }

  async function sendChangePassword(
    reply: FastifyReply,
    visit: Visit,
    userName: string,
    problem: Problem | null,
    status: number,
  ): Promise<FastifyReply> {
    const body = changePasswordPage({
      tenantName: await tenantNameOf(visit),
      applicationName: visit.request?.servicePrincipal.displayName ?? null,
      userName,
      problem,
      action: `/sign-in/password?${visitQuery(visit)}`,
    });
    return sendHtml(reply, body, status);
  }

  async function tenantNameOf(visit: Visit): Promise<string | null> {
    if (!visit.request) return null;
    return (await findTenant(context.db.kysely, visit.request.tenantId))?.displayName ?? null;
  }
}

type Failed = Extract<PasswordOutcome, { outcome: 'wrong' | 'locked' | 'disabled' }>;

type Visit = {
  handle: string | null;
  browserHash: string | null;
  request: WaitingRequest | null;
  returnTo: string | null;
  /** Local path. */
  goOnTo: string;
};

/** The page for a request that ran out, was used, or belongs to another browser. */
export function sendGone(reply: FastifyReply): FastifyReply {
  return sendHtml(
    reply,
    noticePage({
      heading: 'This sign-in has run out',
      says: 'It was finished already, waited longer than ten minutes, or was started in another browser. Go back to the application and start again there.',
      link: { href: '/my-apps', text: 'Go to My Apps' },
    }),
    400,
  );
}

function visitQuery(visit: Visit, userName?: string): string {
  const query = new URLSearchParams();
  if (visit.handle) query.set('request', visit.handle);
  if (visit.returnTo) query.set('return', visit.returnTo);
  if (userName) query.set('login_hint', userName);
  return query.toString();
}

function queryOf(request: FastifyRequest, name: string): string | null {
  const value = (request.query as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function fieldsOf(request: FastifyRequest): Map<string, string> {
  return request.body instanceof Map ? (request.body as Map<string, string>) : new Map();
}

/** The style sheet, the script and the icon of the server's pages. */
function serveLook(app: FastifyInstance): void {
  const types = {
    'sign-in.css': 'text/css',
    'sign-in.js': 'text/javascript',
    'sign-in.svg': 'image/svg+xml',
  };
  for (const [name, type] of Object.entries(types)) {
    const content = readFileSync(new URL(name, import.meta.url), 'utf8');
    app.get(`/${name}`, { config: { access: 'public' } }, (_request, reply) =>
      reply.type(`${type}; charset=utf-8`).header('cache-control', 'public, max-age=300').send(content),
    );
  }
}
