import type { ReceivedMessage } from '../bindings/received-message.ts';
import { readLogoutResponseElement } from '../messages/logout-response.ts';
import type { Status } from '../messages/status.ts';
import { namespaces, statusCodes } from '../names.ts';
import { runChecks } from './check.ts';
import {
  logoutArrivalChecks,
  logoutIssuerCodes,
  logoutSignaturePolicy,
  requireAnswer,
} from './logout-checks.ts';
import { type Peer, requireIssuer, requirePeerAt } from './peer.ts';
import { requirePeerId } from './peer-id.ts';
import { requireText } from '../require-input.ts';
import { readMessage, verifyMessage } from './receive-message.ts';

/** An answer that was read but rests on nobody's signature yet: good for finding what it may answer, for no decision. */
export type ReceivedLogoutResponse = {
  unverified: { id: string; issuer?: string; inResponseTo?: string };
  message: ReceivedMessage;
};

/**
 * How a logout went at one side: everywhere it was asked to (`success`), there but not at everybody it had to tell in turn
 * (`partial`, saml-core 3.7.3.2), or not (`failed`).
 */
export type LogoutOutcome = 'success' | 'partial' | 'failed';

/** An answer to a request that was made. */
export type AcceptedLogoutResponse = {
  responseId: string;
  issuer: string;
  inResponseTo: string;
  outcome: LogoutOutcome;
  status: Status;
  relayState?: string;
  signature: 'verified' | 'not-checked' | 'absent';
};

const expected = {
  parameter: 'SAMLResponse',
  root: { namespace: namespaces.protocol, local: 'LogoutResponse' },
} as const;

/**
 * Reads an answer to a logout request (saml-core 3.7.2) far enough to know who sends it and what it may answer.
 *
 * @throws SamlRejection where it is no such answer, or not as the schema has it
 * @example const received = readLogoutResponse(decodeRedirect(rawQuery));
 */
export function readLogoutResponse(message: ReceivedMessage): ReceivedLogoutResponse {
  const { id, issuer, inResponseTo } = readLogoutResponseElement(readMessage(message, expected).root);
  return {
    unverified: {
      id,
      ...(issuer === undefined ? {} : { issuer }),
      ...(inResponseTo === undefined ? {} : { inResponseTo }),
    },
    message,
  };
}

/**
 * Decides whether a message answers the logout request that waits for it (saml-profiles 4.4.4.2), at either side. An answer
 * that nobody asked for is never accepted. That the logout failed is no refusal: `outcome` says so.
 *
 * @param at.endpointUrls all the addresses of the endpoint it arrived at: a Destination must be one of them
 * @param at.request the outstanding request, sent to this very peer; 'resolved-by-caller' where the caller consumes
 * `inResponseTo` from its own store of requests to this peer
 * @throws SamlRejection
 * @example
 * const received = readLogoutResponse(decodePost(form));
 * const request = await takeOutstanding(received.unverified.inResponseTo);
 * const { outcome } = acceptLogoutResponse(received, request.peer, { endpointUrls: [logoutUrl], request });
 */
export function acceptLogoutResponse(
  received: ReceivedLogoutResponse,
  peer: Peer,
  at: { endpointUrls: readonly string[]; request: { id: string } | 'resolved-by-caller' },
): AcceptedLogoutResponse {
  requirePeerAt(peer, at);
  if (at.request !== 'resolved-by-caller') requireText('request.id', at.request?.id);
  // Before the signature, which would be refused for the same ID in less telling words; and of what is signed again.
  requirePeerId(received.unverified.id, peer.allow);
  const { root, relayState, signature } = verifyMessage(
    received.message,
    expected,
    logoutSignaturePolicy(peer),
    'logout-not-signed',
  );
  const response = readLogoutResponseElement(root);
  requirePeerId(response.id, peer.allow);
  const issuer = requireIssuer(response, peer, logoutIssuerCodes);
  const { endpointUrls, request } = at;
  runChecks(logoutArrivalChecks, {
    message: response,
    isVerified: signature === 'verified',
    peer,
    endpointUrls,
  });
  return {
    responseId: response.id,
    issuer,
    inResponseTo: requireAnswer(response, request),
    outcome: outcomeOf(response.status),
    status: response.status,
    ...(relayState === undefined ? {} : { relayState }),
    signature,
  };
}

/** PartialLogout stands at the second level; products put it under Success and under Responder alike. */
function outcomeOf({ code, subCodes }: Status): LogoutOutcome {
  if (subCodes[0] === statusCodes.partialLogout) return 'partial';
  return code === statusCodes.success ? 'success' : 'failed';
}
