import type { X509Certificate } from 'node:crypto';
import type { CompatibilitySwitch } from '../compatibility.ts';
import type { MessageHeader } from '../messages/message-header.ts';
import { reject } from '../rejection.ts';
import type { SignaturePolicy } from './receive-message.ts';

/** What is known about the other side of a logout; `entityIds` are compared octet for octet. */
export type LogoutPeer = {
  entityIds: readonly string[];
  certificates: readonly X509Certificate[];
  allow?: readonly CompatibilitySwitch[];
};

/** Logout messages are signed; only a peer with the switch may leave that out (saml-profiles 4.4.3.1, 4.4.3.4). */
export function logoutSignaturePolicy({ certificates, allow = [] }: LogoutPeer): SignaturePolicy {
  return { required: !allow.includes('unsigned-logout'), certificates, allow };
}

/** The configured identifier that the message names as its issuer (saml-profiles 4.4.4.1, 4.4.4.2). */
export function requireLogoutIssuer({ issuer }: MessageHeader, { entityIds }: LogoutPeer): string {
  const known = entityIds.join(' ');
  if (issuer === undefined) reject('logout-issuer-missing', { expected: known });
  return (
    entityIds.find((entityId) => entityId === issuer) ??
    reject('logout-issuer-mismatch', { expected: known, actual: issuer })
  );
}
