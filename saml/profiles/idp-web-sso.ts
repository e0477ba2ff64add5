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
  type RequestEndpoint,
} from './accept-authn-request.ts';
export type { Honours } from './authn-request-checks.ts';
export type { ReplyUrl } from './choose-reply-url.ts';
export {
  type AuthnContextOrder,
  type AuthnContextWish,
  chooseAuthnContext,
  meetsRequestedContext,
} from './authn-context.ts';
export { chooseNameId, type NameIdChoice, type NameIdOffer, type NameIdWish } from './choose-name-id.ts';
export {
  judgeScoping,
  type ScopedIdentityProvider,
  type ScopingAnswer,
  scopingToPassOn,
} from './judge-scoping.ts';
export {
  issueErrorResponse,
  issueResponse,
  type IssuedResponse,
  type IssueErrorInput,
  type IssueInput,
  type Signing,
} from './issue-response.ts';
