/** Who can mend a refusal. */
export type Mender = 'person' | 'administrator' | 'application' | 'either' | 'nobody';

/** One kind of refusal: its number is that of AADSTSnnnnn, which administrators can look up. */
export type Refusal = {
  code: number;
  /** HTTP status of the page. */
  status: number;
  /** What happened, for the person in front of it. Ends in a full stop. */
  says: string;
  mender: Mender;
  /** What to do, for whoever can mend it. */
  mend: string;
};

/** Refusals of the password page. */
export const signInRefusals = {
  'wrong-password': {
    code: 50126,
    status: 401,
    says: 'Your user name or password is incorrect.',
    mender: 'person',
    mend: 'Check both and try again. If you no longer know your password, an administrator of your organisation can reset it.',
  },
  locked: {
    code: 50053,
    status: 429,
    says: 'Your account is temporarily locked, because a wrong password was entered too many times.',
    mender: 'person',
    mend: 'Wait a few minutes and try again. If it goes on, tell an administrator of your organisation.',
  },
  'user-disabled': {
    code: 50057,
    status: 403,
    says: 'Your user account is disabled.',
    mender: 'administrator',
    mend: 'A User Administrator can enable the account under Identity › Users › All users.',
  },
  'must-change-password': {
    code: 50055,
    status: 403,
    says: 'The password must be changed before it can be used to sign in.',
    mender: 'person',
    mend: 'Choose a new password on the page that follows.',
  },
} as const satisfies Record<string, Refusal>;

/** The message line of a refusal: `AADSTS50126: …`. */
export function messageOf(refusal: Refusal, says: string = refusal.says): string {
  return `AADSTS${refusal.code}: ${says}`;
}
