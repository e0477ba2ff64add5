import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authnContexts } from '@countersign/saml';
import { contextFor, type Identity, nextStep, type NextStepInput } from './next-step.ts';

const bits = [false, true];
const person = (userId: string, accountEnabled: boolean): Identity => ({
  userId,
  accountEnabled,
  authenticationInstant: 1,
  authenticationMethods: ['password'],
});
const identities = [null, person('session', true), person('session', false)];
const signedIns = [null, person('signed-in', true), person('signed-in', false)];
const contexts = {
  absent: undefined,
  met: { comparison: 'exact', classRefs: [authnContexts.x509, authnContexts.password] },
  unmet: { comparison: 'exact', classRefs: [authnContexts.x509] },
};

/** Every combination of what the decision looks at: 2^6 switches x 3 sessions x 3 sign-ins x 3 contexts x assignments. */
function* everything(): Generator<NextStepInput & { assigned: string[]; context: keyof typeof contexts }> {
  for (const forceAuthn of bits)
    for (const isPassive of bits)
      for (const asksForAccount of bits)
        for (const context of Object.keys(contexts) as (keyof typeof contexts)[])
          for (const accountEnabled of bits)
            for (const appRoleAssignmentRequired of bits)
              for (const hasSigningKey of bits)
                for (const session of identities)
                  for (const signedIn of signedIns)
                    for (const assigned of [[], ['session'], ['signed-in'], ['session', 'signed-in']]) {
                      const requestedAuthnContext = contexts[context];
                      yield {
                        request: {
                          forceAuthn,
                          isPassive,
                          asksForAccount,
                          ...(requestedAuthnContext ? { requestedAuthnContext } : {}),
                        },
                        application: { accountEnabled, appRoleAssignmentRequired, hasSigningKey },
                        session,
                        signedIn,
                        isAssigned: (userId) => assigned.includes(userId),
                        assigned,
                        context,
                      };
                    }
}

test('in every combination an assertion is issued only for an enabled, assigned person of an enabled application', () => {
  const seen = { 'sign-in': 0, refuse: 0, issue: 0 };
  for (const input of everything()) {
    const next = nextStep(input);
    seen[next.step]++;
    const fresh = input.request.forceAuthn || input.request.asksForAccount;
    const who = input.signedIn ?? (fresh ? null : input.session);
    const mayIssue =
      input.application.accountEnabled &&
      input.application.hasSigningKey &&
      input.context !== 'unmet' &&
      who?.accountEnabled === true &&
      (!input.application.appRoleAssignmentRequired || input.assigned.includes(who.userId));
    assert.equal(next.step === 'issue', mayIssue);
    if (next.step === 'issue') assert.equal(next.identity.userId, who?.userId);
    if (next.step === 'sign-in') {
      assert.equal(who, null);
      assert.equal(input.request.isPassive, false);
      assert.equal(input.application.accountEnabled, true);
    }
    if (next.step === 'refuse' && next.reason === 'no-passive') assert.equal(input.request.isPassive, true);
  }
  assert.equal(seen['sign-in'] + seen.refuse + seen.issue, 2 ** 6 * 3 * 3 * 3 * 4);
  assert.ok(seen['sign-in'] > 0 && seen.refuse > 0 && seen.issue > 0);
});

test('the reason is the first thing in the way', () => {
  const reasons = new Map<string, number>();
  for (const input of everything()) {
    const next = nextStep(input);
    if (next.step !== 'refuse') continue;
    reasons.set(next.reason, (reasons.get(next.reason) ?? 0) + 1);
    const expected = !input.application.accountEnabled
      ? 'application-disabled'
      : !input.application.hasSigningKey
        ? 'signing-key-missing'
        : input.context === 'unmet'
          ? 'context-not-met'
          : next.identity === null
            ? 'no-passive'
            : !next.identity.accountEnabled
              ? 'user-disabled'
              : 'not-assigned';
    assert.equal(next.reason, expected);
  }
  assert.equal(reasons.size, 6);
});

test('the context stated is one of those asked for', () => {
  assert.equal(contextFor(undefined, ['password']), authnContexts.password);
  assert.equal(
    contextFor({ comparison: 'exact', classRefs: [authnContexts.passwordProtectedTransport] }, ['password']),
    authnContexts.passwordProtectedTransport,
  );
  assert.equal(contextFor({ comparison: 'exact', classRefs: [authnContexts.x509] }, ['password']), null);
  assert.equal(
    contextFor({ comparison: 'minimum', classRefs: [authnContexts.password] }, ['password']),
    null,
  );
  assert.equal(contextFor(undefined, []), null);
});
