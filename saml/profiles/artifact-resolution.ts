/**
 * Artifact resolution (saml-profiles 5): the side that received an artifact asks, the side that made it answers. Its messages are
 * the same for both roles, and so are these functions.
 */
export {
  acceptArtifactResolve,
  readArtifactResolve,
  type AcceptedArtifactResolve,
  type ReceivedArtifactResolve,
} from './accept-artifact-resolve.ts';
export { createArtifactResolve, type CreateArtifactResolveInput } from './create-artifact-resolve.ts';
export { createArtifactResponse, type CreateArtifactResponseInput } from './create-artifact-response.ts';
export { receiveArtifactResponse } from './receive-artifact-response.ts';
