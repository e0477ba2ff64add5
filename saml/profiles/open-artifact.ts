import type { ReceivedMessage } from '../bindings/received-message.ts';
import { readSoapMessage } from '../bindings/soap.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { type ArtifactResponse, readArtifactResponseElement } from '../messages/artifact-response.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import type { Verified } from '../signature/verify.ts';
import { isNamed, nameText, type XmlDocument, type XmlElement } from '../xml/tree.ts';
import { artifactChecks } from './artifact-checks.ts';
import { runChecks } from './check.ts';
import { requireText } from '../require-input.ts';

const artifactResponse = { namespace: namespaces.protocol, local: 'ArtifactResponse' } as const;

/** The ArtifactResponse in the SOAP envelope that was received. */
function artifactResponseIn(document: XmlDocument): XmlElement {
  const answer = readSoapMessage(document.root);
  if (!isNamed(answer, artifactResponse)) {
    reject('message-unexpected', { expected: nameText(artifactResponse), actual: nameText(answer) });
  }
  return answer;
}

/** The message that an artifact stood for, and the answer around it. Trusted for nothing: good for finding out whose it is. */
export function findArtifactMessage(document: XmlDocument): { answer: XmlElement; root: XmlElement } {
  const answer = artifactResponseIn(document);
  return { answer, root: messageOf(readArtifactResponseElement(answer)) };
}

/** The message as received, and from octets that a signature covers, its own or that of the answer around it. */
export type OpenedArtifact = { root: XmlElement; vouched: Verified<XmlElement> | undefined };

/**
 * Judges the answer to an artifact and takes the message out of it (saml-profiles 5.4.2).
 *
 * The answer must be signed by the one whose artifact it is; only a peer with the switch may leave that to TLS, and then the
 * message is worth what its own signature is.
 *
 * @param verified every element of the document that is signed: none of its signatures is passed over
 * @param expected.issuers who may have answered; absent where that is not checked
 */
export function openArtifact(
  document: XmlDocument,
  verified: ReadonlyMap<XmlElement, Verified<XmlElement>>,
  expected: {
    message: ReceivedMessage;
    issuers: readonly string[] | undefined;
    allow: readonly CompatibilitySwitch[];
  },
): OpenedArtifact {
  const { resolution } = expected.message;
  if (resolution === undefined) throw new TypeError('A message by artifact says what it was resolved with.');
  requireText('resolution.sourceId', resolution.sourceId);
  requireText('resolution.requestId', resolution.requestId);
  const element = artifactResponseIn(document);
  const signed = verified.get(element)?.read(readArtifactResponseElement);
  if (signed === undefined && !expected.allow.includes('unsigned-artifact')) {
    reject('artifact-not-signed', { expected: 'a signed ArtifactResponse' });
  }
  const received = readArtifactResponseElement(element);
  const answer = signed?.value ?? received;
  const { issuers } = expected;
  const issuer = answer.issuer ?? reject('artifact-issuer-missing', { expected: issuers?.join(' ') });
  runChecks(artifactChecks, { answer, issuer, ...resolution, issuers });
  const root = messageOf(received);
  return { root, vouched: verified.get(root) ?? signed?.read(messageOf) };
}

function messageOf({ message }: ArtifactResponse): XmlElement {
  return message ?? reject('artifact-unknown', { expected: 'a message' });
}
