import { Buffer } from 'node:buffer';
import { limits } from '../limits.ts';
import { reject } from '../rejection.ts';
import type { PeerKeys } from '../signature/algorithms.ts';
import { signatureName } from '../signature/locate.ts';
import type { MethodAndPrefixes } from '../signature/signed-info.ts';
import { verifyPieces } from '../signature/verify.ts';
import { CanonicalStream } from '../xml/canonical.ts';
import type { Piece } from '../xml/piece.ts';
import { readPieces } from '../xml/reader.ts';
import { textPieces } from '../xml/text-pieces.ts';
import { isNamed, nameText, type XmlElement } from '../xml/tree.ts';
import { entitiesName, type MetadataSignature } from './entity-descriptor.ts';

const pieceLength = 1024 * 1024;

/** Texts and instructions that stand in front of a signature are kept until it says how to write them. */
const mostInFront = 1_000;

/**
 * The canonical octets of an aggregate: where `trust` pins keys those that were signed, and nothing is answered unless they
 * were. Where it does not, they are the whole document, a signature included, in the form in which the others are.
 */
export function aggregateOctets(
  octets: Uint8Array,
  { trust }: { trust?: PeerKeys },
): { pieces: readonly Uint8Array[]; signature: MetadataSignature } {
  if (octets.length > limits.aggregate.octets) {
    reject('xml-too-large', { actual: `${octets.length} octets` });
  }
  // Tags are written out, and namespaces declared again where they are used: more than that is no one's metadata.
  const longest = 2 * octets.length + 64 * 1024;
  const stream = readPieces(textPieces([octets]), limits.metadata, isAggregate);
  const { root, between, first } = readStart(stream);
  const isSigned = first?.kind === 'child' && isNamed(first.element, signatureName);
  if (trust === undefined) {
    const pieces = canonicalPieces({ method: 'exclusive' }, root, [...between, first], stream, longest);
    return { pieces, signature: isSigned ? 'not-checked' : 'absent' };
  }
  const opened = { ...root, children: isSigned ? [first.element] : [] };
  const verified = verifyPieces(opened, trust, (how) => canonicalPieces(how, root, between, stream, longest));
  return { pieces: verified.value, signature: 'verified' };
}

/** EntitiesDescriptor in EntitiesDescriptor: each is taken apart, and what is in it is read one by one. */
export function isAggregate(element: XmlElement): boolean {
  return isNamed(element, entitiesName);
}

/** The root and what stands in front of its first child, which is where a signature has its place. */
function readStart(stream: Generator<Piece, void>): { root: XmlElement; between: Piece[]; first?: Piece } {
  const start = stream.next();
  if (start.done === true || start.value.kind !== 'open') {
    const actual = start.value?.kind === 'child' ? nameText(start.value.element) : 'nothing';
    reject('message-unexpected', { expected: entitiesName.local, actual });
  }
  const between: Piece[] = [];
  for (let next = stream.next(); next.done !== true; next = stream.next()) {
    if (next.value.kind !== 'between') return { root: start.value.container, between, first: next.value };
    if (between.push(next.value) > mostInFront) reject('xml-too-many-elements');
  }
  return { root: start.value.container, between };
}

/** Writes the root, what was read of it already, and what is still to come. */
function canonicalPieces(
  how: MethodAndPrefixes,
  root: XmlElement,
  read: readonly (Piece | undefined)[],
  stream: Generator<Piece, void>,
  longest: number,
): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const canonical = new CanonicalStream({ ...how, longest });
  let length = 0;
  const keep = (): void => {
    const piece = Buffer.from(canonical.take(), 'utf8');
    length += piece.length;
    if (length > longest) reject('xml-too-large', { actual: 'its canonical form' });
    pieces.push(piece);
  };
  const write = (piece: Piece): void => {
    if (piece.kind === 'open') canonical.open(piece.container);
    else if (piece.kind === 'close') canonical.close();
    else canonical.add(piece.kind === 'child' ? piece.element : piece.node);
    if (canonical.length > pieceLength) keep();
  };
  canonical.open(root);
  for (const piece of read) if (piece !== undefined) write(piece);
  for (const piece of stream) write(piece);
  keep();
  return pieces;
}
