import { createHmac, hkdfSync } from 'node:crypto';
import { nameIdFormats } from '@countersign/saml';
import type { UserRow } from '../tables.ts';

export type NameId = { value: string; format: string; spNameQualifier?: string };

export type NameIdInput = {
  user: Pick<UserRow, 'tenantId' | 'id' | 'userPrincipalName'>;
  servicePrincipalId: string;
  /** What NameIDPolicy asks for; the engine has let only formats pass that are issued. */
  requestedFormat?: string | undefined;
  spNameQualifier?: string | undefined;
  masterKey: Uint8Array;
  /** A value unique to this one sign-in, for the transient format. */
  transientValue: string;
};

/**
 * The NameID of an assertion (saml-core 8.3): the user principal name, unless the request asks for an identifier that
 * says nothing about the person.
 */
export function nameIdFor(input: NameIdInput): NameId {
  const format = input.requestedFormat ?? nameIdFormats.emailAddress;
  const qualifier = input.spNameQualifier === undefined ? {} : { spNameQualifier: input.spNameQualifier };
  return { value: valueFor(format, input), format, ...qualifier };
}

function valueFor(format: string, input: NameIdInput): string {
  if (format === nameIdFormats.transient) return input.transientValue;
  if (format === nameIdFormats.persistent) return pairwiseIdentifier(input);
  return input.user.userPrincipalName;
}

/**
 * The same for the same person and service principal for ever, and of no use to another application (saml-core 8.3.7).
 * It is keyed, because the ids it is made from are known to applications.
 */
function pairwiseIdentifier({ user, servicePrincipalId, masterKey }: NameIdInput): string {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'countersign pairwise identifier', 32));
  return createHmac('sha256', key)
    .update(`${user.tenantId}\n${user.id}\n${servicePrincipalId}`)
    .digest('base64url');
}
