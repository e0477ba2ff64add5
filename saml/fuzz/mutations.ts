import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { assertionText, handSignature, signedAssertionText } from '../fixtures/hand-signer.ts';

type Pick = (below: number) => number;
type Mutation = (text: string, pick: Pick) => string;
type Range = { from: number; to: number };

const evil = { id: '_evil', user: 'admin@contoso.example' };

/** Pieces that attacks are made of, to be dropped in wherever a tag begins or ends. */
const pieces = [
  '<!---->',
  '<?x?>',
  '<![CDATA[]]>',
  '<![CDATA[x]]>',
  '<!DOCTYPE a>',
  ' ',
  '\r\n',
  '&#13;',
  'x',
  '<x xmlns=""/>',
  assertionText(evil),
  assertionText({ ...evil, id: '_assertion' }),
  signedAssertionText({ key: 'rsa-other' }, evil),
  handSignature(assertionText(evil), '_evil', { key: 'rsa-other' }),
  handSignature('', '_assertion'),
  '<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
  '<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">admin@contoso.example</saml:NameID>',
];

const attributes = [
  ' ID="_evil"',
  ' ID="_assertion"',
  ' Id="_assertion"',
  ' xml:id="_assertion"',
  ' p:ID="_assertion" xmlns:p="urn:p"',
  ' xmlns="urn:oasis:names:tc:SAML:2.0:assertion"',
  ' xmlns:saml="urn:x"',
  ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
  ' xmlns:ds="urn:x"',
  ' xmlns:unused="urn:unused"',
  ' xmlns:p="1"',
  ' xml:lang="en"',
  ' xml:space="preserve"',
  ' xml:base="http://x.example/"',
];

const values = [
  ['http://www.w3.org/2001/10/xml-exc-c14n#', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'],
  ['http://www.w3.org/2001/10/xml-exc-c14n#', 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments'],
  ['#rsa-sha256', '#hmac-sha256'],
  ['#rsa-sha256', '#rsa-sha512'],
  ['xmlenc#sha256', 'xmlenc#sha512'],
  ['#_assertion', ''],
  ['#_assertion', '#_evil'],
  ['"_assertion"', '"_evil"'],
  ['saml:', 'saml2:'],
  ['b.simon', 'admin'],
  ['\n', '\r\n'],
  ['><', '> <'],
  ['xmldsig#', 'xmldsig'],
] as const;

/** Where elements lie in a text that is still more or less XML. */
function elements(text: string): Range[] {
  const found: Range[] = [];
  const open: number[] = [];
  for (const { 0: tag, index } of text.matchAll(/<\/?[A-Za-z][^>]*>/g)) {
    const to = index + tag.length;
    if (tag.startsWith('</')) {
      const from = open.pop();
      if (from !== undefined) found.push({ from, to });
    } else if (tag.endsWith('/>')) {
      found.push({ from: index, to });
    } else {
      open.push(index);
    }
  }
  return found;
}

function boundary(text: string, pick: Pick): number {
  const at = [...text.matchAll(/<|(?<=>)/g)].map(({ index }) => index);
  return at[pick(at.length)] ?? 0;
}

function insertAt(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}

function anElement(text: string, pick: Pick): Range {
  const all = elements(text);
  return all[pick(all.length)] ?? { from: 0, to: 0 };
}

const mutations: Mutation[] = [
  // Octets
  (text, pick) => {
    const octets = Buffer.from(text);
    octets[pick(octets.length)] = pick(256);
    return octets.toString('latin1') === text ? text : octets.toString();
  },
  (text, pick) => {
    const at = pick(text.length);
    return text.slice(0, at) + text.slice(at + 1 + pick(3));
  },
  (text, pick) =>
    insertAt(text, pick(text.length), String.fromCodePoint(pick(4) === 0 ? pick(0x300) : 32 + pick(95))),
  // Pieces and attributes
  (text, pick) => insertAt(text, boundary(text, pick), pieces[pick(pieces.length)] ?? ''),
  (text, pick) => insertAt(text, pick(text.length), pieces[pick(pieces.length)] ?? ''),
  (text, pick) => {
    const names = [...text.matchAll(/(?<=<[A-Za-z:]+)(?=[ >/])/g)].map(({ index }) => index);
    return insertAt(text, names[pick(names.length)] ?? 0, attributes[pick(attributes.length)] ?? '');
  },
  // Structure: copy, move, remove, wrap, exchange
  (text, pick) => {
    const { from, to } = anElement(text, pick);
    return insertAt(text, boundary(text, pick), text.slice(from, to));
  },
  (text, pick) => {
    const { from, to } = anElement(text, pick);
    const rest = text.slice(0, from) + text.slice(to);
    return insertAt(rest, boundary(rest, pick), text.slice(from, to));
  },
  (text, pick) => {
    const { from, to } = anElement(text, pick);
    return text.slice(0, from) + text.slice(to);
  },
  (text, pick) => {
    const { from, to } = anElement(text, pick);
    const wrapper = ['saml:Advice', 'samlp:Extensions', 'ds:Object', 'x'][pick(4)] ?? 'x';
    return `${text.slice(0, from)}<${wrapper}>${text.slice(from, to)}</${wrapper}>${text.slice(to)}`;
  },
  (text, pick) => {
    const a = anElement(text, pick);
    const b = anElement(text, pick);
    if (a.to > b.from) return text;
    const [first, second] = [text.slice(a.from, a.to), text.slice(b.from, b.to)];
    return text.slice(0, a.from) + second + text.slice(a.to, b.from) + first + text.slice(b.to);
  },
  // Names, namespaces, algorithms
  (text, pick) => {
    const [before = '', after = ''] = values[pick(values.length)] ?? [];
    return pick(2) === 0 ? text.replace(before, after) : text.replaceAll(before, after);
  },
  // Spelling: what means the same must keep meaning the same
  (text, pick) => {
    const letters = [...text.matchAll(/(?<=>[^<]*|="[^"<>]*)[a-z]/g)].map(({ index }) => index);
    const at = letters[pick(letters.length)] ?? 0;
    return `${text.slice(0, at)}&#${text.charCodeAt(at)};${text.slice(at + 1)}`;
  },
  (text, pick) =>
    ['\ufeff', '<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-16"?>', '\n'][pick(4)] + text,
  (text) => text.replaceAll(/<([A-Za-z:]+)([^<>]*)><\/\1>/g, '<$1$2/>'),
  (text, pick) =>
    text.replaceAll(/="([^"]*)"/g, (whole, value) => (pick(8) === 0 ? `\n=\t'${value}'` : whole)),
];

/** One to four mutations of a text, by octets, structure, names or spelling. */
export function mutated(text: string): fc.Arbitrary<string> {
  const step = fc.record({
    mutation: fc.constantFrom(...mutations),
    picks: fc.infiniteStream(fc.nat({ max: 2 ** 31 - 1 })),
  });
  return fc
    .array(step, { minLength: 1, maxLength: 4 })
    .map((steps) =>
      steps.reduce(
        (current, { mutation, picks }) =>
          mutation(current, (below) => (below <= 0 ? 0 : (picks.next().value ?? 0) % below)),
        text,
      ),
    );
}
