import { Buffer } from 'node:buffer';

/** A copy of the octets from one place up to another, of a text that is held in several pieces. */
export function octetsBetween(
  pieces: readonly Uint8Array[],
  { from, to }: { from: number; to: number },
): Uint8Array {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (const piece of pieces) {
    const end = start + piece.length;
    if (start < to && end > from) parts.push(piece.subarray(Math.max(0, from - start), to - start));
    start = end;
  }
  return Buffer.concat(parts);
}
