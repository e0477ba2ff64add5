import { Buffer } from 'node:buffer';

const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/**
 * Makes every line end one line feed (XML 2.11), in UTF-8 that may come in pieces: there, these octets stand for nothing
 * else. As text it would take many times the memory where there are many.
 */
export class LineEnds {
  #isBehindReturn = false;

  /** The octets themselves where they are normal already, else a copy. */
  normalize(octets: Uint8Array): Uint8Array {
    if (!this.#isBehindReturn && !octets.includes(carriageReturn)) return octets;
    const normal = Buffer.allocUnsafe(octets.length);
    let length = 0;
    for (const octet of octets) {
      if (octet !== lineFeed || !this.#isBehindReturn)
        normal[length++] = octet === carriageReturn ? lineFeed : octet;
      this.#isBehindReturn = octet === carriageReturn;
    }
    return normal.subarray(0, length);
  }
}
