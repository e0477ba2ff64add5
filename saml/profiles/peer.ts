import type { X509Certificate } from 'node:crypto';
import type { CompatibilitySwitch } from '../compatibility.ts';
import type { MessageHeader } from '../messages/message-header.ts';
import { reject } from '../rejection.ts';
import { requireCertificates, requireTexts } from '../require-input.ts';
import type { RuleCode } from '../rules.ts';

/** What is known about the other side, whatever its role; `entityIds` are compared octet for octet. */
export type Peer = {
  entityIds: readonly string[];
  certificates: readonly X509Certificate[];
  allow?: readonly CompatibilitySwitch[];
  /** As of an identity provider in `acceptResponse`; needed where `cbc` is allowed and there are keys to decrypt with. */
  recentDecryptionFailures?: number;
};

/** The configured identifier that a message names as its issuer; never the text that was sent. */
export function requireIssuer(
  { issuer }: MessageHeader,
  { entityIds }: Peer,
  codes: { missing: RuleCode; mismatch: RuleCode },
): string {
  const known = entityIds.join(' ');
  if (issuer === undefined) reject(codes.missing, { expected: known });
  return (
    entityIds.find((entityId) => entityId === issuer) ??
    reject(codes.mismatch, { expected: known, actual: issuer })
  );
}

/** What a caller without types can leave out or mistake of the other side, and of the addresses its message arrived at. */
export function requirePeerAt(peer: Peer, at: { endpointUrls: readonly string[] }): void {
  requireTexts('peer.entityIds', peer?.entityIds);
  requireCertificates('peer.certificates', peer.certificates);
  requireTexts('peer.allow', peer.allow ?? []);
  requireTexts('endpointUrls', at?.endpointUrls);
}
