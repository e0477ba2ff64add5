import { cookieName, parseCookies, requireSameOrigin, sendHtml, serializeCookie } from '@countersign/web';
import { transaction } from '@countersign/database';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../../access/principal.ts';
import type { Context } from '../../context.ts';
import { rolesOf } from '../../directory/roles/store.ts';
import { findTenant } from '../../directory/tenants/store.ts';
import { signedOutPage, signOutPage } from '../pages.ts';
import type { SignedIn } from '../waiting-requests.ts';
import { isLive, seenEvery, type Session } from './session.ts';
import { deleteSession, findSession, insertSession, markSessionSeen } from './store.ts';
import { hashSecret, isSecret, newSecret, readToken, writeToken } from './token.ts';

/**
 * The browser's session and the browser itself, as cookies. The session cookie says who; the browser cookie says
 * only "the same browser as before" and is what waiting requests are bound to.
 */
const sessionCookie = 'countersign-session';
const browserCookie = 'countersign-browser';

/** The live session of a browser, or null. The person may have been disabled since: that is for the caller to weigh. */
export async function readSession(context: Context, request: FastifyRequest): Promise<Session | null> {
  const token = readToken(cookieOf(context, request, sessionCookie));
  if (!token) return null;
  const secretHash = hashSecret(token.secret);
  const found = await findSession(context.db.kysely, token.tenantId, secretHash);
  const now = context.now();
  if (!found || !isLive(found, now, context.config.session)) return null;
  if (now >= found.session.lastSeenDateTime + seenEvery)
    await markSessionSeen(context.db.kysely, token.tenantId, secretHash, now);
  return {
    tenantId: token.tenantId,
    secretHash,
    user: found.user,
    authenticationInstant: found.session.authenticationInstant,
    authenticationMethods: JSON.parse(found.session.authenticationMethods) as string[],
  };
}

/**
 * Who is behind a request of the API: the browser's session, when one of our own pages sent it.
 * A cookie that another site made the browser send counts for nothing.
 */
export async function authenticate(context: Context, request: FastifyRequest): Promise<Principal | null> {
  try {
    requireSameOrigin(request, context.config.publicUrl);
  } catch {
    return null;
  }
  const session = await readSession(context, request);
  return session && principalOf(context, session);
}

/** The principal of a session; null when the account was disabled. */
export async function principalOf(context: Context, { tenantId, user }: Session): Promise<Principal | null> {
  if (user.accountEnabled === 0) return null;
  return {
    tenantId,
    userId: user.id,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName,
    roles: await rolesOf(context.db.kysely, tenantId, user.id),
  };
}

/**
 * Starts a session under a new secret. The browser's session before it, whoever's it was, ends in the same
 * transaction, so a cookie known to somebody else from before is worth nothing afterwards.
 */
export async function startSession(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  tenantId: string,
  who: SignedIn,
): Promise<void> {
  const before = readToken(cookieOf(context, request, sessionCookie));
  const secret = newSecret();
  const now = context.now();
  await transaction(context.db, async (trx) => {
    if (before) await deleteSession(trx, before.tenantId, hashSecret(before.secret));
    await insertSession(trx, {
      tenantId,
      secretHash: hashSecret(secret),
      userId: who.userId,
      authenticationInstant: who.authenticationInstant,
      authenticationMethods: JSON.stringify(who.authenticationMethods),
      createdDateTime: now,
      lastSeenDateTime: now,
      expiresDateTime: now + context.config.session.absolute,
    });
  });
  setCookie(context, reply, sessionCookie, writeToken({ tenantId, secret }));
}

/** The hash of the browser's secret, or null when the browser brings none. */
export function readBrowser(context: Context, request: FastifyRequest): string | null {
  const secret = cookieOf(context, request, browserCookie);
  return isSecret(secret) ? hashSecret(secret) : null;
}

/** The hash of the browser's secret; a browser that brings none is given one. */
export function recognizeBrowser(context: Context, request: FastifyRequest, reply: FastifyReply): string {
  const known = readBrowser(context, request);
  if (known) return known;
  const secret = newSecret();
  setCookie(context, reply, browserCookie, secret);
  return hashSecret(secret);
}

/** GET and POST /sign-out. */
export function mountSignOut(app: FastifyInstance, context: Context): void {
  app.get('/sign-out', { config: { access: 'public' } }, async (request, reply) => {
    const session = await readSession(context, request);
    if (!session) return sendHtml(reply, signedOutPage());
    const tenant = await findTenant(context.db.kysely, session.tenantId);
    return sendHtml(reply, signOutPage(tenant?.displayName ?? null, session.user.userPrincipalName));
  });

  app.post('/sign-out', { config: { access: 'public' } }, async (request, reply) => {
    requireSameOrigin(request, context.config.publicUrl);
    const token = readToken(cookieOf(context, request, sessionCookie));
    if (token) await deleteSession(context.db.kysely, token.tenantId, hashSecret(token.secret));
    setCookie(context, reply, sessionCookie, '', 0);
    return reply.redirect('/sign-out', 303);
  });
}

function cookieOf(context: Context, request: FastifyRequest, name: string): string | undefined {
  return parseCookies(request.headers.cookie).get(cookieName(name, context.config.publicUrl));
}

function setCookie(
  context: Context,
  reply: FastifyReply,
  name: string,
  value: string,
  maxAgeSeconds?: number,
): void {
  const options = {
    secure: context.config.secure,
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
  };
  reply.header('set-cookie', serializeCookie(cookieName(name, context.config.publicUrl), value, options));
}
