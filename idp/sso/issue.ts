import {
  issueErrorResponse,
  type IssuedResponse,
  issueResponse,
  newMessageId,
  statusCodes,
} from '@countersign/saml';
import type { SigningKey } from '../applications/certificates/signing-key.ts';
import type { RegisteredApplication } from '../applications/store.ts';
import { assignedAppRoleIds } from '../assignments/store.ts';
import type { Context } from '../context.ts';
import type { AppRole } from '../graph/resources.ts';
import type { TenantRow, UserRow } from '../tables.ts';
import { defaultClaims } from './claims.ts';
import { nameIdFor } from './name-id.ts';
import type { Identity, RefusalReason } from './next-step.ts';
import type { PendingSaml } from './pending-request.ts';

const minute = 60_000;
/** An assertion holds from five minutes before it was issued until an hour after. */
const lifetime = { before: 5 * minute, after: 60 * minute };

export type Issue = {
  tenant: TenantRow;
  registered: RegisteredApplication;
  request: PendingSaml;
  signing: SigningKey;
  user: UserRow;
  identity: Identity;
  contextClassRef: string;
};

/** Issues the response that signs a person in to an application. */
export async function issue(context: Context, input: Issue): Promise<IssuedResponse> {
  const { tenant, registered, request, user, identity } = input;
  const now = context.now();
  return issueResponse({
    issuer: tenant.issuer,
    audience: audienceOf(request.issuer),
    replyUrl: request.replyUrl,
    ...(request.requestId === undefined ? {} : { inResponseTo: request.requestId }),
    ...(request.relayState === undefined ? {} : { relayState: request.relayState }),
    now,
    responseId: newMessageId(),
    assertionId: newMessageId(),
    lifetime: { notBefore: now - lifetime.before, notOnOrAfter: now + lifetime.after },
    nameId: nameIdFor({
      user,
      servicePrincipalId: registered.servicePrincipal.id,
      requestedFormat: request.nameIdFormat,
      spNameQualifier: request.spNameQualifier,
      masterKey: context.config.masterKey,
      transientValue: newMessageId(),
    }),
    attributes: defaultClaims({
      tenant,
      user,
      authenticationMethods: identity.authenticationMethods,
      roles: await rolesFor(context, registered, user),
    }),
    authentication: { instant: identity.authenticationInstant, contextClassRef: input.contextClassRef },
    signing: { ...input.signing, algorithm: 'rsa-sha256', sign: 'assertion' },
  });
}

/** Status codes a service provider understands, for what a person would be shown (saml-core 3.2.2.2). */
const statusOf: Record<RefusalReason, { code: string; subCode: string }> = {
  'no-passive': { code: statusCodes.responder, subCode: statusCodes.noPassive },
  'context-not-met': { code: statusCodes.requester, subCode: statusCodes.noAuthnContext },
  'application-disabled': { code: statusCodes.responder, subCode: statusCodes.requestDenied },
  'signing-key-missing': { code: statusCodes.responder, subCode: statusCodes.requestDenied },
  'user-disabled': { code: statusCodes.responder, subCode: statusCodes.authnFailed },
  'not-assigned': { code: statusCodes.responder, subCode: statusCodes.requestDenied },
};

/**
 * Issues the response that says why nobody was signed in. Only for requests that forbid showing anything (IsPassive):
 * everybody else is told on a page.
 */
export async function issueRefusal(
  context: Context,
  input: Pick<Issue, 'tenant' | 'request'> & {
    signing: SigningKey | null;
    reason: RefusalReason;
    message: string;
  },
): Promise<IssuedResponse> {
  const { request, signing } = input;
  return issueErrorResponse({
    issuer: input.tenant.issuer,
    replyUrl: request.replyUrl,
    ...(request.requestId === undefined ? {} : { inResponseTo: request.requestId }),
    ...(request.relayState === undefined ? {} : { relayState: request.relayState }),
    now: context.now(),
    responseId: newMessageId(),
    status: { ...statusOf[input.reason], message: input.message },
    ...(signing ? { signing: { ...signing, algorithm: 'rsa-sha256' } } : {}),
  });
}

/** The audience is the issuer of the request; a name that is no URI is marked as a service principal name. */
function audienceOf(issuer: string): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(issuer) ? issuer : `spn:${issuer}`;
}

/** Values of the app roles a person has; Default Access and roles without a value carry none. */
async function rolesFor(
  context: Context,
  { application, servicePrincipal }: RegisteredApplication,
  user: UserRow,
): Promise<string[]> {
  const ids = await assignedAppRoleIds(context.db.kysely, user.tenantId, servicePrincipal.id, user.id);
  const roles = JSON.parse(application.appRoles) as AppRole[];
  return roles
    .filter((role) => role.isEnabled && ids.includes(role.id))
    .flatMap((role) => (role.value ? [role.value] : []));
}
