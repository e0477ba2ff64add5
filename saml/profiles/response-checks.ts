import type { Response } from '../messages/response.ts';
import { statusCodes } from '../names.ts';
import type { ResponseExpectations } from './judge-response.ts';
import { type Check, unequal } from './check.ts';
import { isAllowed } from './is-allowed.ts';

export type ResponseFacts = { response: Response; isSigned: boolean; input: ResponseExpectations };

/**
 * The rules for the message around the assertion (saml-profiles 4.1.4.2, 4.1.4.3). Where the message is not signed they
 * keep honest mistakes apart, and nothing rests on them.
 */
export const responseChecks: readonly Check<ResponseFacts>[] = [
  {
    code: 'response-destination-missing',
    against: ({ response, isSigned, input }) => {
      const { assertionConsumerServiceUrl } = input.serviceProvider;
      return assertionConsumerServiceUrl === undefined ||
        !isSigned ||
        response.destination !== undefined ||
        isAllowed(input, 'destination-optional')
        ? undefined
        : { expected: assertionConsumerServiceUrl };
    },
  },
  {
    code: 'response-destination-mismatch',
    against: ({ response: { destination }, input }) =>
      destination === undefined
        ? undefined
        : unequal(input.serviceProvider.assertionConsumerServiceUrl, destination),
  },
  {
    code: 'response-issuer-missing',
    against: ({ response, isSigned, input }) =>
      (isSigned || response.encryptedAssertions.length > 0) && response.issuer === undefined
        ? { expected: input.identityProvider.entityId }
        : undefined,
  },
  {
    code: 'response-issuer-mismatch',
    against: ({ response: { issuer }, input }) =>
      issuer === undefined ? undefined : unequal(input.identityProvider.entityId, issuer),
  },
  {
    code: 'response-in-response-to-unexpected',
    against: ({ response: { inResponseTo }, input }) =>
      input.request === 'unsolicited' && inResponseTo !== undefined ? { actual: inResponseTo } : undefined,
  },
  {
    code: 'response-in-response-to-mismatch',
    against: ({ response: { inResponseTo }, input: { request } }) =>
      typeof request === 'string' || inResponseTo === undefined
        ? undefined
        : unequal(request?.id, inResponseTo),
  },
  {
    code: 'status-not-success',
    against: ({ response: { status } }) =>
      status.code === statusCodes.success
        ? undefined
        : { expected: statusCodes.success, actual: statusText(status) },
  },
  {
    code: 'assertion-missing',
    against: ({ response }) => (assertionsIn(response) === 0 ? { expected: 'Assertion' } : undefined),
  },
  {
    code: 'assertion-not-single',
    against: ({ response }) =>
      assertionsIn(response) > 1 ? { expected: '1', actual: `${assertionsIn(response)}` } : undefined,
  },
];

/** Plain or encrypted: a second one of either kind is one that somebody else may read. */
function assertionsIn({ assertions, encryptedAssertions }: Response): number {
  return assertions.length + encryptedAssertions.length;
}

function statusText({ code, subCodes, message }: Response['status']): string {
  return [code, ...subCodes, ...(message === undefined ? [] : [message])].join(' ');
}
