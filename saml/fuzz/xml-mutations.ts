import {
  attributes,
  attributeValues,
  base64Texts,
  declarations,
  type ElementPlace,
  elements,
  gaps,
  localName,
  names,
  type Place,
  type PlacesOf,
  tagEnds,
  texts,
} from './places.ts';
import type { Random } from './random.ts';

/**
 * A change of a message that somebody without the key can make. The text has one character for each octet. `others` are
 * genuine messages of the same kind that were signed for somebody else. Where it does not apply, the text stays as it is.
 */
export type XmlMutation = (text: string, random: Random, others: readonly string[]) => string;

const replace = (text: string, { from, to }: Place, by: string): string =>
  text.slice(0, from) + by + text.slice(to);
const insert = (text: string, at: number, piece: string): string =>
  text.slice(0, at) + piece + text.slice(at);
const of = (text: string, { from, to }: Place): string => text.slice(from, to);

/** Changes one of the places of a kind. */
function at(places: PlacesOf, change: (piece: string, random: Random, text: string) => string): XmlMutation {
  return (text, random) => {
    const found = places(text);
    if (found.length === 0) return text;
    const place = random.pick(found);
    return replace(text, place, change(of(text, place), random, text));
  };
}

/** Changes one of the elements, told from where it stands. */
function atElement(change: (text: string, place: ElementPlace, random: Random) => string): XmlMutation {
  return (text, random) => {
    const found = elements(text);
    return found.length === 0 ? text : change(text, random.pick(found), random);
  };
}

const octets: XmlMutation[] = [
  (text, random) => replace(text, placeIn(text, random, 1), String.fromCharCode(random.below(256))),
  (text, random) => replace(text, placeIn(text, random, 1 + random.below(4)), ''),
  (text, random) => insert(text, random.below(text.length + 1), String.fromCharCode(random.below(256))),
  (text, random) => {
    const place = placeIn(text, random, 1 + random.below(40));
    return insert(text, random.below(text.length + 1), of(text, place));
  },
  (text, random) => text.slice(0, random.below(text.length)),
];

function placeIn(text: string, random: Random, length: number): Place {
  const from = random.below(text.length);
  return { from, to: from + length };
}

const pieces = [
  '<!---->',
  '<?x y?>',
  '<![CDATA[x]]>',
  '<![CDATA[]]>',
  '<!DOCTYPE x [<!ENTITY y "z">]>',
  '&y;',
  '&lt;!--',
  'x',
  ' ',
  '\r\n',
  '\u0000',
  '<x xmlns=""/>',
  '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
  '<Extensions/>',
];

const moreAttributes = [
  ' ID="_evil"',
  ' Id="_evil"',
  ' xml:id="_evil"',
  ' p:ID="_evil" xmlns:p="urn:p"',
  ' xmlns:unused="urn:unused"',
  ' xml:lang="en"',
  ' xml:space="preserve"',
  ' xml:base="https://evil.example/"',
  ' xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
];

const structure: XmlMutation[] = [
  atElement((text, place) => replace(text, place, '')),
  atElement((text, place, random) => insert(text, random.pick(gaps(text)).from, of(text, place))),
  atElement((text, place, random) => {
    const rest = replace(text, place, '');
    return insert(rest, random.pick(gaps(rest)).from, of(text, place));
  }),
  atElement((text, a, random) => {
    const b = random.pick(elements(text));
    if (a.to > b.from) return text;
    return text.slice(0, a.from) + of(text, b) + text.slice(a.to, b.from) + of(text, a) + text.slice(b.to);
  }),
  atElement((text, place, random) => {
    const wrapper = random.pick([
      'Object',
      'Extensions',
      'Advice',
      'KeyInfo',
      'Signature',
      'soap:Body',
      place.name,
    ]);
    return replace(text, place, `<${wrapper}>${of(text, place)}</${wrapper}>`);
  }),
  atElement((text, place) =>
    replace(
      text,
      place,
      of(text, place)
        .replace(/^<[^<>]*>/, '')
        .replace(/<[^<>]*>$/, ''),
    ),
  ),
  at(gaps, (_, random) => random.pick(pieces)),
  at(texts, (piece, random) => insert(piece, random.below(piece.length + 1), random.pick(pieces))),
  at(attributes, () => ''),
  at(tagEnds, (_, random, text) =>
    random.oneIn(2) ? random.pick(moreAttributes) : pickOr(random, attributes(text), text),
  ),
];

function pickOr(random: Random, places: Place[], text: string): string {
  return places.length === 0 ? '' : of(text, random.pick(places));
}

const values = [
  'admin@contoso.example',
  'https://evil.example/',
  '_evil',
  '',
  '2099-01-01T00:00:00Z',
  'true',
  '0',
];

/** Values exchanged for what an attacker wants, for one another, and for what looks the same. */
const valued: XmlMutation[] = [
  at(attributeValues, (_, random) => random.pick(values)),
  at(texts, (_, random) => random.pick(values)),
  at(attributeValues, (_, random, text) => pickOr(random, attributeValues(text), text)),
  at(texts, (_, random, text) => pickOr(random, texts(text), text)),
  at(attributeValues, (piece) => piece.toUpperCase()),
  at(texts, (piece, random) =>
    random.pick([` ${piece}`, `${piece}\n`, piece.toUpperCase(), `${piece}\u00c2\u00a0`]),
  ),
  (text) => text.replaceAll('b.simon', 'admin'),
  (text, random) => {
    const [one, other] = [random.pick(['', '_evil', ...identifiers(text)]), random.pick(identifiers(text))];
    return random.oneIn(2) ? text.replace(other, one) : text.replaceAll(other, one);
  },
];

function identifiers(text: string): string[] {
  return [
    '_none',
    ...[...text.matchAll(/\s(?:ID|Id|InResponseTo|URI)="#?([^"<]+)"/g)].map((found) => found[1] ?? ''),
  ];
}

const namespaces = [
  'urn:oasis:names:tc:SAML:2.0:assertion',
  'urn:oasis:names:tc:SAML:2.0:protocol',
  'urn:oasis:names:tc:SAML:2.0:metadata',
  'http://www.w3.org/2000/09/xmldsig#',
  'http://www.w3.org/2000/09/xmldsig',
  'urn:oasis:names:tc:saml:2.0:assertion',
  'urn:oasis:names:tc:SAML:2.0:assertion ',
  'urn:x',
  '1',
  '',
];
const prefixes = ['', ':saml', ':samlp', ':ds', ':md', ':xenc', ':soap', ':xml', ':xmlns', ':x'];

const namespaced: XmlMutation[] = [
  at(declarations, (piece, random) => piece.replace(/"[^"]*"/, `"${random.pick(namespaces)}"`)),
  at(declarations, () => ''),
  at(tagEnds, (_, random) => ` xmlns${random.pick(prefixes)}="${random.pick(namespaces)}"`),
  at(names, (piece, random) => `${random.pick(prefixes).slice(1)}:${localName(piece)}`.replace(/^:/, '')),
  (text, random) => {
    const prefix = random.pick(['saml', 'samlp', 'ds', 'md', 'xenc', 'saml2', 'saml2p', 'dsig']);
    return text
      .replaceAll(`<${prefix}:`, '<p:')
      .replaceAll(`</${prefix}:`, '</p:')
      .replaceAll(`xmlns:${prefix}=`, 'xmlns:p=');
  },
];

const algorithms = [
  ['http://www.w3.org/2001/10/xml-exc-c14n#', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'],
  ['http://www.w3.org/2001/10/xml-exc-c14n#', 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments'],
  ['xmldsig-more#rsa-sha256', 'xmldsig-more#hmac-sha256'],
  ['xmldsig-more#rsa-sha256', 'xmldsig-more#rsa-sha512'],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'],
  ['xmlenc#sha256', 'xmlenc#sha512'],
  ['aes256-gcm', 'aes128-gcm'],
  ['-gcm', '-cbc'],
  ['rsa-oaep-mgf1p', 'rsa-1_5'],
] as const;

/** Signatures, digests and ciphertexts. */
const cryptographic: XmlMutation[] = [
  (text, random) => {
    const [before, after] = random.pick(algorithms);
    return random.oneIn(2) ? text.replace(before, after) : text.replaceAll(before, after);
  },
  at(base64Texts, (piece, random) =>
    replace(piece, placeIn(piece, random, 1), random.pick([...'ABZaz09+/='])),
  ),
  at(base64Texts, (_, random, text) => pickOr(random, base64Texts(text), text)),
  at(base64Texts, (piece, random) => {
    const decoded = Buffer.from(piece, 'base64');
    return decoded.subarray(0, Math.max(1, decoded.length - random.below(20))).toString('base64');
  }),
  at(base64Texts, () => '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='),
];

/** What an attacker has instead of the key: the genuine element with other contents, and no signature. */
function forged(piece: string, random: Random): string {
  const unsigned = piece
    .replaceAll(/<((?:[\w.-]+:)?Signature)[ >][^]*?<\/\1>/g, '')
    .replaceAll('b.simon', 'admin');
  return random.oneIn(2) ? unsigned : unsigned.replace(/ ID="[^"]*"/, ' ID="_evil"');
}

const owners =
  /^(?:Assertion|EncryptedAssertion|Response|AuthnRequest|LogoutRequest|LogoutResponse|ArtifactResponse|ArtifactResolve|EntitiesDescriptor|EntityDescriptor|IDPSSODescriptor|SPSSODescriptor|Subject|NameID|Issuer)$/;
const hidingPlaces = [
  'Object',
  'Extensions',
  'Advice',
  'KeyInfo',
  'Signature',
  'SubjectConfirmationData',
  'x',
];

/** A forgery beside, around, inside or instead of the genuine element. */
const wrapping: XmlMutation = (text, random) => {
  const found = elements(text).filter(({ name }) => owners.test(localName(name)));
  if (found.length === 0) return text;
  const place = random.pick(found);
  const genuine = of(text, place);
  const forgery = forged(genuine, random);
  const inForgery = (piece: string): string => insert(forgery, random.pick(gaps(forgery)).from, piece);
  const hiding = random.pick(hidingPlaces);
  switch (random.below(7)) {
    case 0:
      return replace(text, place, forgery + genuine);
    case 1:
      return replace(text, place, genuine + forgery);
    case 2:
      return replace(text, place, inForgery(genuine));
    case 3:
      return replace(text, place, inForgery(`<${hiding}>${genuine}</${hiding}>`));
    case 4:
      return insert(text, random.pick(gaps(text)).from, forgery);
    case 5:
      return replace(text, place, forgery).replace(
        /(<\/(?:[\w.-]+:)?Signature>)/,
        `<Object>${genuine}</Object>$1`,
      );
    default: {
      const signature = /<((?:[\w.-]+:)?Signature)[ >][^]*?<\/\1>/.exec(genuine)?.[0] ?? '';
      return replace(text, place, inForgery(signature) + forged(genuine, random));
    }
  }
};

/** Parts of a message that was signed for somebody else, in the place of this one's. */
const splices: XmlMutation[] = [
  (text, random, others) => {
    if (others.length === 0) return text;
    const other = random.pick(others);
    const here = elements(text);
    if (here.length === 0) return text;
    const place = random.pick(here);
    const same = elements(other).filter(({ name }) => localName(name) === localName(place.name));
    return same.length === 0 ? text : replace(text, place, of(other, random.pick(same)));
  },
  (text, random, others) => {
    if (others.length === 0) return text;
    const other = random.pick(others);
    return insert(text, random.pick(gaps(text)).from, of(other, random.pick(elements(other))));
  },
  (text, random, others) => {
    if (others.length === 0) return text;
    const other = random.pick(others);
    const [here, there] = [base64Texts(text), base64Texts(other)];
    if (here.length === 0 || there.length === 0) return text;
    return replace(text, random.pick(here), of(other, random.pick(there)));
  },
];

/** Spellings: what means the same must keep meaning the same, and what does not must not. */
const encodings: XmlMutation[] = [
  at(texts, (piece, random) => asReference(piece, random)),
  at(attributeValues, (piece, random) => asReference(piece, random)),
  at(texts, (piece, random) => {
    const [one, other] = [random.below(piece.length), random.below(piece.length + 1)];
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    return `${piece.slice(0, from)}<![CDATA[${piece.slice(from, to)}]]>${piece.slice(to)}`;
  }),
  at(gaps, (_, random) => random.pick(['\n', '\r\n', '  ', '\t'])),
  at(tagEnds, (_, random) => random.pick([' ', '\n', '\t\r\n'])),
  at(attributes, (piece) => piece.replaceAll('"', "'").replace('=', ' = ')),
  (text) => text.replaceAll(/<([\w:.-]+)([^<>]*)><\/\1>/g, '<$1$2/>'),
  (text) => text.replaceAll(/<([\w:.-]+)([^<>]*)\/>/g, '<$1$2></$1>'),
  (text) => text.replaceAll('\n', '\r\n'),
  (text, random) => `${random.pick(heads)}${text}`,
  (text, random) => `${text}${random.pick(['\n', ' ', '<x/>', '<!---->', '\u0000', text])}`,
  utf16,
];

const heads = [
  '\u00ef\u00bb\u00bf',
  '\u00ef\u00bb\u00bf\u00ef\u00bb\u00bf',
  '<?xml version="1.0"?>',
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
  '<?xml version="1.0" encoding="utf-16"?>',
  '<?xml version="1.0" encoding="iso-8859-1"?>',
  '<?xml version="1.1"?>',
  '\n',
];

function asReference(piece: string, random: Random): string {
  const place = placeIn(piece, random, 1);
  const code = piece.charCodeAt(place.from);
  // Characters beyond ASCII stand here as several octets: each of them alone is another character.
  if (code > 127 || piece.slice(0, place.from).lastIndexOf('&') > piece.slice(0, place.from).lastIndexOf(';'))
    return piece;
  if (piece[place.from] === '&') return piece;
  return replace(piece, place, random.oneIn(2) ? `&#${code};` : `&#x${code.toString(16)};`);
}

function utf16(text: string, random: Random): string {
  const littleEndian = Buffer.from(`\ufeff${text}`, 'utf16le');
  return (random.oneIn(2) ? littleEndian : littleEndian.swap16()).toString('latin1');
}

const groups: readonly (readonly XmlMutation[])[] = [
  octets,
  structure,
  structure,
  valued,
  namespaced,
  cryptographic,
  [wrapping],
  [wrapping],
  splices,
  encodings,
  encodings,
];

/** One to four changes, mostly few. */
export function mutateXml(text: string, random: Random, others: readonly string[] = []): string {
  let current = text;
  for (let times = 1 + Math.min(random.below(4), random.below(4)); times > 0; times--)
    current = random.pick(random.pick(groups))(current, random, others);
  return current;
}
