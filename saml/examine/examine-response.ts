import { judgeResponse } from '../profiles/judge-response.ts';
import { type ExamineInput, type Examination, givenOf, uncheckedBut } from './expectations.ts';

/** Everything a sign-in checks, as far as it is expected; and a signature is always demanded. */
export function examineResponse(input: ExamineInput): Examination {
  const { message, certificates, idpEntityId, audience, acs, inResponseTo, now, skewMilliseconds } = input;
  const { decryptionKeys, allow } = input;
  const accepted = judgeResponse({
    message,
    identityProvider: {
      ...(idpEntityId === undefined ? {} : { entityId: idpEntityId }),
      certificates,
      ...(allow === undefined ? {} : { allow }),
    },
    serviceProvider: {
      ...(audience === undefined ? {} : { entityId: audience }),
      ...(acs === undefined ? {} : { assertionConsumerServiceUrl: acs }),
      ...(decryptionKeys === undefined ? {} : { decryptionKeys }),
    },
    ...(inResponseTo === undefined
      ? {}
      : { request: inResponseTo === null ? 'unsolicited' : { id: inResponseTo } }),
    now,
    skewMilliseconds,
  });
  const checked = givenOf(input);
  // With the switch `audience-optional` there may have been nothing to compare.
  if (accepted.audiences.length === 0) checked.delete('audience');
  return {
    type: 'Response',
    nameId: accepted.nameId,
    issuer: accepted.issuer,
    audiences: accepted.audiences,
    attributes: accepted.attributes,
    sessionIndex: accepted.sessionIndex ?? null,
    signed: accepted.signed,
    unchecked: uncheckedBut(checked),
  };
}
