/**
 * The canonicalizer against other programs and against itself, on generated documents. For as long as one likes:
 * `node saml/fuzz/canonicalization.ts [seconds]`.
 */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { XmlC14NMode, XmlDocument as LibxmlDocument } from 'libxml2-wasm';
import { arbitraryAnnotatedXml, arbitraryXml } from '../fixtures/arbitrary-xml.ts';
import { xmlsec1Signed } from '../fixtures/xmlsec1.ts';
import { limits } from '../limits.ts';
import { canonicalMethods } from '../signature/signed-info.ts';
import { type Canonicalization, type CanonicalMethod, canonicalize } from '../xml/canonical.ts';
import { readXml } from '../xml/reader.ts';
import type { XmlElement, XmlNode } from '../xml/tree.ts';

const generous = { ...limits.metadata, elements: 100_000, depth: 500 };
const modes: Record<CanonicalMethod, 0 | 1 | 2> = {
  exclusive: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
  'inclusive-1.0': XmlC14NMode.XML_C14N_1_0,
  'inclusive-1.1': XmlC14NMode.XML_C14N_1_1,
};

const arbitraryMethod = fc.constantFrom<CanonicalMethod>('exclusive', 'inclusive-1.0', 'inclusive-1.1');
const arbitraryPrefixes = fc.option(
  fc.uniqueArray(fc.constantFrom('', 'a', 'b', 'B', 'é', 'a-1', 'xml', 'nowhere'), { maxLength: 5 }),
  { nil: undefined },
);
const arbitraryHow = fc
  .record({ method: arbitraryMethod, prefixes: arbitraryPrefixes })
  .map(({ method, prefixes }): Canonicalization => {
    return method === 'exclusive' && prefixes !== undefined ? { method, prefixes } : { method };
  });

type Placed = { element: XmlElement; ancestors: XmlElement[] };

/** All elements in document order, each with those around it. */
function elementsOf(root: XmlElement): Placed[] {
  const placed: Placed[] = [];
  const visit = (element: XmlElement, ancestors: XmlElement[]): void => {
    placed.push({ element, ancestors });
    for (const child of element.children) {
      if (typeof child !== 'string' && child.kind === 'element') visit(child, [...ancestors, element]);
    }
  };
  visit(root, []);
  return placed;
}

function byLibxml(source: string, index: number, how: Canonicalization): string {
  const document = LibxmlDocument.fromString(source);
  try {
    const prefixes = (how.prefixes ?? []).map((prefix) => (prefix === '' ? '#default' : prefix));
    const written: Buffer[] = [];
    // Its own string handler decodes piece by piece and breaks characters in two.
    const handler = {
      write: (octets: Uint8Array) => written.push(Buffer.from(octets)) && octets.length,
      close: () => true,
    };
    document.find('//*')[index]?.canonicalize(handler, {
      mode: modes[how.method],
      ...(prefixes.length === 0 ? {} : { inclusiveNamespacePrefixes: prefixes }),
    });
    return Buffer.concat(written).toString();
  } finally {
    document.dispose();
  }
}

function read(source: string): XmlElement {
  return readXml(Buffer.from(source), generous).root;
}

/** The canonical form of every kind of subtree is libxml2's, octet for octet. */
export function agreesWithLibxml2(documents: number, arbitrary: fc.Arbitrary<string>): void {
  fc.assert(
    fc.property(arbitrary, fc.nat(), arbitraryHow, (source, pick, how) => {
      const placed = elementsOf(read(source));
      const index = pick % placed.length;
      const { element, ancestors } = placed[index] ?? assert.fail();
      assert.equal(canonicalize(element, { ...how, ancestors }), byLibxml(source, index, how));
    }),
    { numRuns: documents },
  );
}

/** Reading the canonical form and canonicalizing again changes nothing. */
export function isStable(documents: number): void {
  fc.assert(
    fc.property(fc.oneof(arbitraryXml, arbitraryAnnotatedXml), arbitraryHow, (source, how) => {
      const once = canonicalize(read(source), how);
      assert.equal(canonicalize(read(once), how), once);
    }),
    { numRuns: documents },
  );
}

/** The tree read from the canonical form has the same names, attributes and text. */
export function losesNothing(documents: number): void {
  fc.assert(
    fc.property(fc.oneof(arbitraryXml, arbitraryAnnotatedXml), arbitraryHow, (source, how) => {
      const tree = read(source);
      assert.deepEqual(meaning(read(canonicalize(tree, how))), meaning(tree));
    }),
    { numRuns: documents },
  );
}

/** A tree without what is spelling only: declarations, prefixes and the order of attributes. */
function meaning(node: XmlNode): unknown {
  if (typeof node === 'string' || node.kind === 'instruction') return node;
  const attributes = node.attributes.map(({ namespace, local, value }) =>
    [namespace, local, value].join('\u0000'),
  );
  return [node.namespace, node.local, attributes.sort(), node.children.map(meaning)];
}

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const prefixLists = ['', 'a', '#default', 'a b B é a-1', '#default a nowhere'];
const ways = [...canonicalMethods.keys()].flatMap((uri) =>
  uri === exclusive ? prefixLists.map((list) => ({ uri, list })) : [{ uri, list: '' }],
);

/** Puts a document into an element with an Id, inside another one with declarations for it to inherit. */
function item(source: string, index: number): string {
  const around = 'xmlns:a="urn:around" xmlns:B="urn:x" xml:lang="en" xml:space="default" xml:other="&amp;"';
  return `<around ${around}><item Id="i${index}" xmlns:b="urn:b" xml:lang="de" z="" a:z="">${source}</item></around>`;
}

function reference(index: number): string {
  const { uri, list } = ways[index % ways.length] ?? assert.fail();
  const prefixes = list === '' ? '' : `<InclusiveNamespaces xmlns="${exclusive}" PrefixList="${list}"/>`;
  return (
    `<Reference URI="#i${index}"><Transforms><Transform Algorithm="${uri}">${prefixes}</Transform></Transforms>` +
    '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference>'
  );
}

function elementsIn(element: XmlElement): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && child.kind === 'element',
  );
}

/** xmlsec1 comes to the same digests, of documents inside others and with every prefix list. */
export function agreesWithXmlsec1(documents: number): void {
  const sources = fc.sample(arbitraryXml, documents);
  const batch =
    `<batch>${sources.map(item).join('')}<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>` +
    `<CanonicalizationMethod Algorithm="${exclusive}"/>` +
    '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>' +
    `${sources.map((_, i) => reference(i)).join('')}</SignedInfo><SignatureValue/></Signature></batch>`;
  const digests = [...xmlsec1Signed(batch, 'rsa').matchAll(/<DigestValue>([^<]*)/g)].map(
    ([, value]) => value,
  );
  assert.equal(digests.length, sources.length);

  const { root } = readXml(Buffer.from(batch), {
    ...limits.metadata,
    octets: 1e8,
    elements: 1e6,
    depth: 500,
  });
  for (const [index, around] of elementsIn(root).slice(0, -1).entries()) {
    const [apex] = elementsIn(around);
    const { uri, list } = ways[index % ways.length] ?? assert.fail();
    const how: Canonicalization = {
      method: canonicalMethods.get(uri) ?? assert.fail(),
      ...(list === ''
        ? {}
        : { prefixes: list.split(' ').map((prefix) => (prefix === '#default' ? '' : prefix)) }),
      ancestors: [root, around],
    };
    const ours = canonicalize(apex ?? assert.fail(), how);
    assert.equal(
      hash('sha256', ours, 'base64'),
      digests[index],
      `${uri} ${list} of ${sources[index]}: ${ours}`,
    );
  }
}

if (import.meta.main) {
  const end = Date.now() + Number(process.argv[2] ?? 60) * 1000;
  const counts = { libxml2: 0, xmlsec1: 0, roundTrip: 0 };
  while (Date.now() < end) {
    for (const arbitrary of [arbitraryXml, arbitraryAnnotatedXml]) agreesWithLibxml2(5_000, arbitrary);
    isStable(5_000);
    losesNothing(5_000);
    agreesWithXmlsec1(210);
    counts.libxml2 += 10_000;
    counts.xmlsec1 += 210;
    counts.roundTrip += 10_000;
  }
  console.log(`no difference: ${JSON.stringify(counts)} documents`);
}
