import { type RuleCode, rules } from './rules.ts';

/** What a rejection may carry besides its code; both are for logs and traces, never for the public page. */
export type RejectionDetail = { expected?: string | undefined; actual?: string | undefined };

const longestDetail = 300;

/**
 * The only error this engine throws for what it was handed. `code` is a key of `rules`, which says the section of the
 * standard, the sentence and who must act. Any other error is a fault of the caller or of this library.
 */
export class SamlRejection extends Error {
  override readonly name = 'SamlRejection';
  readonly code: RuleCode;
  readonly expected?: string;
  readonly actual?: string;

  constructor(code: RuleCode, detail: RejectionDetail = {}) {
    super(`${code}: ${rules[code].says}`);
    this.code = code;
    // Hostile input ends up in logs: what is quoted is bounded.
    if (detail.expected !== undefined) this.expected = detail.expected.slice(0, longestDetail);
    if (detail.actual !== undefined) this.actual = detail.actual.slice(0, longestDetail);
  }
}

/** Throws the rejection; as an expression it has every type. */
export function reject(code: RuleCode, detail?: RejectionDetail): never {
  throw new SamlRejection(code, detail);
}
