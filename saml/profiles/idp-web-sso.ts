/**
 * The identity provider's half of web browser single sign-on (saml-profiles 4.1): accept a request, issue a response.
 * Both halves of this file's face are named here, so that its users know one place.
 */
export {
  acceptAuthnRequest,
  readAuthnRequest,
  type AcceptedAuthnRequest,
  type ReceivedAuthnRequest,
  type RelyingParty,
  type ReplyUrl,
} from './accept-authn-request.ts';
export {
  issueErrorResponse,
  issueResponse,
  type IssuedResponse,
  type IssueErrorInput,
  type IssueInput,
  type Signing,
} from './issue-response.ts';
