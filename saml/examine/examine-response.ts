import { type AcceptedResponse, judgeResponse } from '../profiles/judge-response.ts';
import { SamlRejection } from '../rejection.ts';
import { type ExamineInput, type Examination, givenOf, noFailures, uncheckedBut } from './expectations.ts';

/** Everything a sign-in checks, as far as it is expected; and a signature is always demanded. */
export function examineResponse(input: ExamineInput): Examination {
  const accepted = judge(input);
  const checked = givenOf(input);
  // With the switch `audience-optional` there may have been nothing to compare.
  if (accepted.audiences.length === 0) checked.delete('audience');
  if (!wasAddressCompared(input, accepted)) checked.delete('acs');
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

function judge(input: ExamineInput): AcceptedResponse {
  const { message, certificates, idpEntityId, audience, acs, inResponseTo, now, skewMilliseconds } = input;
  const { decryptionKeys, allow } = input;
  return judgeResponse({
    message,
    identityProvider: {
      ...(idpEntityId === undefined ? {} : { entityId: idpEntityId }),
      certificates,
      ...noFailures,
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
}

/**
 * With the switch `recipient-optional` there may have been nothing signed to compare. Where another judgement would be the
 * same, nothing was: without the switch a Recipient is demanded, and another address differs from a signed Destination.
 */
function wasAddressCompared(input: ExamineInput, { signed }: AcceptedResponse): boolean {
  const { acs, allow = [] } = input;
  if (acs === undefined || !allow.includes('recipient-optional')) return true;
  const strictly = { ...input, allow: allow.filter((each) => each !== 'recipient-optional') };
  const elsewhere = { ...input, acs: `${acs}#` };
  return isAccepted(strictly) || (signed !== 'assertion' && !isAccepted(elsewhere));
}

function isAccepted(input: ExamineInput): boolean {
  try {
    judge(input);
    return true;
  } catch (error) {
    if (error instanceof SamlRejection) return false;
    throw error;
  }
}
