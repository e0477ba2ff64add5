import { findByServicePrincipal } from '../applications/store.ts';
import type { Context } from '../context.ts';
import { hashSecret, readToken } from '../sign-in/session/token.ts';
import type { WaitingRequest, WaitingRequests } from '../sign-in/waiting-requests.ts';
import { isWaiting, readPendingSaml } from './pending-request.ts';
import { continuePath } from './start-request.ts';
import { attachToPendingRequest, findPendingRequest } from './store.ts';

/** Shows signing in the requests of single sign-on that wait for a person. */
export function waitingRequests(context: Context): WaitingRequests {
  const k = context.db.kysely;
  return {
    async find(handle, browserHash): Promise<WaitingRequest | null> {
      const token = readToken(handle);
      if (!token || browserHash === null) return null;
      const row = await findPendingRequest(k, token.tenantId, hashSecret(token.secret));
      if (!row || row.browserHash !== browserHash || !isWaiting(row, context.now())) return null;
      const registered = await findByServicePrincipal(k, token.tenantId, row.servicePrincipalId);
      if (!registered) return null;
      const request = readPendingSaml(row);
      return {
        tenantId: row.tenantId,
        servicePrincipal: registered.servicePrincipal,
        correlationId: row.correlationId,
        samlRequestId: request.requestId ?? null,
        loginHint: request.loginHint ?? null,
        asksForAccount: row.asksForAccount === 1,
        continueAt: continuePath(handle, row.tenantId),
      };
    },
    async attach(handle, browserHash, who): Promise<boolean> {
      const token = readToken(handle);
      if (!token) return false;
      return attachToPendingRequest(
        k,
        token.tenantId,
        hashSecret(token.secret),
        browserHash,
        who,
        context.now(),
      );
    },
  };
}
