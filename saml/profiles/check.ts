import { type RejectionDetail, SamlRejection } from '../rejection.ts';
import type { RuleCode } from '../rules.ts';

/** What stands against the facts; undefined where nothing does. */
export type Objection = RejectionDetail | undefined;

/** One rule of a profile: the code it refuses with, and when. It decides from the facts alone. */
export type Check<Facts> = { readonly code: RuleCode; readonly against: (facts: Facts) => Objection };

/** Runs the checks in their order; the first objection is thrown under its check's code. */
export function runChecks<Facts>(checks: readonly Check<Facts>[], facts: Facts): void {
  for (const check of checks) {
    const objection = check.against(facts);
    if (objection !== undefined) throw new SamlRejection(check.code, objection);
  }
}

/** Whether no check objects. */
export function meetsAll<Facts>(checks: readonly Check<Facts>[], facts: Facts): boolean {
  return checks.every((check) => check.against(facts) === undefined);
}

/** The one comparison of names and addresses: octet for octet. Where nothing is expected there is nothing to object to. */
export function unequal(expected: string | undefined, actual: string): Objection {
  return expected === undefined || expected === actual ? undefined : { expected, actual };
}

export function instantText(epochMilliseconds: number): string {
  const date = new Date(epochMilliseconds);
  return Number.isNaN(date.getTime()) ? `${epochMilliseconds}` : date.toISOString();
}
