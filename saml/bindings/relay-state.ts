import { reject } from '../rejection.ts';

/** The standard says 80 octets (saml-bindings 3.4.3, 3.5.3); products send addresses, so more is taken, but not any amount. */
const longestRelayState = 4096;

/** Relay state is opaque and goes back as it came. What would be refused here is not sent either. */
export function readRelayState(relayState: string | undefined): string | undefined {
  if (relayState === undefined) return undefined;
  // Half a surrogate pair has no octets that could be sent.
  if (!relayState.isWellFormed()) reject('value-malformed', { expected: 'whole characters in RelayState' });
  if (Buffer.byteLength(relayState, 'utf8') > longestRelayState) {
    reject('relay-state-too-long', { expected: `at most ${longestRelayState} octets` });
  }
  return relayState;
}
