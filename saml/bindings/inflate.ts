import { inflateRawSync } from 'node:zlib';
import { reject } from '../rejection.ts';

/**
 * Undoes raw DEFLATE (RFC 1951) as the Redirect binding uses it (saml-bindings 3.4.4.1).
 *
 * The output is limited while it grows, so a small message cannot become a large one. zlib stops silently at the end
 * of the stream; octets after it would be a second content that only some readers see, so all input must be consumed.
 */
export function inflate(compressed: Uint8Array, maximumOctets: number): Uint8Array {
  let result: { buffer: Buffer; engine: { bytesWritten: number } };
  try {
    // The typings know only the plain result; with `info` zlib also hands out its engine.
    result = inflateRawSync(compressed, {
      maxOutputLength: maximumOctets,
      info: true,
    }) as unknown as typeof result;
  } catch (error) {
    if (error instanceof RangeError) {
      reject('xml-too-large', { expected: `at most ${maximumOctets} octets` });
    }
    reject('deflate-malformed');
  }
  const consumed = result.engine.bytesWritten;
  if (consumed !== compressed.length) {
    reject('deflate-trailing-octets', {
      expected: `${compressed.length} octets consumed`,
      actual: `${consumed}`,
    });
  }
  return result.buffer;
}
