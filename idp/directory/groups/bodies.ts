import { z } from 'zod';
import { line, lines } from '../../graph/body.ts';

const displayName = line(256).refine((text) => !text.startsWith(' '), {
  error: 'must not start with a blank',
});
const description = lines(1024).nullable();
const mailNickname = line(64).refine(
  (text) => /^[\x21-\x7e]+$/.test(text) && !/[@()\\[\]";:<>,]/.test(text),
  {
    error: 'must be ASCII without blanks and without @ ( ) \\ [ ] " ; : < > ,',
  },
);

/** POST /groups: security groups; mail is not this product's business. */
export const newGroup = z.strictObject({
  displayName,
  description: description.optional(),
  mailNickname,
  mailEnabled: z.literal(false, 'must be false'),
  securityEnabled: z.literal(true, 'must be true'),
});

/** PATCH /groups/{id}. */
export const groupUpdate = z.strictObject({
  displayName: displayName.optional(),
  description: description.optional(),
  mailNickname: mailNickname.optional(),
});

/** POST …/members/$ref: the last segment of the address is the id, whatever stands before it. */
export const reference = z.strictObject({
  '@odata.id': z
    .string('must be a text')
    .regex(
      /\/[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
      'must be an address that ends in the id of a user',
    )
    .transform((address) => address.slice(address.lastIndexOf('/') + 1).toLowerCase()),
});
