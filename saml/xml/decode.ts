import { Buffer, isUtf8 } from 'node:buffer';
import { reject } from '../rejection.ts';
import { endOfName, refuseForbiddenCharacters } from './characters.ts';
import { LineEnds } from './line-ends.ts';

const declaration =
  /<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.0"|'1\.0')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[Uu][Tt][Ff]-8"|'[Uu][Tt][Ff]-8'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/y;

/** The text of a document: strictly UTF-8, without its byte order mark, its line ends normalized (XML 2.11). */
export function decode(octets: Uint8Array): string {
  if (!isUtf8(octets)) reject('xml-encoding');
  const { buffer, byteOffset, byteLength } = new LineEnds().normalize(octets);
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
  refuseForbiddenCharacters(text);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Where the XML declaration ends (XML 2.8); 0 where there is none. */
export function endOfDeclaration(source: string): number {
  if (!source.startsWith('<?xml') || endOfName(source, 2) !== 5) return 0;
  declaration.lastIndex = 0;
  if (!declaration.test(source)) reject('xml-encoding', { actual: source.slice(0, 80) });
  return declaration.lastIndex;
}
