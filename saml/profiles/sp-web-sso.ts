/**
 * The service provider's half of web browser single sign-on (saml-profiles 4.1): make a request, accept a response.
 * Both halves of this file's face are named here, so that its users know one place.
 */
export { acceptResponse, type AcceptResponseInput } from './accept-response.ts';
export type { AcceptedResponse } from './judge-response.ts';
export {
  createAuthnRequest,
  type CreateAuthnRequestInput,
  createPostedAuthnRequest,
  type PostedAuthnRequest,
} from './create-authn-request.ts';
