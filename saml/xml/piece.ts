import type { XmlElement, XmlInstruction } from './tree.ts';

/**
 * What a document that is too large for one tree is made of, in its order: a container opens, its children come one by one,
 * each whole and then forgotten, and it closes. `octets` are where a child stands in the text, in UTF-8.
 */
export type Piece =
  | { kind: 'open'; container: XmlElement }
  | { kind: 'close' }
  | { kind: 'child'; element: XmlElement; octets: { from: number; to: number } }
  | { kind: 'between'; node: string | XmlInstruction };
