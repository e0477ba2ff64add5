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

/**
 * What the root element of a document claims to be, from its first tag: a message of saml-core 3, or saml-metadata 2.3;
 * undefined where that is none of ours.
 *
 * @example messageTypeOf(Buffer.from('<samlp:Response …')) // 'Response'
 */
export function messageTypeOf(octets: Uint8Array): MessageType | undefined {
  const name = rootNameOf(octets);
  return name === undefined ? undefined : types.get(name);
}

/**
 * The local name in the first tag of a document. Only good for choosing who reads the document: the one chosen compares
 * the namespace and everything else.
 */
export function rootNameOf(octets: Uint8Array): string | undefined {
  const document = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  let at = document.subarray(0, 3).equals(byteOrderMark) ? byteOrderMark.length : 0;
  for (;;) {
    while (isSpace(document[at])) at++;
    const opening = document.toString('latin1', at, at + 4);
    const end = opening.startsWith('<?') ? '?>' : opening === '<!--' ? '-->' : undefined;
    if (end === undefined) break;
    const found = document.indexOf(end, at + 2, 'latin1');
    if (found === -1) return undefined;
    at = found + end.length;
  }
  if (document[at] !== 0x3c) return undefined;
  const start = at + 1;
  for (at = start; at < document.length; at++) {
    const code = document[at];
    // A tag ends with the slash or the bracket.
    if (isSpace(code) || code === 0x2f || code === 0x3e) break;
  }
  const name = document.toString('latin1', start, Math.min(at, start + 200));
  return name.slice(name.indexOf(':') + 1);
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

function isSpace(code: number | undefined): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}
