import { readArtifact } from '../bindings/http-artifact.ts';
import { writeSoapMessage } from '../bindings/soap.ts';
import { writeArtifactResolve } from '../messages/artifact-resolve.ts';
import { requireNcName } from '../messages/message-id.ts';
import type { Signing } from '../signature/algorithms.ts';
import { signElement } from '../signature/sign.ts';

/** What goes into a request to resolve an artifact (saml-core 3.5.1). */
export type CreateArtifactResolveInput = {
  id: string;
  /** Epoch milliseconds. */
  now: number;
  issuer: string;
  /** The artifact resolution service of the artifact's maker that has the artifact's `endpointIndex`. */
  destination: string;
  /** As it was received. */
  artifact: string;
  signing: Signing;
};

/**
 * Writes and signs a request to resolve an artifact (saml-profiles 5.4.1). The caller posts `soap` to the destination over
 * TLS, with `soapHeaders`, and hands the body of the answer to `receiveArtifactResponse`.
 *
 * @throws SamlRejection `id-not-ncname`, `artifact-malformed`, `base64-malformed`, `value-malformed`, `xml-character`, `signature-key-type`, `signature-algorithm`,
 * `signature-key-weak`
 * @example
 * const { artifact, sourceId, endpointIndex } = decodeArtifactQuery(rawQuery);
 * const { soap } = await createArtifactResolve({ id, now, issuer, destination, artifact, signing: { key, algorithm: 'rsa-sha256' } });
 */
export async function createArtifactResolve(input: CreateArtifactResolveInput): Promise<{ soap: string }> {
  requireNcName(input.id);
  readArtifact(input.artifact);
  const resolve = writeArtifactResolve({ ...input, issueInstant: input.now });
  return { soap: writeSoapMessage(await signElement(resolve, input.signing)) };
}
