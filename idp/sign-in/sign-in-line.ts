import type { ServicePrincipalRow, SignInRow, UserRow } from '../tables.ts';
import { messageOf, type Refusal } from './refusal.ts';

/** Where a sign-in came from. */
export type Visitor = { ipAddress: string; userAgent: string | null };

export type SignInEvent = {
  tenantId: string;
  /** The request id people are shown. */
  id: string;
  /** Epoch milliseconds. */
  now: number;
  correlationId: string;
  visitor: Visitor;
  user?: UserRow | null;
  /** What was typed, where it names nobody. */
  userName?: string | null;
  servicePrincipal?: Pick<ServicePrincipalRow, 'id' | 'appId' | 'displayName'> | null;
  /** Somebody signed in to our own pages and not to an application. */
  toOwnPages?: boolean;
  authenticationMethods?: string[];
  samlRequestId?: string | null;
  assertionId?: string | null;
  /** Absent: it succeeded. */
  refusal?: Refusal;
  /** The refusal's sentence with the names filled in, where it has any. */
  says?: string;
  /** Technical detail for administrators. */
  details?: string | null;
  /** The person was asked for something in between and has not failed. */
  interrupted?: boolean;
};

/** One line of the sign-in log. Texts from outside are cut to what a log line can bear. */
export function signInLine(event: SignInEvent): SignInRow {
  const { refusal } = event;
  return {
    tenantId: event.tenantId,
    id: event.id,
    createdDateTime: event.now,
    correlationId: event.correlationId,
    userId: event.user?.id ?? null,
    userPrincipalName: event.user?.userPrincipalName ?? cut(event.userName, 320),
    userDisplayName: event.user?.displayName ?? null,
    appId: event.servicePrincipal?.appId ?? null,
    appDisplayName: event.servicePrincipal?.displayName ?? (event.toOwnPages ? 'Countersign' : null),
    servicePrincipalId: event.servicePrincipal?.id ?? null,
    ipAddress: event.visitor.ipAddress,
    userAgent: cut(event.visitor.userAgent, 512),
    clientAppUsed: 'Browser',
    authenticationMethods: JSON.stringify(event.authenticationMethods ?? []),
    errorCode: refusal?.code ?? 0,
    failureReason: refusal ? cut(messageOf(refusal, event.says), 1024) : null,
    additionalDetails: cut(event.details, 1024),
    status: refusal ? (event.interrupted ? 'interrupted' : 'failure') : 'success',
    samlRequestId: cut(event.samlRequestId, 256),
    assertionId: event.assertionId ?? null,
  };
}

function cut(text: string | null | undefined, length: number): string | null {
  return text ? text.slice(0, length) : null;
}
