import { reject } from '../rejection.ts';

/** The standard says 80 octets (saml-bindings 3.4.3, 3.5.3); products send addresses, so more is taken, but not any amount. */
const longestRelayState = 4096;

/** Relay state is opaque and goes back as it came. */
export function readRelayState(relayState: string | undefined): string | undefined {
  if (relayState !== undefined && Buffer.byteLength(relayState, 'utf8') > longestRelayState) {
    reject('relay-state-too-long', { expected: `at most ${longestRelayState} octets` });
  }
  return relayState;
}
