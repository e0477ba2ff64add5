import type { X509Certificate } from 'node:crypto';
import { decodeSignedQuery } from '../bindings/http-redirect.ts';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { limits } from '../limits.ts';
import { reject } from '../rejection.ts';
import { locateSignatures } from '../signature/locate.ts';
import { verifyRedirectSignature, verifySignature, verifySignatures } from '../signature/verify.ts';
import { readXml } from '../xml/reader.ts';
import { isNamed, nameText, type XmlDocument, type XmlElement, type XmlName } from '../xml/tree.ts';
import { findArtifactMessage, openArtifact } from './open-artifact.ts';

/** What stands in the message, and whether it is signed where its binding puts the signature. Trusted for nothing. */
export type ReadMessage = { document: XmlDocument; root: XmlElement; isSigned: boolean };

/** Whether a peer must sign, with which keys, and what it is allowed by name. */
export type SignaturePolicy = {
  readonly required: boolean;
  readonly certificates: readonly X509Certificate[];
  readonly allow?: readonly CompatibilitySwitch[];
  /** Who may answer an artifact. */
  readonly issuers: readonly string[];
};

/** Where the signature was checked, everything here comes from the octets it covers. */
export type ReceivedRoot = {
  root: XmlElement;
  relayState?: string;
  signature: 'verified' | 'not-checked' | 'absent';
};

/**
 * Reads a message that is no Response as far as its root, for finding out who sent it.
 *
 * A signature counts only where its binding puts it: in the query for Redirect (saml-bindings 3.4.4.1), in the message
 * for POST, there or around it for Artifact. One that stands in the message of a Redirect query counts as none.
 *
 * @throws SamlRejection
 */
export function readMessage(
  message: ReceivedMessage,
  expected: { parameter: ReceivedMessage['parameter']; root: XmlName },
): ReadMessage {
  if (message.parameter !== expected.parameter) {
    reject('message-unexpected', { expected: expected.parameter, actual: message.parameter });
  }
  const document = readXml(message.octets, limits.message);
  if (message.binding === 'artifact') {
    const { answer, root } = findArtifactMessage(document);
    requireName(root, expected.root);
    const signatures = locateSignatures(document.root, {});
    return { document, root, isSigned: signatures.has(answer) || signatures.has(root) };
  }
  const { root } = document;
  requireName(root, expected.root);
  const isSignedInside = locateSignatures(root, {}).has(root);
  return {
    document,
    root,
    isSigned: message.binding === 'redirect' ? message.redirectSignature !== undefined : isSignedInside,
  };
}

/**
 * Verifies the signature of a message that is no Response, where the peer's policy asks for it. A signature that nobody
 * asked for gives no trust and takes none away; but an artifact is resolved by the one who made it, or not at all.
 *
 * @param missing the code that refuses an unsigned message where a signature is required
 * @throws SamlRejection
 */
export function verifyMessage(
  message: ReceivedMessage,
  expected: { parameter: ReceivedMessage['parameter']; root: XmlName },
  policy: SignaturePolicy,
  missing: 'request-not-signed' | 'logout-not-signed',
): ReceivedRoot {
  const { document, root: unverified, isSigned } = readMessage(message, expected);
  const asReceived = message.relayState === undefined ? {} : { relayState: message.relayState };
  if (message.binding === 'artifact') {
    const { allow = [], issuers } = policy;
    const opened = openArtifact(document, verifySignatures(document, policy), { message, issuers, allow });
    if (opened.vouched !== undefined) {
      return { root: opened.vouched.value, ...asReceived, signature: 'verified' };
    }
  }
  if (!isSigned) {
    if (policy.required) reject(missing, { expected: 'a signature' });
    return { root: unverified, ...asReceived, signature: 'absent' };
  }
  if (!policy.required && policy.certificates.length === 0) {
    return { root: unverified, ...asReceived, signature: 'not-checked' };
  }
  if (message.redirectSignature !== undefined) {
    const signed = verifyRedirectSignature(message.redirectSignature, policy, decodeSignedQuery).value;
    return {
      root: requireName(readXml(signed.octets, limits.message).root, expected.root),
      ...(signed.relayState === undefined ? {} : { relayState: signed.relayState }),
      signature: 'verified',
    };
  }
  const root = verifySignature(document, document.root, policy).value;
  return { root, ...asReceived, signature: 'verified' };
}

function requireName(root: XmlElement, expected: XmlName): XmlElement {
  if (!isNamed(root, expected)) {
    reject('message-unexpected', { expected: nameText(expected), actual: nameText(root) });
  }
  return root;
}
