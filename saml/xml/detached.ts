import { Buffer } from 'node:buffer';

/** The same text with memory of its own: a piece of a text keeps the whole, unless it is so short that it is a copy. */
export function detached(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}
