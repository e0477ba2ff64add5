import { fitsOneOf } from './url-pattern.ts';

/** The message below a value: the API's refusal, or the hint that it looks unlike what the application documents. */
export function messageFor(value: string, patterns: readonly string[], refusal: string | undefined) {
  if (refusal) return { validationState: 'error' as const, validationMessage: refusal };
  if (value.trim() === '' || fitsOneOf(value.trim(), patterns)) return {};
  return {
    validationState: 'warning' as const,
    validationMessage:
      'This does not match the pattern this application documents. You can save it all the same.',
  };
}
