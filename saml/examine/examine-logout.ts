import { limits } from '../limits.ts';
import { acceptLogoutRequest, readLogoutRequest } from '../profiles/accept-logout-request.ts';
import { acceptLogoutResponse, readLogoutResponse } from '../profiles/accept-logout-response.ts';
import type { Peer } from '../profiles/peer.ts';
import { reject } from '../rejection.ts';
import { readXml } from '../xml/reader.ts';
import { attributeOf } from './description.ts';
import {
  allowedIn,
  type ExamineInput,
  type Examination,
  type Expectation,
  givenOf,
  noFailures,
  uncheckedBut,
} from './expectations.ts';

/** Everything either side checks of a request to end sessions; which sessions there are is not known here. */
export function examineLogoutRequest(input: ExamineInput): Examination {
  const { message, now, skewMilliseconds, decryptionKeys = [] } = input;
  const received = readLogoutRequest(message);
  const { destination, endpointUrls } = arrival(input);
  const at = { endpointUrls, now, skewMilliseconds, decryptionKeys };
  const accepted = acceptLogoutRequest(received, peerOf(input, received.unverified.issuer), at);
  return {
    type: 'LogoutRequest',
    nameId: accepted.nameId,
    issuer: accepted.issuer,
    sessionIndex: accepted.sessionIndexes[0] ?? null,
    signed: signedBy(input, accepted.signature),
    unchecked: uncheckedBut(checkedOf(input, accepted, destination, input.inResponseTo === null)),
  };
}

/** Everything either side checks of an answer. One that answers nothing, or an unknown request, is never accepted. */
export function examineLogoutResponse(input: ExamineInput): Examination {
  const { message, inResponseTo } = input;
  const received = readLogoutResponse(message);
  const { destination, endpointUrls } = arrival(input);
  const accepted = acceptLogoutResponse(received, peerOf(input, received.unverified.issuer), {
    endpointUrls,
    request: 'resolved-by-caller',
  });
  // Where no request may be answered, every answer is to another one.
  if (inResponseTo !== undefined && accepted.inResponseTo !== inResponseTo) {
    reject('logout-in-response-to-mismatch', {
      expected: inResponseTo ?? 'no request',
      actual: accepted.inResponseTo,
    });
  }
  return {
    type: 'LogoutResponse',
    issuer: accepted.issuer,
    outcome: accepted.outcome,
    signed: signedBy(input, accepted.signature),
    unchecked: uncheckedBut(checkedOf(input, accepted, destination, inResponseTo !== undefined)),
  };
}

/** Either side may have sent it, so each of the two that is given may be the issuer. */
function peerOf(input: ExamineInput, issuer: string | undefined): Peer {
  const known = [input.idpEntityId, input.audience].filter((entityId) => entityId !== undefined);
  const entityIds = known.length > 0 ? known : issuer === undefined ? [] : [issuer];
  return {
    entityIds,
    certificates: input.certificates,
    allow: allowedIn(input),
    ...noFailures,
  };
}

/** Where no address is expected, the one the message names is. */
function arrival({ acs, message }: ExamineInput): {
  destination: string | undefined;
  endpointUrls: string[];
} {
  const destination = attributeOf(readXml(message.octets, limits.message).root, 'Destination');
  return { destination, endpointUrls: [acs ?? destination ?? ''] };
}

type Signature = 'verified' | 'not-checked' | 'absent';

function signedBy({ message }: ExamineInput, signature: Signature): Examination['signed'] {
  if (signature !== 'verified') return null;
  return message.binding === 'redirect' ? 'query' : 'message';
}

/** The issuer is one side; what was given of the other was held against nothing. */
function checkedOf(
  input: ExamineInput,
  { signature, issuer }: { signature: Signature; issuer: string },
  destination: string | undefined,
  isAnswerChecked: boolean,
): Set<Expectation> {
  const checked = givenOf(input);
  if (signature !== 'verified') checked.delete('certificates');
  if (input.idpEntityId !== issuer) checked.delete('idpEntityId');
  if (input.audience !== issuer) checked.delete('audience');
  if (destination === undefined) checked.delete('acs');
  if (!isAnswerChecked) checked.delete('inResponseTo');
  return checked;
}
