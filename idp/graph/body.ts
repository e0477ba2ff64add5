import { z } from 'zod';
import { badRequest, type RefusalDetail } from './refusal.ts';

/**
 * Checks the body of a request against its schema.
 *
 * @throws Refusal 400 that names every property at fault
 */
export function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const details = result.error.issues.flatMap(detailsOf);
  throw badRequest(details.map((detail) => detail.message).join(' '), details);
}

function detailsOf(issue: z.core.$ZodIssue): RefusalDetail[] {
  const target = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const name = [target, key].filter(Boolean).join('.');
      return {
        code: 'UnknownProperty',
        message: `The property '${name}' does not exist here.`,
        target: name,
      };
    });
  const what = target ? `Invalid value for property '${target}'` : 'Invalid body';
  return [{ code: 'InvalidValue', message: `${what}: ${issue.message}.`, ...(target ? { target } : {}) }];
}

const controls = /[\u0000-\u001f\u007f]/;
const unpaired = /\p{Surrogate}/u;

/** One line of text. Control characters are refused: PostgreSQL cannot keep NUL, and no name needs the others. */
export function line(most: number, least = 1) {
  return (
    z
      .string('must be a text')
      .refine((text) => text.length >= least && text.trim().length >= Math.min(least, 1), {
        error: least > 0 ? 'must not be empty' : 'must be a text',
      })
      // What is too long is looked at no further: the patterns of callers may take time that grows faster than the text.
      .refine((text) => text.length <= most, { error: `must have at most ${most} characters`, abort: true })
      .refine((text) => !controls.test(text) && !unpaired.test(text), {
        error: 'must not contain control characters',
      })
  );
}

/** Text of several lines. */
export function lines(most: number) {
  return z
    .string('must be a text')
    .max(most, `must have at most ${most} characters`)
    .refine((text) => !controls.test(text.replaceAll(/[\n\r\t]/g, '')) && !unpaired.test(text), {
      error: 'must not contain control characters other than line breaks',
    });
}

/** A UUID, in lower case from here on. */
export const guid = z
  .string('must be a GUID')
  .regex(/^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, 'must be a GUID')
  .transform((text) => text.toLowerCase());

export const flag = z.boolean('must be true or false');
