import {
  acceptAuthnRequest,
  type ReceivedAuthnRequest,
  type ReceivedMessage,
  readAuthnRequest,
  SamlRejection,
} from '@countersign/saml';
import { findByIssuer, type RegisteredApplication } from '../applications/store.ts';
import type { Context } from '../context.ts';
import { verifiedDomains } from '../directory/tenants/store.ts';
import type { TenantRow } from '../tables.ts';
import type { PendingSaml } from './pending-request.ts';
import { detailsOf, kindOfRejection, type RefusalKind } from './refusals.ts';

export type Received =
  | { outcome: 'accepted'; registered: RegisteredApplication; request: PendingSaml }
  | {
      outcome: 'refused';
      kind: RefusalKind;
      /** The value at fault, as it came. */
      received?: string | undefined;
      details: string | null;
      registered?: RegisteredApplication | undefined;
      samlRequestId?: string | undefined;
    };

/**
 * Receives a request: decodes and reads it, finds the application its issuer names, and has the engine judge it.
 *
 * @param decode the binding's decoding; what it rejects is refused like everything else
 */
export async function receiveRequest(
  context: Context,
  tenant: TenantRow,
  decode: () => ReceivedMessage,
): Promise<Received> {
  let read: ReceivedAuthnRequest;
  try {
    read = readAuthnRequest(decode());
  } catch (error) {
    return refused(error);
  }
  const { issuer, id } = read.unverified;
  const registered = await findByIssuer(context.db.kysely, tenant.id, issuer);
  if (!registered)
    return {
      outcome: 'refused',
      kind: 'application-unknown',
      received: issuer,
      details: `The request's Issuer is ${issuer}; no application of this organisation has that identifier.`,
      samlRequestId: id,
    };
  const endpointUrls = await endpointUrlsOf(context, tenant);
  try {
    const {
      requestId,
      signature: _judged,
      ...request
    } = acceptAuthnRequest(
      read,
      {
        entityIds: registered.identifierUris,
        replyUrls: registered.replyUrls.map(({ uri, index, isDefault }) => ({ url: uri, index, isDefault })),
        requestSignature: { required: false, certificates: [] },
      },
      { endpointUrls },
    );
    return { outcome: 'accepted', registered, request: { ...request, requestId } };
  } catch (error) {
    return { ...refused(error), registered, samlRequestId: id };
  }
}

/** Every address of the tenant's endpoint: by its id and by each of its domains. */
export async function endpointUrlsOf(context: Context, tenant: TenantRow): Promise<string[]> {
  const domains = await verifiedDomains(context.db.kysely, tenant.id);
  return [tenant.id, ...domains.map(({ name }) => name)].map(
    (name) => `${context.config.publicUrl}/${name}/saml2`,
  );
}

function refused(error: unknown): Extract<Received, { outcome: 'refused' }> {
  if (!(error instanceof SamlRejection)) throw error;
  return {
    outcome: 'refused',
    kind: kindOfRejection(error),
    received: error.actual,
    details: detailsOf(error),
  };
}
