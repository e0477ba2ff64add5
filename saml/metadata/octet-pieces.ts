import { Buffer } from 'node:buffer';

/** Octets in several pieces, of which stretches are taken. */
export class OctetPieces {
  readonly #pieces: readonly { octets: Uint8Array; from: number }[];

  constructor(pieces: readonly Uint8Array[]) {
    let from = 0;
    this.#pieces = pieces.map((octets) => {
      const piece = { octets, from };
      from += octets.length;
      return piece;
    });
  }

  /** A copy of the octets from one place up to another. */
  slice({ from, to }: { from: number; to: number }): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let i = this.#pieceAt(from); i < this.#pieces.length; i++) {
      const piece = this.#pieces[i];
      if (piece === undefined || piece.from >= to) break;
      parts.push(piece.octets.subarray(Math.max(0, from - piece.from), to - piece.from));
    }
    return Buffer.concat(parts);
  }

  /** The last piece that begins at the place or before it. */
  #pieceAt(place: number): number {
    let low = 0;
    let high = this.#pieces.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#pieces[middle]?.from ?? 0) <= place) low = middle;
      else high = middle;
    }
    return low;
  }
}
