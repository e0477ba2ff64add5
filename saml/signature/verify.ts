import { Buffer } from 'node:buffer';
import { createHash, hash } from 'node:crypto';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { type Limits, limits } from '../limits.ts';
import { reject } from '../rejection.ts';
import { type Canonicalization, canonicalize } from '../xml/canonical.ts';
import { isNcName } from '../xml/characters.ts';
import { readXml } from '../xml/reader.ts';
import type { XmlDocument, XmlElement } from '../xml/tree.ts';
import { checkSignature, type PeerKeys } from './algorithms.ts';
import { locateSignatures } from './locate.ts';
import { type MethodAndPrefixes, readSignature, readSignedInfo, type SignedInfo } from './signed-info.ts';

/**
 * Data that a configured key vouches for. Outside this file one is made only by `read`, out of another one: a function
 * that asks for a `Verified<T>` cannot be called with what was merely received.
 */
class VerifiedData<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  /** What can be read out of verified data, and out of nothing else, is verified. */
  read<U>(reader: (value: T) => U): VerifiedData<U> {
    return new VerifiedData(reader(this.#value));
  }
}

export type Verified<T> = VerifiedData<T>;

/** Whom to believe. `limits` are those of the kind of document, `limits.message` unless given. */
export type Trust = PeerKeys & { readonly limits?: Limits };

/**
 * Verifies the signature that stands in `owner`, an element of the document, and returns the element as it was signed:
 * read again from the very octets whose digest matched, without the signature itself (saml-core 5.4). Refuses, and
 * never answers no.
 *
 * @example const assertion = verifySignature(document, assertionElement, { certificates }).read(readAssertion);
 */
export function verifySignature(
  document: XmlDocument,
  owner: XmlElement,
  trust: Trust,
): Verified<XmlElement> {
  const signature = locateSignatures(document.root, trust).get(owner);
  if (signature === undefined) reject('signature-missing');
  return verifyLocated({ document, owner, signature }, trust);
}

/**
 * Verifies every signature of a document and returns the elements that were signed by those they stand in. Refuses the
 * whole where one does not verify.
 */
export function verifySignatures(document: XmlDocument, trust: Trust): Map<XmlElement, Verified<XmlElement>> {
  const verified = new Map<XmlElement, Verified<XmlElement>>();
  for (const [owner, signature] of locateSignatures(document.root, trust)) {
    verified.set(owner, verifyLocated({ document, owner, signature }, trust));
  }
  return verified;
}

/** A signature at its slot in an element of a document. */
type Located = { document: XmlDocument; owner: XmlElement; signature: XmlElement };

function verifyLocated(located: Located, trust: Trust): Verified<XmlElement> {
  const { document, owner, signature } = located;
  const signed = verifySignedInfo(located, trust);
  const kind = trust.limits ?? limits.message;
  const octets = octetsOf(document, owner, { ...signed.transform, without: signature, longest: kind.octets });
  checkDigest(signed, [octets]);
  return new VerifiedData(readXml(octets, kind).root);
}

/**
 * Verifies the signature of a document that is too large for one tree and returns its octets as they were signed, in
 * pieces. `root` is its root with nothing in it but the signature; `canonical` writes the rest without it, and is asked only
 * when a key of the peer has signed for it.
 */
export function verifyPieces(
  root: XmlElement,
  trust: PeerKeys,
  canonical: (transform: MethodAndPrefixes) => readonly Uint8Array[],
): Verified<readonly Uint8Array[]> {
  const signature = locateSignatures(root, trust).get(root);
  if (signature === undefined) reject('signature-missing');
  const signed = verifySignedInfo({ document: { root }, owner: root, signature }, trust);
  const octets = canonical(signed.transform);
  checkDigest(signed, octets);
  return new VerifiedData(octets);
}

/** What a SignedInfo says that one of the peer's keys signed, about the element it stands in. */
function verifySignedInfo({ document, owner, signature }: Located, trust: Trust): SignedInfo {
  const parts = readSignature(signature);

  // This reading only says how to canonicalize and verify; what the signature vouches for is read from its octets.
  const claimed = readSignedInfo(parts.signedInfo, trust.allow);
  checkReference(claimed, owner, trust.allow);
  const infoOctets = octetsOf(document, parts.signedInfo, {
    ...claimed.canonicalization,
    longest: limits.message.octets,
  });
  checkSignature(claimed.signatureUri, infoOctets, parts.signatureValue, trust);

  const signed = readSignedInfo(readXml(infoOctets, limits.message).root, trust.allow);
  checkReference(signed, owner, trust.allow);
  return signed;
}

/** The digest of nothing must never count, whatever canonicalization may come to. */
function checkDigest({ digestHash, digest }: SignedInfo, pieces: readonly Uint8Array[]): void {
  if (pieces[0]?.[0] !== 0x3c) throw new Error('Canonicalization came to nothing.');
  const [whole, more] = pieces;
  const found =
    whole !== undefined && more === undefined
      ? hash(digestHash, whole, 'buffer')
      : hashOf(digestHash, pieces);
  if (Buffer.compare(found, digest) !== 0) reject('signature-digest');
}

function hashOf(name: string, pieces: readonly Uint8Array[]): Buffer {
  const hasher = createHash(name);
  for (const piece of pieces) hasher.update(piece);
  return hasher.digest();
}

/**
 * Verifies the signature of a redirect (saml-bindings 3.4.4.1). `read` is handed the signed octets of the query and
 * decodes the message from them, so that no other octets can be used.
 */
export function verifyRedirectSignature<T>(
  received: { algorithm: string; signature: Uint8Array; signedOctets: Uint8Array },
  trust: PeerKeys,
  read: (signedOctets: Uint8Array) => T,
): Verified<T> {
  checkSignature(received.algorithm, received.signedOctets, received.signature, trust);
  return new VerifiedData(read(received.signedOctets));
}

/** The one reference is `#` and the ID of the element itself: no empty URI, no XPointer, no other element. */
function checkReference(
  info: SignedInfo,
  owner: XmlElement,
  allow: readonly CompatibilitySwitch[] | undefined,
): void {
  const id = owner.attributes.find(({ namespace, local }) => namespace === '' && local === 'ID')?.value;
  const acceptable =
    id !== undefined && id !== '' && (isNcName(id) || (allow ?? []).includes('id-not-ncname'));
  if (!acceptable || info.referenceUri !== `#${id}`) {
    reject('signature-reference', { expected: `#${id ?? ''}`, actual: info.referenceUri });
  }
}

/** Nothing must never be signed for, whatever canonicalization may come to. */
function octetsOf(document: XmlDocument, element: XmlElement, how: Canonicalization): Uint8Array {
  // Only the inclusive methods look at what is around.
  const ancestors = how.method === 'exclusive' ? [] : ancestorsOf(document.root, element);
  const text = canonicalize(element, { ...how, ancestors });
  if (!text.startsWith('<')) throw new Error('Canonicalization came to nothing.');
  return Buffer.from(text, 'utf8');
}

/** The elements around `element`, outermost first. */
function ancestorsOf(root: XmlElement, element: XmlElement): XmlElement[] {
  const path: XmlElement[] = [];
  const waiting: { at: XmlElement; depth: number }[] = [{ at: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    path.length = next.depth;
    if (next.at === element) return path;
    path.push(next.at);
    for (const child of next.at.children) {
      if (typeof child !== 'string' && child.kind === 'element')
        waiting.push({ at: child, depth: next.depth + 1 });
    }
  }
  throw new Error('The element is not in the document.');
}
