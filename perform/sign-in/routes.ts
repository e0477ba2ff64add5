import { cookieName, parseCookies, sendHtml, serializeCookie } from '@countersign/web';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Viewer } from '../access/access.ts';
import type { Context } from '../context.ts';
import { findNamespace } from '../namespaces/store.ts';
import { namespaceOf } from '../namespaces/namespace-name.ts';
import { verifyPassword } from '../people/password-hash.ts';
import { findPersonByUserName } from '../people/store.ts';
import type { NamespaceRow, PersonRow, SessionRow, SignInRow } from '../tables.ts';
import { type Attempt, recordRefusal, signInRow } from './attempt.ts';
import { localTarget } from './local-target.ts';
import { companyPage, passwordPage } from './pages.ts';
import { type OwnRefusalCode, ownRefusals, publicOwnRefusal } from './refusals.ts';
import { hashSessionSecret, readSessionToken, sessionEnd, writeSessionToken } from './session.ts';
import { clearAttempts, endSession, findViewer, startSession, takeAttempt } from './store.ts';

/**
 * Signing in and out: the company's name first, then password or single sign-on (`saml/routes.ts`).
 * Copy this folder into a product that wants both; it needs `people/` and `namespaces/` of its own.
 */
export function mountSignIn(app: FastifyInstance, context: Context): void {
  app.get<{ Querystring: Record<string, string | undefined> }>(
    '/sign-in',
    { config: { admits: 'public' } },
    async (request, reply) => {
      const { company, return: returnTo, 'signed-out': signedOut } = request.query;
      const target = localTarget(text(returnTo));
      if (signedOut !== undefined)
        return sendHtml(
          reply,
          companyPage({ company: text(signedOut) ?? '', returnTo: target, signedOut: true }),
        );
      return showSignIn(context, reply, { company: text(company) ?? '', returnTo: target });
    },
  );
  app.post<{ Body: Map<string, string> | undefined }>(
    '/sign-in',
    { config: { admits: 'public' } },
    async (request, reply) => {
      const form = request.body ?? new Map<string, string>();
      const company = form.get('company') ?? '';
      const returnTo = localTarget(form.get('return'));
      const userName = form.get('userName');
      if (userName !== undefined)
        return signInWithPassword(context, request, reply, {
          company,
          userName: userName.trim(),
          password: form.get('password') ?? '',
          returnTo,
        });
      const found = await findNamespace(context.db, namespaceOf(company));
      if (!found) return showSignIn(context, reply, { company, returnTo });
      const query = new URLSearchParams({ company: found.namespace });
      if (returnTo) query.set('return', returnTo);
      return reply.redirect(`/sign-in?${query}`, 303);
    },
  );
  app.post('/sign-out', { config: { admits: 'public' } }, async (request, reply) => {
    const token = sessionTokenOf(context, request);
    if (token) await endSession(context.db, token.namespace, hashSessionSecret(token.secret));
    reply.header('set-cookie', sessionCookie(context, '', 0));
    return reply.redirect(`/sign-in?signed-out=${token?.namespace ?? ''}`, 303);
  });
}

/** Whoever sends one of two equal parameters twice gets an array; no page of ours does. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

async function showSignIn(
  context: Context,
  reply: FastifyReply,
  input: { company: string; returnTo: string | undefined },
): Promise<FastifyReply> {
  const namespace = namespaceOf(input.company);
  const company = namespace === '' ? undefined : await findNamespace(context.db, namespace);
  if (!company) {
    const error = namespace === '' ? undefined : publicOwnRefusal('company-unknown');
    return sendHtml(
      reply,
      companyPage({ ...input, signedOut: false, error: error && `${error.says} ${error.toDo}` }),
      error?.status ?? 200,
    );
  }
  return sendHtml(
    reply,
    passwordPage({ ...(await passwordInput(context, company)), userName: '', ...input }),
  );
}

async function passwordInput(
  context: Context,
  company: NamespaceRow,
): Promise<{ namespace: string; companyName: string; singleSignOn: boolean }> {
  const { namespace, displayName, ssoInPlan } = company;
  const singleSignOn = ssoInPlan === 1 && (await context.saml.store.findConnection(namespace)) !== undefined;
  return { namespace, companyName: displayName, singleSignOn };
}

const failuresAtMost = 10;
const lockMillis = 60_000;

async function signInWithPassword(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  input: { company: string; userName: string; password: string; returnTo: string | undefined },
): Promise<FastifyReply> {
  const namespace = namespaceOf(input.company);
  const company = await findNamespace(context.db, namespace);
  const attempt = attemptOf(context, request, namespace.slice(0, 63), 'password');
  if (!company) {
    const { whoActs } = publicOwnRefusal('company-unknown');
    const says = ownRefusals['company-unknown'];
    await recordRefusal(context, signInRow(attempt, { code: 'company-unknown', says, whoActs }), false);
    return showSignIn(context, reply, { company: input.company, returnTo: input.returnTo });
  }
  const person = await findPersonByUserName(context.db, namespace, input.userName);
  const refuse = async (code: OwnRefusalCode): Promise<FastifyReply> => {
    const told = publicOwnRefusal(code);
    const row = signInRow(attempt, {
      code,
      says: ownRefusals[code],
      whoActs: told.whoActs,
      personId: person?.id ?? null,
      userName: input.userName.slice(0, 256),
    });
    await recordRefusal(context, row, true);
    const refusal = { told, reference: attempt.id, now: attempt.createdDateTime };
    const { userName, returnTo } = input;
    return sendHtml(
      reply,
      passwordPage({
        ...(await passwordInput(context, company)),
        userName,
        returnTo,
        refusal,
      }),
      told.status,
    );
  };
  const now = attempt.createdDateTime;
  const limit = { now, most: failuresAtMost, until: now + lockMillis };
  const taken = person !== undefined && (await takeAttempt(context.db, namespace, person.id, limit));
  // Computed for everybody, so that the time tells neither who exists nor who is locked.
  const matches = await verifyPassword(input.password, person?.passwordHash);
  if (!person) return refuse('user-name-unknown');
  if (!taken) return refuse('user-name-locked');
  if (!matches) return refuse('password-wrong');
  await clearAttempts(context.db, namespace, person.id);
  // Only whoever knows the password learns that the account is not usable.
  const obstacle = statusRefusal(person);
  if (obstacle) return refuse(obstacle);
  const session = {
    personId: person.id,
    method: 'password',
    issuer: null,
    nameId: null,
    nameIdFormat: null,
  } as const;
  const started = await openSession(
    context,
    request,
    reply,
    { namespace, ...session, sessionIndex: null },
    signInRow(attempt, {
      code: 'signed-in',
      says: 'Signed in with a password.',
      whoActs: null,
      personId: person.id,
      userName: person.userName,
    }),
    { passwordHash: person.passwordHash ?? '' },
  );
  if (!started) return refuse('password-wrong');
  return reply.redirect(input.returnTo ?? '/', 303);
}

/** Why a person may not come in however they proved who they are. */
export function statusRefusal(person: Pick<PersonRow, 'status'>): OwnRefusalCode | undefined {
  if (person.status === 'created') return 'person-not-activated';
  return person.status === 'terminated' ? 'person-terminated' : undefined;
}

/** When, from where and under which reference somebody tries to sign in. */
export function attemptOf(
  context: Context,
  request: FastifyRequest,
  namespace: string,
  method: Attempt['method'],
): Attempt {
  return {
    namespace,
    id: context.newId(),
    createdDateTime: context.now(),
    method,
    ipAddress: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, 500) ?? null,
  };
}

/**
 * Makes a new session, with a new secret, in place of the one this browser had; writes the line of the sign-in log
 * with it and sets the cookie. False where the person is not active at this moment, or has another password by now.
 *
 * @param proof what let the person in: until when it holds, or what their password was compared with
 */
export async function openSession(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Omit<SessionRow, 'secretHash' | 'createdDateTime' | 'expiresDateTime'>,
  row: SignInRow,
  proof: { sessionNotOnOrAfter?: number | undefined; passwordHash?: string },
): Promise<boolean> {
  const secret = context.newSecret();
  const createdDateTime = row.createdDateTime;
  const expiresDateTime = sessionEnd(createdDateTime, proof.sessionNotOnOrAfter);
  const before = sessionTokenOf(context, request);
  const started = await startSession(
    context.db,
    { ...session, secretHash: hashSessionSecret(secret), createdDateTime, expiresDateTime },
    row,
    before && { namespace: before.namespace, secretHash: hashSessionSecret(before.secret) },
    proof.passwordHash,
  );
  if (!started) return false;
  const { says, ...line } = row;
  context.log.info({ event: 'sign-in', ...line }, says);
  reply.header(
    'set-cookie',
    sessionCookie(context, writeSessionToken({ namespace: session.namespace, secret })),
  );
  return true;
}

/** Who a request's session belongs to; handed to the guard. */
export async function authenticate(context: Context, request: FastifyRequest): Promise<Viewer | undefined> {
  const token = sessionTokenOf(context, request);
  return token && findViewer(context.db, token.namespace, hashSessionSecret(token.secret), context.now());
}

function sessionTokenOf(context: Context, request: FastifyRequest) {
  const name = cookieName('perform-session', context.config.publicUrl);
  return readSessionToken(parseCookies(request.headers.cookie).get(name));
}

function sessionCookie(context: Context, value: string, maxAgeSeconds?: number): string {
  const { publicUrl } = context.config;
  return serializeCookie(cookieName('perform-session', publicUrl), value, {
    secure: publicUrl.startsWith('https:'),
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
  });
}
