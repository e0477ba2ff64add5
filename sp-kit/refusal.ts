import { type Rule, rules, type RuleCode, type SamlRejection } from '@countersign/saml';

/** Who can mend a refusal: the identity provider, this application, either of them, or nobody (somebody is trying). */
export type FixAt = Rule['fixAt'];

/**
 * The kit's own reasons to refuse, beside those of the engine (`rules` of `@countersign/saml`): what only the keeper
 * of connections, requests and used assertions can know. `section` names the rule that is enforced.
 */
export const kitRefusals = {
  'connection-missing': {
    section: 'Countersign',
    says: 'Single sign-on has not been set up for this company.',
    fixAt: 'sp',
  },
  'response-missing': {
    section: 'bindings 3.5.4',
    says: 'The form that came from the identity provider carries no SAMLResponse.',
    fixAt: 'idp',
  },
  'signing-certificate-expired': {
    section: 'RFC 5280 4.1.2.5',
    says: 'The answer is signed with a certificate whose validity has ended.',
    fixAt: 'idp',
  },
  'signing-certificate-not-yet-valid': {
    section: 'RFC 5280 4.1.2.5',
    says: 'The answer is signed with a certificate whose validity has not begun.',
    fixAt: 'idp',
  },
  'response-unsolicited': {
    section: 'profiles 4.1.5',
    says: 'The answer belongs to no request: it was started at the identity provider, which is not switched on here.',
    fixAt: 'idp',
  },
  'request-unknown': {
    section: 'profiles 4.1.4.3',
    says: 'The answer names a request that was not made for this company.',
    fixAt: 'either',
  },
  'request-used': {
    section: 'profiles 4.1.4.3',
    says: 'The request that the answer names has already been answered.',
    fixAt: 'nobody',
  },
  'request-expired': {
    section: 'profiles 4.1.4.3',
    says: 'The answer came after its request had expired.',
    fixAt: 'nobody',
  },
  'request-for-another-identity-provider': {
    section: 'profiles 4.1.4.3',
    says: 'The request that the answer names was sent to another identity provider.',
    fixAt: 'either',
  },
  'request-for-another-reply-url': {
    section: 'profiles 4.1.4.3',
    says: 'The request that the answer names asked for an answer at another address.',
    fixAt: 'either',
  },
  'assertion-replayed': {
    section: 'profiles 4.1.4.5',
    says: 'The assertion has been used before.',
    fixAt: 'nobody',
  },
  'replay-store-unavailable': {
    section: 'profiles 4.1.4.5',
    says: 'Whether the assertion has been used before could not be found out, so it was not accepted.',
    fixAt: 'sp',
  },
  'outcome-unknown': {
    section: 'Countersign',
    says: 'The handle of this sign-in is unknown, used or expired.',
    fixAt: 'nobody',
  },
  'other-browser': {
    section: 'Countersign',
    says: 'The sign-in was started in another browser.',
    fixAt: 'nobody',
  },
} as const satisfies Record<string, Rule>;

/** A reason that the kit itself has to refuse. */
export type KitRefusalCode = keyof typeof kitRefusals;

/** Every reason a sign-in through the kit can be refused: the engine's and the kit's own. */
export type RefusalCode = RuleCode | KitRefusalCode;

/** What is known, and verified, about a sign-in when it is refused. For logs. */
export type SignInFacts = {
  requestId?: string;
  assertionId?: string;
  issuer?: string;
  nameId?: string;
  connectionId?: string;
};

type RefusalDetail = { expected?: string | undefined; actual?: string | undefined; cause?: unknown };

/**
 * The only error the kit throws for a sign-in it does not let through. `expected` and `actual` are both strings of the
 * comparison that failed; they and `facts` belong in the log, `says` may be shown to an administrator.
 */
export class SignInRefusal extends Error {
  override readonly name = 'SignInRefusal';
  readonly code: RefusalCode;
  readonly says: string;
  readonly section: string;
  readonly fixAt: FixAt;
  readonly expected?: string;
  readonly actual?: string;
  readonly facts: SignInFacts;

  constructor(code: RefusalCode, facts: SignInFacts = {}, detail: RefusalDetail = {}) {
    const entry = code in kitRefusals ? kitRefusals[code as KitRefusalCode] : rules[code as RuleCode];
    super(`${code}: ${entry.says}`, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.says = entry.says;
    this.section = entry.section;
    this.fixAt = entry.fixAt;
    this.facts = facts;
    if (detail.expected !== undefined) this.expected = detail.expected;
    if (detail.actual !== undefined) this.actual = detail.actual;
  }
}

/** The engine's rejection as a refusal of this kit, with both strings it compared. */
export function refusalOf(rejection: SamlRejection, facts: SignInFacts): SignInRefusal {
  const { code, expected, actual } = rejection;
  return new SignInRefusal(code, facts, { expected, actual, cause: rejection });
}
