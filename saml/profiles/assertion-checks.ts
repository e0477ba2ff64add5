import type { Assertion } from '../messages/assertion.ts';
import type { Response } from '../messages/response.ts';
import type { SubjectConfirmation } from '../messages/subject.ts';
import type { ResponseExpectations } from './judge-response.ts';
import { meetsRequestedContext } from './authn-context.ts';
import { type Check, instantText, unequal } from './check.ts';
import { isAllowed } from './is-allowed.ts';

/** A verified assertion and what it is judged against. */
export type AssertionFacts = { assertion: Assertion; input: ResponseExpectations };

/** Whose assertion it is comes before everything it says; who answers is who asserts (saml-profiles 4.1.4.2). */
export const issuerChecks: readonly Check<AssertionFacts & { response: Response }>[] = [
  {
    code: 'assertion-issuer-mismatch',
    against: ({ assertion, input }) => unequal(input.identityProvider.entityId, assertion.issuer),
  },
  {
    code: 'response-issuer-mismatch',
    against: ({ assertion, response: { issuer } }) =>
      issuer === undefined ? undefined : unequal(assertion.issuer, issuer),
  },
];

/** When and for whom the assertion holds (saml-core 2.5.1). NotOnOrAfter is the first instant it does not. */
export const assertionChecks: readonly Check<AssertionFacts>[] = [
  {
    code: 'conditions-empty-period',
    against: ({ assertion: { conditions } }) =>
      conditions?.notBefore === undefined ||
      conditions.notOnOrAfter === undefined ||
      conditions.notBefore < conditions.notOnOrAfter
        ? undefined
        : {
            expected: `after ${instantText(conditions.notBefore)}`,
            actual: instantText(conditions.notOnOrAfter),
          },
  },
  {
    code: 'conditions-not-yet-valid',
    against: ({ assertion: { conditions }, input }) => beforeStart(conditions?.notBefore, input),
  },
  {
    code: 'conditions-expired',
    against: ({ assertion: { conditions }, input }) => afterEnd(conditions?.notOnOrAfter, input),
  },
  {
    code: 'audience-missing',
    against: ({ assertion: { conditions }, input }) => {
      const { entityId } = input.serviceProvider;
      const restricted = (conditions?.audienceRestrictions.length ?? 0) > 0;
      return entityId === undefined || restricted || isAllowed(input, 'audience-optional')
        ? undefined
        : { expected: entityId };
    },
  },
  {
    code: 'audience-mismatch',
    against: ({ assertion: { conditions }, input }) => {
      const { entityId } = input.serviceProvider;
      if (entityId === undefined) return undefined;
      const foreign = conditions?.audienceRestrictions.find((audiences) => !audiences.includes(entityId));
      return foreign === undefined ? undefined : { expected: entityId, actual: foreign.join(' ') };
    },
  },
  {
    code: 'session-expired',
    against: ({ assertion: { authnStatements }, input }) =>
      authnStatements
        .map((statement) => afterEnd(statement.sessionNotOnOrAfter, input))
        .find((objection) => objection !== undefined),
  },
  {
    code: 'authn-context-not-met',
    against: ({ assertion: { authnStatements }, input: { requestedAuthnContext: requested } }) => {
      const { classRef, declRef } = authnStatements[0] ?? {};
      const stated = [classRef, declRef].filter((each) => each !== undefined);
      return requested === undefined ||
        stated.some((each) => meetsRequestedContext(requested, each, requested.order))
        ? undefined
        : {
            expected: `${requested.comparison} ${[...requested.classRefs, ...(requested.declRefs ?? [])].join(' ')}`,
            actual: stated.join(' '),
          };
    },
  },
];

/** One bearer confirmation, the message it came in and what both are judged against. */
export type BearerFacts = {
  confirmation: SubjectConfirmation;
  response: Response;
  input: ResponseExpectations;
};

/** What a bearer confirmation must say (saml-profiles 4.1.4.2, 4.1.4.3, 4.1.5). */
export const bearerChecks: readonly Check<BearerFacts>[] = [
  {
    code: 'bearer-not-before',
    against: ({ confirmation: { notBefore }, input }) =>
      notBefore === undefined || isAllowed(input, 'bearer-not-before')
        ? undefined
        : { expected: 'no NotBefore', actual: instantText(notBefore) },
  },
  {
    code: 'bearer-not-yet-valid',
    against: ({ confirmation: { notBefore }, input }) => beforeStart(notBefore, input),
  },
  {
    code: 'bearer-recipient-missing',
    against: ({ confirmation: { recipient }, input }) => {
      const { assertionConsumerServiceUrl } = input.serviceProvider;
      return assertionConsumerServiceUrl === undefined ||
        recipient !== undefined ||
        isAllowed(input, 'recipient-optional')
        ? undefined
        : { expected: assertionConsumerServiceUrl };
    },
  },
  {
    code: 'bearer-recipient-mismatch',
    against: ({ confirmation: { recipient }, input }) =>
      recipient === undefined
        ? undefined
        : unequal(input.serviceProvider.assertionConsumerServiceUrl, recipient),
  },
  {
    code: 'bearer-not-on-or-after-missing',
    against: ({ confirmation }) =>
      confirmation.notOnOrAfter === undefined ? { expected: 'NotOnOrAfter' } : undefined,
  },
  {
    code: 'bearer-expired',
    against: ({ confirmation: { notOnOrAfter }, input }) => afterEnd(notOnOrAfter, input),
  },
  {
    code: 'bearer-in-response-to-unexpected',
    against: ({ confirmation: { inResponseTo }, input: { request } }) =>
      request === 'unsolicited' && inResponseTo !== undefined ? { actual: inResponseTo } : undefined,
  },
  {
    code: 'bearer-in-response-to-missing',
    against: ({ confirmation: { inResponseTo }, input: { request } }) =>
      request !== undefined && request !== 'unsolicited' && inResponseTo === undefined
        ? { expected: 'InResponseTo' }
        : undefined,
  },
  {
    code: 'bearer-in-response-to-mismatch',
    against: ({ confirmation: { inResponseTo }, input: { request } }) =>
      typeof request === 'string' || inResponseTo === undefined
        ? undefined
        : unequal(request?.id, inResponseTo),
  },
  {
    code: 'response-in-response-to-mismatch',
    against: ({ confirmation: { inResponseTo }, response }) =>
      response.inResponseTo === undefined || inResponseTo === undefined
        ? undefined
        : unequal(inResponseTo, response.inResponseTo),
  },
];

type Clock = Pick<ResponseExpectations, 'now' | 'skewMilliseconds'>;

function beforeStart(notBefore: number | undefined, { now, skewMilliseconds }: Clock) {
  return notBefore === undefined || now + skewMilliseconds >= notBefore
    ? undefined
    : { expected: `at or after ${instantText(notBefore)}`, actual: instantText(now) };
}

function afterEnd(notOnOrAfter: number | undefined, { now, skewMilliseconds }: Clock) {
  return notOnOrAfter === undefined || now - skewMilliseconds < notOnOrAfter
    ? undefined
    : { expected: `before ${instantText(notOnOrAfter)}`, actual: instantText(now) };
}
