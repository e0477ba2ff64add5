import { reject } from '../rejection.ts';
import { refuseForbiddenCharacters } from './characters.ts';

const pieceLength = 4 * 1024 * 1024;

/**
 * The text of a document that is not held as one string: UTF-8 without its BOM, line ends as XML 2.11 wants them. What is
 * no UTF-8 or no character of XML is refused when its piece is asked for.
 */
export function* textPieces(chunks: Iterable<Uint8Array>): Generator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let isFirst = true;
  let held = '';
  const piece = (text: string): string => {
    const whole = held + (isFirst && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    isFirst &&= text === '';
    // Whether a line feed follows is not known yet.
    held = whole.endsWith('\r') ? '\r' : '';
    const known = held === '' ? whole : whole.slice(0, -1);
    refuseForbiddenCharacters(known);
    return known.includes('\r') ? known.replace(/\r\n?/g, '\n') : known;
  };
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += pieceLength) {
      yield piece(decoded(() => decoder.decode(chunk.subarray(from, from + pieceLength), { stream: true })));
    }
  }
  yield piece(decoded(() => decoder.decode())) + (held === '' ? '' : '\n');
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch {
    reject('xml-encoding');
  }
}
