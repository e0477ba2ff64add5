import { authnContexts } from '@countersign/saml';

/**
 * The one decision of a single sign-on: what happens next for a request that was accepted. Everything it looks at is
 * handed in; who gathers the inputs and who carries the answer out is `routes.ts`.
 */
export type NextStepInput = {
  request: {
    forceAuthn: boolean;
    /** The person must not see anything (saml-core 3.4.1, IsPassive). */
    isPassive: boolean;
    /** "Sign in as someone else": the browser's session does not count for this request. */
    asksForAccount: boolean;
    requestedAuthnContext?: { comparison: string; classRefs: string[] };
  };
  application: { accountEnabled: boolean; appRoleAssignmentRequired: boolean; hasSigningKey: boolean };
  /** The browser's session. */
  session: Identity | null;
  /** Who signed in for this one request. */
  signedIn: Identity | null;
  /** Whether the person has the application, directly or by a group. */
  isAssigned: (userId: string) => boolean;
};

/** A person and how that person was authenticated. */
export type Identity = {
  userId: string;
  accountEnabled: boolean;
  /** Epoch milliseconds. */
  authenticationInstant: number;
  authenticationMethods: string[];
};

export type RefusalReason =
  | 'application-disabled'
  | 'signing-key-missing'
  | 'no-passive'
  | 'context-not-met'
  | 'user-disabled'
  | 'not-assigned';

export type NextStep =
  | { step: 'sign-in' }
  | { step: 'refuse'; reason: RefusalReason; identity: Identity | null }
  | { step: 'issue'; identity: Identity; contextClassRef: string };

/** Decides. The order is the order in which a person would want to be told. */
export function nextStep(input: NextStepInput): NextStep {
  const { request, application } = input;
  // ForceAuthn and "someone else" both mean: only what happened for this very request counts.
  const identity =
    request.forceAuthn || request.asksForAccount ? input.signedIn : (input.signedIn ?? input.session);
  const refuse = (reason: RefusalReason): NextStep => ({ step: 'refuse', reason, identity });

  if (!application.accountEnabled) return refuse('application-disabled');
  if (!application.hasSigningKey) return refuse('signing-key-missing');
  const contextClassRef = contextFor(
    request.requestedAuthnContext,
    identity?.authenticationMethods ?? ['password'],
  );
  if (contextClassRef === null) return refuse('context-not-met');
  if (identity === null) return request.isPassive ? refuse('no-passive') : { step: 'sign-in' };
  if (!identity.accountEnabled) return refuse('user-disabled');
  if (application.appRoleAssignmentRequired && !input.isAssigned(identity.userId))
    return refuse('not-assigned');
  return { step: 'issue', identity, contextClassRef };
}

/** What each way of authenticating may be called, the usual name first (saml-authn-context 3.4). */
const classesOf: Record<string, readonly string[]> = {
  password: [authnContexts.password, authnContexts.passwordProtectedTransport, authnContexts.unspecified],
};

/**
 * The authentication context to state, or null when what was asked for is not what was done. Only `exact` is
 * understood; the class stated is then one of those asked for (saml-core 3.3.2.2.1).
 */
export function contextFor(
  requested: { comparison: string; classRefs: string[] } | undefined,
  methods: readonly string[],
): string | null {
  const done = methods.flatMap((method) => classesOf[method] ?? []);
  if (requested === undefined || requested.classRefs.length === 0) return done[0] ?? null;
  if (requested.comparison !== 'exact') return null;
  return requested.classRefs.find((classRef) => done.includes(classRef)) ?? null;
}
