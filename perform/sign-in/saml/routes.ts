import {
  acceptSignInResponse,
  finishSignIn,
  type FinishedSignIn,
  SignInRefusal,
  startSignIn,
} from '@countersign/sp-kit';
import { cookieName, parseCookies, sendHtml, serializeCookie } from '@countersign/web';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { refusalPage } from '../../frame/pages.ts';
import { findNamespace } from '../../namespaces/store.ts';
import { findPerson, findPersonByUserName } from '../../people/store.ts';
import type { PersonRow, SignInRow } from '../../tables.ts';
import { type Attempt, recordRefusal, signInRow } from '../attempt.ts';
import { localTarget } from '../local-target.ts';
import {
  type OwnRefusalCode,
  ownRefusals,
  type PublicRefusal,
  publicOwnRefusal,
  publicRefusal,
} from '../refusals.ts';
import { attemptOf, openSession, statusRefusal } from '../routes.ts';
import { readBrowserMark } from '../session.ts';

type Query = { Querystring: Record<string, unknown> };

/**
 * Single sign-on in three steps: leave for the identity provider (`/auth/saml/`), take its answer without asking for
 * a cookie (`/auth/saml/callback`), and end in the browser that began (`/auth/saml/callback/continue`). Every step
 * begins by asking whether the company exists and its plan includes single sign-on.
 */
export function mountSaml(app: FastifyInstance, context: Context): void {
  // HEAD would run these too, and a program that only looks at an address must not use up a handle.
  const open = { config: { admits: 'public' as const }, exposeHeadRoute: false };
  for (const path of ['/auth/saml/', '/auth/saml'])
    app.get<Query>(path, open, (request, reply) =>
      guarded(context, request, reply, async ({ attempt }) => {
        const browser = browserMarkOf(context, request) ?? context.newSecret();
        const returnTo = localTarget(single(request.query.return));
        const { namespace } = attempt;
        const { url } = await startSignIn(context.saml, {
          namespace,
          browser,
          ...(returnTo ? { returnTo } : {}),
        });
        reply.header('set-cookie', browserCookie(context, browser));
        return reply.redirect(url, 302);
      }),
    );
  app.post<Query & { Body: Map<string, string> | undefined }>(
    '/auth/saml/callback',
    { config: { admits: 'public', crossSite: true } },
    (request, reply) =>
      guarded(context, request, reply, async ({ attempt }) => {
        const SAMLResponse = request.body?.get('SAMLResponse');
        const RelayState = request.body?.get('RelayState');
        const { namespace } = attempt;
        const { handle } = await acceptSignInResponse(context.saml, {
          namespace,
          fields: { ...(SAMLResponse ? { SAMLResponse } : {}), ...(RelayState ? { RelayState } : {}) },
        });
        const query = new URLSearchParams({ namespace, handle });
        return reply.redirect(`/auth/saml/callback/continue?${query}`, 303);
      }),
  );
  app.get<Query>('/auth/saml/callback/continue', open, (request, reply) =>
    guarded(context, request, reply, async ({ attempt, refuse }) => {
      const finished = await finishSignIn(context.saml, {
        namespace: attempt.namespace,
        handle: single(request.query.handle) ?? '',
        browser: browserMarkOf(context, request),
      });
      return enter(context, request, reply, { attempt, refuse, finished });
    }),
  );
}

type Refuse = (code: OwnRefusalCode, known?: Partial<SignInRow>) => Promise<FastifyReply>;
type Step = { attempt: Attempt; refuse: Refuse };

/** Runs one step for a company that has single sign-on; every refusal becomes a line in the log and a page. */
async function guarded(
  context: Context,
  request: FastifyRequest<Query>,
  reply: FastifyReply,
  step: (step: Step) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const attempt = attemptOf(context, request, (single(request.query.namespace) ?? '').slice(0, 63), 'saml');
  const company = await findNamespace(context.db, attempt.namespace);
  const tell = async (told: PublicRefusal, row: SignInRow): Promise<FastifyReply> => {
    await recordRefusal(context, row, company !== undefined);
    return sendRefusal(reply, told, row, company !== undefined);
  };
  const refuse: Refuse = (code, known = {}) => {
    const told = publicOwnRefusal(code);
    return tell(told, signInRow(attempt, { ...known, code, says: ownRefusals[code], whoActs: told.whoActs }));
  };
  if (!company) return refuse('company-unknown');
  if (company.ssoInPlan !== 1) return refuse('sso-not-in-plan');
  try {
    return await step({ attempt, refuse });
  } catch (error) {
    if (!(error instanceof SignInRefusal)) throw error;
    const told = publicRefusal(error);
    return tell(told, refusedRow(attempt, error, told));
  }
}

function refusedRow(attempt: Attempt, refusal: SignInRefusal, told: PublicRefusal): SignInRow {
  const { requestId, assertionId, issuer, nameId } = refusal.facts;
  return signInRow(attempt, {
    code: refusal.code,
    says: refusal.says,
    whoActs: told.whoActs,
    userName: nameId ?? null,
    expected: refusal.expected ?? null,
    actual: refusal.actual ?? null,
    requestId: requestId ?? null,
    assertionId: assertionId ?? null,
    issuer: issuer ?? null,
  });
}

function sendRefusal(reply: FastifyReply, told: PublicRefusal, row: SignInRow, known: boolean): FastifyReply {
  const href = known ? `/sign-in?company=${encodeURIComponent(row.namespace)}` : '/sign-in';
  return sendHtml(
    reply,
    refusalPage({
      heading: 'You were not signed in',
      ...told,
      reference: row.id,
      now: row.createdDateTime,
      back: { href, label: 'Back to sign-in' },
    }),
    told.status,
  );
}

/** Finds the employee of an identity that was verified, and lets them in if they may come in. */
async function enter(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { attempt, refuse, finished }: Step & { finished: FinishedSignIn },
): Promise<FastifyReply> {
  const { identity } = finished;
  const { namespace } = attempt;
  const known = {
    userName: identity.nameId.value,
    issuer: identity.issuer,
    requestId: identity.requestId,
    assertionId: identity.assertionId,
  };
  const candidate = await candidateOf(context, namespace, finished);
  if (!candidate.person)
    return refuse('person-not-created', {
      ...known,
      expected: candidate.near ?? null,
      actual: identity.nameId.value,
    });
  let { person } = candidate;
  const obstacle = statusRefusal(person);
  if (obstacle) return refuse(obstacle, { ...known, personId: person.id });
  if (finished.accountId === undefined) {
    const linked = await finished.link(person.id);
    // Another request was faster and linked somebody else: that link counts.
    if (linked !== person.id) person = (await findPerson(context.db, namespace, linked)) ?? person;
  }
  const session = {
    namespace,
    personId: person.id,
    method: 'saml' as const,
    issuer: identity.issuer,
    nameId: identity.nameId.value,
    nameIdFormat: identity.nameId.format,
    sessionIndex: identity.sessionIndex ?? null,
  };
  const row = signInRow(attempt, {
    ...known,
    code: 'signed-in',
    says: 'Signed in with single sign-on.',
    whoActs: null,
    personId: person.id,
  });
  const { sessionNotOnOrAfter } = identity;
  if (!(await openSession(context, request, reply, session, row, { sessionNotOnOrAfter })))
    return refuse('person-terminated', { ...known, personId: person.id });
  return reply.redirect(localTarget(finished.returnTo) ?? '/', 303);
}

/**
 * Who an identity is: the employee it was linked to before; at the first sign-in the one whose user name is the
 * NameID, octet for octet. One that differs in upper and lower case alone is named to administrators, and not let in.
 */
async function candidateOf(
  context: Context,
  namespace: string,
  finished: FinishedSignIn,
): Promise<{ person?: PersonRow; near?: string }> {
  if (finished.accountId !== undefined) {
    const person = await findPerson(context.db, namespace, finished.accountId);
    return person ? { person } : {};
  }
  const { value } = finished.identity.nameId;
  const person = await findPersonByUserName(context.db, namespace, value);
  if (!person) return {};
  return person.userName === value ? { person } : { near: person.userName };
}

/** Whoever sends one parameter twice gets an array; no address of ours does. */
function single(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function browserMarkOf(context: Context, request: FastifyRequest): string | undefined {
  const name = cookieName('perform-browser', context.config.publicUrl);
  return readBrowserMark(parseCookies(request.headers.cookie).get(name));
}

/** Marks this browser. Lax: it need not come along with the identity provider's form, only with our own redirect. */
function browserCookie(context: Context, value: string): string {
  const { publicUrl } = context.config;
  return serializeCookie(cookieName('perform-browser', publicUrl), value, {
    secure: publicUrl.startsWith('https:'),
    maxAgeSeconds: 24 * 60 * 60,
  });
}
