import type { Context } from '../context.ts';
import { hashSecret, newSecret, writeToken } from '../sign-in/session/token.ts';
import { pendingLifetime, type PendingSaml, writePendingSaml } from './pending-request.ts';
import { insertPendingRequest } from './store.ts';

export type StartRequest = {
  tenantId: string;
  servicePrincipalId: string;
  /** `noBrowserYet` where the browser could not be told. */
  browserHash: string;
  asksForAccount: boolean;
  correlationId: string;
  request: PendingSaml;
};

/** Stores a request that waits for its person. Returns the local path where the decision about it is taken. */
export async function startRequest(context: Context, start: StartRequest): Promise<string> {
  const { tenantId } = start;
  const secret = newSecret();
  const now = context.now();
  await insertPendingRequest(context.db.kysely, {
    tenantId,
    handleHash: hashSecret(secret),
    browserHash: start.browserHash,
    servicePrincipalId: start.servicePrincipalId,
    request: writePendingSaml(start.request),
    correlationId: start.correlationId,
    asksForAccount: start.asksForAccount ? 1 : 0,
    userId: null,
    authenticationInstant: null,
    authenticationMethods: null,
    createdDateTime: now,
    expiresDateTime: now + pendingLifetime,
    consumedDateTime: null,
  });
  return continuePath(writeToken({ tenantId, secret }), tenantId);
}

export function continuePath(handle: string, tenantId: string): string {
  return `/${tenantId}/saml2/continue?request=${handle}`;
}
