import { reject } from '../rejection.ts';
import { refuseForbiddenCharacters } from './characters.ts';
import { LineEnds } from './line-ends.ts';

const pieceLength = 4 * 1024 * 1024;

/**
 * The text of a document that is not held as one string: UTF-8 without its BOM, line ends as XML 2.11 wants them. What is
 * no UTF-8 or no character of XML is refused when its piece is asked for.
 */
export function* textPieces(chunks: Iterable<Uint8Array>): Generator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lineEnds = new LineEnds();
  let isFirst = true;
  const piece = (text: string): string => {
    const isMarked = isFirst && text.charCodeAt(0) === 0xfeff;
    isFirst &&= text === '';
    refuseForbiddenCharacters(text);
    return isMarked ? text.slice(1) : text;
  };
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += pieceLength) {
      const octets = lineEnds.normalize(chunk.subarray(from, from + pieceLength));
      yield piece(decoded(() => decoder.decode(octets, { stream: true })));
    }
  }
  yield piece(decoded(() => decoder.decode()));
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch {
    reject('xml-encoding');
  }
}
