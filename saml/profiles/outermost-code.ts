import { statusCodes } from '../names.ts';
import { reject } from '../rejection.ts';

/** Codes of a failure that may stand outermost; every other is nested in one of them (saml-core 3.2.2.2). */
const failures: readonly string[] = [
  statusCodes.requester,
  statusCodes.responder,
  statusCodes.versionMismatch,
];

/** Refuses with `value-malformed` a status whose outermost code says no failure. */
export function requireFailureCode(code: string): void {
  if (!failures.includes(code)) reject('value-malformed', { expected: failures.join(' '), actual: code });
}

/** Refuses with `value-malformed` a status whose outermost code is neither success nor a failure. */
export function requireOutermostCode(code: string): void {
  if (code !== statusCodes.success) requireFailureCode(code);
}
