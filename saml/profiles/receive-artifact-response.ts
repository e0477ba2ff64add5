import type { ReceivedArtifact } from '../bindings/http-artifact.ts';
import type { ReceivedMessage } from '../bindings/received-message.ts';

/**
 * Makes the answer to an ArtifactResolve a message like any other, for `acceptResponse`, `readAuthnRequest` and their like:
 * they judge the envelope, the answer and the message in it (saml-profiles 5.3). Nothing is read yet, and nothing trusted.
 *
 * @param octets the body of the HTTP answer
 * @param resolved.artifact the artifact as it was received
 * @param resolved.requestId the ID of the ArtifactResolve
 * @param resolved.parameter what the artifact stands for, which the endpoint it came to knows: a response or a request
 * @example
 * const message = receiveArtifactResponse(octets, { artifact, requestId, parameter: 'SAMLResponse' });
 * const { nameId } = acceptResponse({ message, identityProvider, serviceProvider, request, now, skewMilliseconds });
 */
export function receiveArtifactResponse(
  octets: Uint8Array,
  resolved: { artifact: ReceivedArtifact; requestId: string; parameter: ReceivedMessage['parameter'] },
): ReceivedMessage {
  const { artifact, requestId, parameter } = resolved;
  const { sourceId, relayState } = artifact;
  return {
    binding: 'artifact',
    parameter,
    octets,
    ...(relayState === undefined ? {} : { relayState }),
    resolution: { sourceId, requestId },
  };
}
