/**
 * Single logout (saml-profiles 4.4). Its messages are the same for both roles, and so are these functions; propagating a
 * logout to several participants is the part of the identity provider.
 */
export {
  acceptLogoutRequest,
  readLogoutRequest,
  type AcceptedLogoutRequest,
  type ReceivedLogoutRequest,
} from './accept-logout-request.ts';
export {
  acceptLogoutResponse,
  readLogoutResponse,
  type AcceptedLogoutResponse,
  type LogoutOutcome,
  type ReceivedLogoutResponse,
} from './accept-logout-response.ts';
export { createLogoutRequest, type CreateLogoutRequestInput } from './create-logout-request.ts';
export { createLogoutResponse, type CreateLogoutResponseInput } from './create-logout-response.ts';
export type { Peer } from './peer.ts';
export { matchesSession, type Session } from './matches-session.ts';
export {
  nextLogoutStep,
  recordInitiatorAnswered,
  recordLogoutAnswer,
  recordLogoutFailure,
  recordLogoutRequest,
  recordOwnLogout,
  startLogout,
  type Logout,
  type LogoutEndpoint,
  type LogoutInitiator,
  type LogoutParticipant,
  type LogoutProgress,
  type LogoutStep,
} from './propagate-logout.ts';
export type { FormFields, SentMessage } from './send-message.ts';
