/**
 * The SAML 2.0 engine. Octets, keys and a clock go in; a value comes out, or a SamlRejection is thrown.
 * It opens no connection, reads no file and keeps nothing.
 */

// Refusals
export { SamlRejection } from './rejection.ts';
export { rules, type Rule, type RuleCode } from './rules.ts';

// Words and keys
export {
  authnContexts,
  bindings,
  nameIdFormats,
  namespaces,
  newMessageId,
  signatureAlgorithms,
  type SignatureAlgorithmName,
  statusCodes,
} from './names.ts';
export { certificatePeriod, readCertificates } from './certificates.ts';
export { type CompatibilitySwitch, compatibilitySwitches } from './compatibility.ts';
export type { Encryption } from './encryption/encrypt.ts';

// Bindings: octets from and to a browser
export type { ReceivedMessage, RedirectSignature } from './bindings/received-message.ts';
export { decodeRedirect, encodeRedirect, type EncodeRedirectInput } from './bindings/http-redirect.ts';
export { decodePost, encodePost } from './bindings/http-post.ts';

// Identity provider: accept a request, issue a response
export type { Comparison, RequestedAuthnContext } from './messages/requested-authn-context.ts';
export type { IdpEntry, IdpList, Scoping } from './messages/scoping.ts';
export {
  acceptAuthnRequest,
  chooseAuthnContext,
  chooseNameId,
  issueErrorResponse,
  issueResponse,
  judgeScoping,
  meetsRequestedContext,
  readAuthnRequest,
  scopingToPassOn,
  type AcceptedAuthnRequest,
  type AuthnContextOrder,
  type AuthnContextWish,
  type Honours,
  type IssuedResponse,
  type IssueErrorInput,
  type IssueInput,
  type NameIdChoice,
  type NameIdOffer,
  type NameIdWish,
  type ReceivedAuthnRequest,
  type RelyingParty,
  type ReplyUrl,
  type RequestEndpoint,
  type ScopedIdentityProvider,
  type ScopingAnswer,
  type Signing,
} from './profiles/idp-web-sso.ts';

// Service provider: make a request, accept a response
export type { ForeignElement } from './messages/foreign-element.ts';
export {
  acceptResponse,
  createAuthnRequest,
  createPostedAuthnRequest,
  type AcceptedResponse,
  type AcceptResponseInput,
  type CreateAuthnRequestInput,
  type PostedAuthnRequest,
} from './profiles/sp-web-sso.ts';

// Single logout, at either side
export {
  acceptLogoutRequest,
  acceptLogoutResponse,
  createLogoutRequest,
  createLogoutResponse,
  matchesSession,
  nextLogoutStep,
  readLogoutRequest,
  readLogoutResponse,
  recordInitiatorAnswered,
  recordLogoutAnswer,
  recordLogoutFailure,
  recordLogoutRequest,
  recordOwnLogout,
  startLogout,
  type AcceptedLogoutRequest,
  type AcceptedLogoutResponse,
  type CreateLogoutRequestInput,
  type CreateLogoutResponseInput,
  type FormFields,
  type Logout,
  type LogoutEndpoint,
  type LogoutInitiator,
  type LogoutOutcome,
  type LogoutParticipant,
  type LogoutProgress,
  type LogoutStep,
  type Peer,
  type ReceivedLogoutRequest,
  type ReceivedLogoutResponse,
  type SentMessage,
  type Session,
} from './profiles/single-logout.ts';

// Artifacts, at either side: a message is fetched, not brought
export {
  artifactSourceId,
  decodeArtifactForm,
  decodeArtifactQuery,
  encodeArtifactUrl,
  type ReceivedArtifact,
  writeArtifact,
  type WriteArtifactInput,
} from './bindings/http-artifact.ts';
export { soapHeaders, writeSoapFault } from './bindings/soap.ts';
export {
  acceptArtifactResolve,
  createArtifactResolve,
  createArtifactResponse,
  readArtifactResolve,
  receiveArtifactResponse,
  type AcceptedArtifactResolve,
  type CreateArtifactResolveInput,
  type CreateArtifactResponseInput,
  type ReceivedArtifactResolve,
} from './profiles/artifact-resolution.ts';

// Metadata of either side
export { readAggregate, type AggregateEntity, type MetadataAggregate } from './metadata/aggregate.ts';
export type { ContactPerson } from './metadata/contact-person.ts';
export type { Endpoint, IndexedEndpoint } from './metadata/endpoint.ts';
export type { EncryptionKey } from './metadata/key-descriptor.ts';
export type { Organization } from './metadata/organization.ts';
export type { Validity } from './metadata/validity.ts';
export type {
  MetadataSignature,
  PinnedOptions,
  ReadMetadataOptions,
  VerifiedMetadata,
} from './metadata/entity-descriptor.ts';
export {
  readIdpMetadata,
  writeIdpMetadata,
  type IdpMetadata,
  type WriteIdpMetadataInput,
} from './metadata/idp-metadata.ts';
export {
  readSpMetadata,
  writeSpMetadata,
  type SpMetadata,
  type WriteSpMetadataInput,
} from './metadata/sp-metadata.ts';
