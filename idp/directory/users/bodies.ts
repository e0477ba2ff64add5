import { z } from 'zod';
import { flag, line } from '../../graph/body.ts';
import { brokenPasswordRule } from '../password-rules.ts';

const optionalLine = (most: number) => line(most, 0).nullable().transform(emptyToNull);

function emptyToNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

const password = z.string('must be a text').refine((text) => brokenPasswordRule(text) === null, {
  error: (issue) => brokenPasswordRule(String(issue.input))?.replace(/\.$/, '') ?? 'is not accepted',
});

const mailNickname = line(64).refine(
  (text) => /^[\x21-\x7e]+$/.test(text) && !/[@()\\[\]";:<>,]/.test(text),
  {
    error: 'must be ASCII without blanks and without @ ( ) \\ [ ] " ; : < > ,',
  },
);

const mail = z.union([
  z.null(),
  z.literal('').transform(() => null),
  line(254).refine((text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), { error: 'must be an e-mail address' }),
]);

const passwordProfile = z.strictObject(
  { password, forceChangePasswordNextSignIn: flag.default(true) },
  'must be an object with the password',
);

const changeable = {
  accountEnabled: flag,
  displayName: line(256),
  mailNickname,
  userPrincipalName: line(113),
  passwordProfile,
};

const details = {
  mail: mail.optional(),
  givenName: optionalLine(64).optional(),
  surname: optionalLine(64).optional(),
  jobTitle: optionalLine(128).optional(),
  department: optionalLine(64).optional(),
};

/** POST /users. */
export const newUser = z.strictObject({ ...changeable, ...details });

/** PATCH /users/{id}. */
export const userUpdate = z.strictObject({
  accountEnabled: changeable.accountEnabled.optional(),
  displayName: changeable.displayName.optional(),
  mailNickname: changeable.mailNickname.optional(),
  userPrincipalName: changeable.userPrincipalName.optional(),
  passwordProfile: changeable.passwordProfile.optional(),
  ...details,
});

export type UserChanges = z.output<typeof userUpdate>;
