import type { KeyObject } from 'node:crypto';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import { type Decryption, requireFailureCount } from '../encryption/decrypt.ts';
import { readEncryptedId } from '../messages/encrypted-id.ts';
import { type LogoutRequest, readLogoutRequestElement } from '../messages/logout-request.ts';
import type { NameId } from '../messages/name-id.ts';
import { namespaces } from '../names.ts';
import { runChecks } from './check.ts';
import { requireSkew } from './clock-skew.ts';
import {
  logoutArrivalChecks,
  logoutIssuerCodes,
  logoutPeriodChecks,
  logoutSignaturePolicy,
} from './logout-checks.ts';
import { type Peer, requireIssuer, requirePeerAt } from './peer.ts';
import { requirePeerId } from './peer-id.ts';
import { requireKnownKeys, requireNumber } from '../require-input.ts';
import { readMessage, verifyMessage } from './receive-message.ts';

/** A request that was read but rests on nobody's signature yet: good for finding the peer, for no decision. */
export type ReceivedLogoutRequest = {
  unverified: { id: string; issuer?: string };
  message: ReceivedMessage;
};

/** A request to end the sessions that `matchesSession` finds. Instants are epoch milliseconds. */
export type AcceptedLogoutRequest = {
  requestId: string;
  issuer: string;
  nameId: NameId;
  /** None: every session of the principal. */
  sessionIndexes: string[];
  reason?: string;
  /** The request does not hold from here on, plus the skew: keep the record that it was handled until then. */
  notOnOrAfter: number;
  relayState?: string;
  signature: 'verified' | 'not-checked' | 'absent';
};

const expected = {
  parameter: 'SAMLRequest',
  root: { namespace: namespaces.protocol, local: 'LogoutRequest' },
} as const;

/** A request without NotOnOrAfter holds this long after its IssueInstant, so that a copy found in a log is worth nothing. */
const ordinaryLifetime = 5 * 60_000;

/**
 * Reads a request to end sessions (saml-core 3.7.1) far enough to know who sends it.
 *
 * @throws SamlRejection where it is no such request, or not as the schema has it
 * @example const received = readLogoutRequest(decodeRedirect(rawQuery));
 */
export function readLogoutRequest(message: ReceivedMessage): ReceivedLogoutRequest {
  const { id, issuer } = readLogoutRequestElement(readMessage(message, expected).root);
  return { unverified: { id, ...(issuer === undefined ? {} : { issuer }) }, message };
}

/**
 * Decides whether a request to end sessions may be acted on (saml-profiles 4.4.4.1), at either side.
 *
 * Everything is read from the signed octets. Whose sessions end is the caller's to find with `matchesSession`, and that
 * the same request is not acted on twice with `requestId`.
 *
 * @param at.endpointUrls all the addresses of the endpoint it arrived at: a Destination must be one of them
 * @param at.now epoch milliseconds
 * @param at.skewMilliseconds 0 to 180,000
 * @param at.lifetimeMilliseconds how long a request without NotOnOrAfter holds, five minutes unless given; Infinity where
 * the clocks of peers cannot be relied on
 * @param at.decryptionKeys RSA private keys, tried in order, for a name that comes encrypted
 * @throws SamlRejection; RangeError where the skew is out of its bounds; TypeError where a caller without types leaves out
 * what a request is judged against, or hands in what is none of it
 * @example
 * const received = readLogoutRequest(decodeRedirect(rawQuery));
 * const peer = await findByEntityId(received.unverified.issuer);
 * const request = acceptLogoutRequest(received, peer, { endpointUrls: [logoutUrl], now: Date.now(), skewMilliseconds: 60_000 });
 * const ending = sessions.filter((session) => matchesSession(request, session));
 */
export function acceptLogoutRequest(
  received: ReceivedLogoutRequest,
  peer: Peer,
  at: {
    endpointUrls: readonly string[];
    now: number;
    skewMilliseconds: number;
    lifetimeMilliseconds?: number;
    decryptionKeys?: readonly KeyObject[];
  },
): AcceptedLogoutRequest {
  requirePeerAt(peer, at);
  requireNumber('now', at.now);
  requireSkew(at.skewMilliseconds);
  const { lifetimeMilliseconds = ordinaryLifetime } = at;
  requireLifetime(lifetimeMilliseconds);
  requireKnownKeys('at.', at, atKeys);
  const decryption = decryptionOf(peer, at.decryptionKeys);
  requireFailureCount('peer.recentDecryptionFailures', decryption);
  // Before the signature, which would be refused for the same ID in less telling words; and of what is signed again.
  requirePeerId(received.unverified.id, peer.allow);
  const { root, relayState, signature } = verifyMessage(
    received.message,
    expected,
    logoutSignaturePolicy(peer),
    'logout-not-signed',
  );
  const request = readLogoutRequestElement(root);
  requirePeerId(request.id, peer.allow);
  const issuer = requireIssuer(request, peer, logoutIssuerCodes);
  const { endpointUrls } = at;
  const isVerified = signature === 'verified';
  runChecks(logoutArrivalChecks, { message: request, isVerified, peer, endpointUrls });
  const end = request.notOnOrAfter ?? request.issueInstant + lifetimeMilliseconds;
  runChecks(logoutPeriodChecks, {
    message: request,
    end,
    now: at.now,
    skewMilliseconds: at.skewMilliseconds,
  });
  const { reason, sessionIndexes } = request;
  return {
    requestId: request.id,
    issuer,
    nameId: nameIdOf(request, { ...decryption, ciphertext: isVerified ? 'verified' : 'unverified' }),
    sessionIndexes,
    ...(reason === undefined ? {} : { reason }),
    notOnOrAfter: end,
    ...(relayState === undefined ? {} : { relayState }),
    signature,
  };
}

/** Infinity is a lifetime; a text would be put behind the instant, and the request hold for ever. */
function requireLifetime(lifetimeMilliseconds: number): void {
  if (!(typeof lifetimeMilliseconds === 'number' && lifetimeMilliseconds >= 0))
    throw new TypeError('lifetimeMilliseconds is no length of time.');
}

const atKeys = {
  endpointUrls: true,
  now: true,
  skewMilliseconds: true,
  lifetimeMilliseconds: true,
  decryptionKeys: true,
} as const;

function decryptionOf(
  { allow = [], recentDecryptionFailures }: Peer,
  keys: readonly KeyObject[] = [],
): Omit<Decryption, 'ciphertext'> {
  return {
    keys,
    allow,
    ...(recentDecryptionFailures === undefined ? {} : { recentFailures: recentDecryptionFailures }),
  };
}

function nameIdOf({ principal }: LogoutRequest, decryption: Decryption): NameId {
  return 'nameId' in principal ? principal.nameId : readEncryptedId(principal.encryptedId, decryption);
}
