/** The kinds of documents that can be examined; metadata is an EntityDescriptor or an EntitiesDescriptor. */
export const messageTypes = [
  'Response',
  'AuthnRequest',
  'LogoutRequest',
  'LogoutResponse',
  'Metadata',
] as const;
export type MessageType = (typeof messageTypes)[number];

const types: ReadonlyMap<string, MessageType> = new Map<string, MessageType>([
  ['Response', 'Response'],
  ['AuthnRequest', 'AuthnRequest'],
  ['LogoutRequest', 'LogoutRequest'],
  ['LogoutResponse', 'LogoutResponse'],
  ['EntityDescriptor', 'Metadata'],
  ['EntitiesDescriptor', 'Metadata'],
]);

/** No root element of ours needs more octets in front of it. */
const longestProlog = 64 * 1024;

/**
 * What the root element of a document claims to be, from the local name of its first tag; undefined where that is none
 * of ours. Only good for choosing who reads the document: the one chosen compares the namespace and everything else.
 */
export function messageTypeOf(octets: Uint8Array): MessageType | undefined {
  const text = Buffer.from(octets.buffer, octets.byteOffset, Math.min(octets.length, longestProlog)).toString(
    'latin1',
  );
  // The octets of a byte order mark in UTF-8.
  let at = text.startsWith('\u00ef\u00bb\u00bf') ? 3 : 0;
  for (;;) {
    while (isSpace(text.charCodeAt(at))) at++;
    const end = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined;
    if (end === undefined) break;
    const found = text.indexOf(end, at + 2);
    if (found === -1) return undefined;
    at = found + end.length;
  }
  if (text[at] !== '<') return undefined;
  const start = at + 1;
  for (at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || code === 0x2f || code === 0x3e) break;
  }
  const name = text.slice(start, at);
  return types.get(name.slice(name.indexOf(':') + 1));
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}
