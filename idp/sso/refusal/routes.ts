import { sendHtml } from '@countersign/web';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAdministrator } from '../../access/roles.ts';
import type { RegisteredApplication } from '../../applications/store.ts';
import type { Context } from '../../context.ts';
import { recordSignIn } from '../../logs/store.ts';
import { principalOf, readSession } from '../../sign-in/session/routes.ts';
import { signInLine } from '../../sign-in/sign-in-line.ts';
import type { TenantRow, UserRow } from '../../tables.ts';
import { refusalPage } from '../pages.ts';
import { mendingAddress, type RefusalKind, refusalOf } from '../refusals.ts';

export type Refuse = {
  /** Null where there is none: then there is no log to write to either. */
  tenant: TenantRow | null;
  kind: RefusalKind;
  registered?: RegisteredApplication | undefined;
  user?: UserRow | null;
  authenticationMethods?: string[];
  received?: string | undefined;
  details?: string | null;
  correlationId?: string;
  samlRequestId?: string | undefined;
  otherAccountAt?: string | null;
};

/** Writes one line of the sign-in log about a refusal. Returns what the page, or the SAML status, says. */
export async function recordRefusal(context: Context, request: FastifyRequest, input: Refuse) {
  const { tenant, registered, user } = input;
  const refusal = refusalOf(input.kind, {
    ...(tenant ? { tenant: tenant.displayName } : {}),
    ...(registered ? { application: registered.servicePrincipal } : {}),
    ...(user ? { userPrincipalName: user.userPrincipalName } : {}),
    ...(input.received === undefined ? {} : { received: input.received }),
  });
  const requestId = context.newId();
  const correlationId = input.correlationId ?? requestId;
  const at = context.now();
  if (tenant) {
    const line = signInLine({
      tenantId: tenant.id,
      id: requestId,
      now: at,
      correlationId,
      visitor: { ipAddress: request.ip, userAgent: request.headers['user-agent'] ?? null },
      user: user ?? null,
      servicePrincipal: registered?.servicePrincipal ?? null,
      authenticationMethods: input.authenticationMethods ?? [],
      samlRequestId: input.samlRequestId ?? null,
      refusal,
      details: input.details ?? null,
    });
    await recordSignIn(context.db.kysely, line);
  } else {
    context.log.info({ requestId, code: refusal.code }, 'sign-in refused');
  }
  return { refusal, requestId, correlationId, at };
}

/** Writes the log line and shows the page. */
export async function sendRefusal(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  input: Refuse,
): Promise<FastifyReply> {
  const recorded = await recordRefusal(context, request, input);
  const body = refusalPage({
    ...recorded,
    tenantName: input.tenant?.displayName ?? null,
    applicationName: input.registered?.servicePrincipal.displayName ?? null,
    otherAccountAt: input.otherAccountAt ?? null,
    administrator: (await isForAdministrator(context, request, input))
      ? { details: input.details ?? null, mendAt: mendingAddressOf(input) }
      : null,
  });
  return sendHtml(reply, body, recorded.refusal.status);
}

/** Registered values stand in the details: they are for this organisation's administrators. */
async function isForAdministrator(
  context: Context,
  request: FastifyRequest,
  { tenant }: Refuse,
): Promise<boolean> {
  const session = tenant && (await readSession(context, request));
  if (!session || session.tenantId !== tenant.id) return false;
  const principal = await principalOf(context, session);
  return principal !== null && isAdministrator(principal.roles);
}

function mendingAddressOf({ kind, registered, user }: Refuse): string | null {
  return mendingAddress(kind, { servicePrincipalId: registered?.servicePrincipal.id, userId: user?.id });
}
