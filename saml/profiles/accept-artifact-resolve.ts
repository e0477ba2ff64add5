import { artifactSourceId, readArtifact } from '../bindings/http-artifact.ts';
import { readSoapMessage } from '../bindings/soap.ts';
import { limits } from '../limits.ts';
import { type ArtifactResolve, readArtifactResolveElement } from '../messages/artifact-resolve.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { locateSignatures } from '../signature/locate.ts';
import { verifySignature } from '../signature/verify.ts';
import { readXml } from '../xml/reader.ts';
import { isNamed, nameText, type XmlDocument, type XmlElement } from '../xml/tree.ts';
import { unequal } from './check.ts';
import { type Peer, requireIssuer, requirePeerAt } from './peer.ts';
import { requirePeerId } from './peer-id.ts';
import { requireText } from '../require-input.ts';

/** A request to resolve an artifact that rests on nobody's signature yet: good for finding the peer, for no decision. */
export type ReceivedArtifactResolve = { unverified: { id: string; issuer?: string }; octets: Uint8Array };

/** Whom the message under the handle may be given to, once, and only if it was made for that issuer. */
export type AcceptedArtifactResolve = {
  requestId: string;
  issuer: string;
  /** Twenty octets in hexadecimal. */
  messageHandle: string;
  endpointIndex: number;
  signature: 'verified' | 'absent';
};

const artifactResolve = { namespace: namespaces.protocol, local: 'ArtifactResolve' } as const;

/**
 * Reads a request to resolve an artifact far enough to know who sends it.
 *
 * @param octets the body of the HTTP request: a SOAP envelope
 * @throws SamlRejection
 * @example const { unverified } = readArtifactResolve(body);
 */
export function readArtifactResolve(octets: Uint8Array): ReceivedArtifactResolve {
  const { id, issuer } = readArtifactResolveElement(resolveIn(readXml(octets, limits.message)));
  return { unverified: { id, ...(issuer === undefined ? {} : { issuer }) }, octets };
}

function resolveIn(document: XmlDocument): XmlElement {
  const resolve = readSoapMessage(document.root);
  if (!isNamed(resolve, artifactResolve)) {
    reject('message-unexpected', { expected: nameText(artifactResolve), actual: nameText(resolve) });
  }
  return resolve;
}

/**
 * Decides whether an artifact may be resolved for the peer that asks (saml-core 3.5.3, saml-profiles 5.4.1).
 *
 * The caller takes the message under `messageHandle` out of its store, so that it is given out once, and gives it only to the
 * `issuer` it was made for; where there is none, the answer carries no message and says nothing else (saml-core 3.5.3).
 *
 * @param at.entityId who is asked: the artifact must be of its making
 * @param at.endpointUrls all the addresses of the artifact resolution service: a Destination must be one of them
 * @throws SamlRejection
 * @example
 * const received = readArtifactResolve(octets);
 * const peer = await findByEntityId(received.unverified.issuer);
 * const { requestId, issuer, messageHandle } = acceptArtifactResolve(received, peer, { entityId, endpointUrls: [resolutionUrl] });
 * const { soap } = await createArtifactResponse({ id, now, issuer: entityId, inResponseTo: requestId, message: await take(messageHandle, issuer), signing });
 */
export function acceptArtifactResolve(
  { octets }: ReceivedArtifactResolve,
  peer: Peer,
  at: { entityId: string; endpointUrls: readonly string[] },
): AcceptedArtifactResolve {
  requirePeerAt(peer, at);
  requireText('entityId', at.entityId);
  const { resolve, signature } = verifyResolve(octets, peer);
  requirePeerId(resolve.id, peer.allow);
  const codes = { missing: 'artifact-issuer-missing', mismatch: 'artifact-issuer-mismatch' } as const;
  const issuer = requireIssuer(resolve, peer, codes);
  const { destination } = resolve;
  if (destination !== undefined && !at.endpointUrls.includes(destination)) {
    reject('artifact-destination-mismatch', { expected: at.endpointUrls.join(' '), actual: destination });
  }
  const { sourceId, messageHandle, endpointIndex } = readArtifact(resolve.artifact);
  const foreign = unequal(artifactSourceId(at.entityId), sourceId);
  if (foreign !== undefined) reject('artifact-source-mismatch', foreign);
  return { requestId: resolve.id, issuer, messageHandle, endpointIndex, signature };
}

function verifyResolve(
  octets: Uint8Array,
  { certificates, allow = [] }: Peer,
): { resolve: ArtifactResolve; signature: AcceptedArtifactResolve['signature'] } {
  const document = readXml(octets, limits.message);
  const element = resolveIn(document);
  if (locateSignatures(document.root).has(element)) {
    const verified = verifySignature(document, element, { certificates, allow });
    return { resolve: verified.read(readArtifactResolveElement).value, signature: 'verified' };
  }
  if (!allow.includes('unsigned-artifact')) {
    reject('artifact-not-signed', { expected: 'a signed ArtifactResolve' });
  }
  return { resolve: readArtifactResolveElement(element), signature: 'absent' };
}
