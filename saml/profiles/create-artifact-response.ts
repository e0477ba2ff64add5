import { Buffer } from 'node:buffer';
import { writeSoapMessage } from '../bindings/soap.ts';
import { limits } from '../limits.ts';
import { writeArtifactResponse } from '../messages/artifact-response.ts';
import { requireNcName } from '../messages/message-id.ts';
import { statusCodes } from '../names.ts';
import type { Signing } from '../signature/algorithms.ts';
import { signElement } from '../signature/sign.ts';
import { readXml } from '../xml/reader.ts';
import { rebuild } from '../xml/rebuild.ts';
import { requireOutermostCode } from './outermost-code.ts';
import { requireAnsweredId } from './peer-id.ts';

/** What goes into the answer to an ArtifactResolve (saml-core 3.5.2). */
export type CreateArtifactResponseInput = {
  id: string;
  /** Epoch milliseconds. */
  now: number;
  issuer: string;
  /** The ID of the ArtifactResolve. */
  inResponseTo: string;
  /** The `xml` of a message that was issued here; undefined where nothing is found under the handle. */
  message?: string | undefined;
  /** Success unless given; a failure carries no message. */
  status?: { code: string; subCode?: string; message?: string };
  signing: Signing;
};

/**
 * Writes and signs the answer to an ArtifactResolve, around the message or around none (saml-profiles 5.4.2). Signatures in
 * the message stay what they are. The caller answers `soap` with `soapHeaders['content-type']`.
 *
 * @throws SamlRejection `id-not-ncname`, `value-malformed`, `xml-character`, `signature-key-type`, `signature-algorithm`,
 * `signature-key-weak`; TypeError where the message was not written here
 * @example const { soap } = await createArtifactResponse({ id: newMessageId(), now, issuer, inResponseTo: requestId, message: xml, signing });
 */
export async function createArtifactResponse(input: CreateArtifactResponseInput): Promise<{ soap: string }> {
  requireNcName(input.id);
  requireAnsweredId(input.inResponseTo);
  const { message, status = { code: statusCodes.success } } = input;
  requireOutermostCode(status.code);
  const response = writeArtifactResponse({
    id: input.id,
    issueInstant: input.now,
    issuer: input.issuer,
    inResponseTo: input.inResponseTo,
    status,
    ...(message === undefined || status.code !== statusCodes.success
      ? {}
      : { message: rebuild(readXml(Buffer.from(message, 'utf8'), limits.message).root) }),
  });
  return { soap: writeSoapMessage(await signElement(response, input.signing)) };
}
