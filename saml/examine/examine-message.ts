import { limits } from '../limits.ts';
import { reject } from '../rejection.ts';
import { readXml } from '../xml/reader.ts';
import { nameText } from '../xml/tree.ts';
import { examineAuthnRequest } from './examine-authn-request.ts';
import { examineLogoutRequest, examineLogoutResponse } from './examine-logout.ts';
import { examineMetadata } from './examine-metadata.ts';
import { examineResponse } from './examine-response.ts';
import type { ExamineInput, Examination } from './expectations.ts';
import { messageTypeOf } from './message-type.ts';

/**
 * Holds a message against what is known about it, for diagnosis: signatures as a sign-in verifies them, every rule that
 * needs no expectation, and the expectations that are given. What was not checked is named in `unchecked`, so an
 * acceptance is no sign-in: for that there is `acceptResponse`, which demands everything.
 *
 * @throws SamlRejection where the message is refused; RangeError where the skew is out of its bounds
 * @example
 * const { nameId, unchecked } = examineMessage({
 *   message: decodePost({ SAMLResponse }), certificates: readCertificates(pem), now: Date.now(), skewMilliseconds: 0,
 * });
 */
export function examineMessage(input: ExamineInput): Examination {
  const type = input.type ?? messageTypeOf(input.message.octets);
  switch (type) {
    case 'Response':
      return examineResponse(input);
    case 'AuthnRequest':
      return examineAuthnRequest(input);
    case 'LogoutRequest':
      return examineLogoutRequest(input);
    case 'LogoutResponse':
      return examineLogoutResponse(input);
    case 'Metadata':
      return examineMetadata(input);
    case undefined: {
      // What is wrong with the document itself is said first.
      const { root } = readXml(input.message.octets, limits.message);
      return reject('message-unexpected', { expected: 'a SAML message or metadata', actual: nameText(root) });
    }
  }
}
