import type { IssueInput } from '../profiles/issue-response.ts';
import { type BenchMessage, issued, issueInput, posted } from './messages.ts';
import type { Validator } from './validators.ts';

const wrong: Record<string, (input: IssueInput) => IssueInput> = {
  audience: (input) => ({ ...input, audience: 'https://other.example' }),
  'end of validity': (input) => ({
    ...input,
    lifetime: { notBefore: input.now - 7_200_000, notOnOrAfter: input.now - 3_600_000 },
  }),
  'issuer of the assertion': (input) => ({ ...input, issuer: 'https://other.example' }),
  'recipient and destination': (input) => ({ ...input, replyUrl: 'https://other.example/acs' }),
};

/**
 * What a library does not check, found out by asking it: every probe is truly signed and wrong in one thing. The
 * signature itself must be checked, or there is nothing to compare.
 */
export async function uncheckedBy({ name, validate }: Validator, now: number): Promise<string[]> {
  const input = issueInput(now);
  const honest = await issued(input);
  if (!(await accepts(validate, honest))) throw new Error(`${name} refuses the honest message.`);
  const forged = posted(honest.xml.replace('b.simon@', 'admin@'), honest);
  if (await accepts(validate, forged)) throw new Error(`${name} does not check the signature.`);
  const unchecked: string[] = [];
  for (const [what, change] of Object.entries(wrong)) {
    if (await accepts(validate, await issued(change(input)))) unchecked.push(what);
  }
  if (await accepts(validate, { ...honest, requestId: '_another' }))
    unchecked.push('request that is answered');
  return unchecked;
}

async function accepts(validate: Validator['validate'], message: BenchMessage): Promise<boolean> {
  try {
    await validate(message);
    return true;
  } catch {
    return false;
  }
}
