import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { XmlC14NMode, XmlDocument as LibxmlDocument } from 'libxml2-wasm';
import { arbitraryAnnotatedXml, arbitraryXml } from '../fixtures/arbitrary-xml.ts';
import { limits } from '../limits.ts';
import { type Canonicalization, type CanonicalMethod, canonicalize } from './canonical.ts';
import { readXml } from './reader.ts';
import type { XmlElement, XmlNode } from './tree.ts';

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

describe('canonicalization', () => {
  for (const [what, arbitrary] of [
    ['documents', arbitraryXml],
    ['documents with comments and processing instructions', arbitraryAnnotatedXml],
  ] as const) {
    test(`agrees octet for octet with libxml2 on every subtree of generated ${what}`, () => {
      fc.assert(
        fc.property(arbitrary, fc.nat(), arbitraryHow, (source, pick, how) => {
          const placed = elementsOf(read(source));
          const index = pick % placed.length;
          const { element, ancestors } = placed[index] ?? assert.fail();
          assert.equal(canonicalize(element, { ...how, ancestors }), byLibxml(source, index, how));
        }),
        { numRuns: 3_000 },
      );
    });
  }

  test('is stable: reading the canonical form and canonicalizing again changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryXml, arbitraryAnnotatedXml), arbitraryHow, (source, how) => {
        const once = canonicalize(read(source), how);
        assert.equal(canonicalize(read(once), how), once);
      }),
      { numRuns: 2_000 },
    );
  });

  test('stops at the length it is given, while it writes', () => {
    const tree = read('<a xmlns:p="urn:a-long-name"><p:b/><p:b/><p:b/></a>');
    const whole = canonicalize(tree, { method: 'exclusive' });
    assert.equal(canonicalize(tree, { method: 'exclusive', longest: whole.length }), whole);
    for (const [longest, reached] of [
      [0, 3],
      [2, 3],
      [3, 34],
      [50, 71],
      [90, 108],
      [whole.length - 5, 114],
    ] as const) {
      assert.throws(() => canonicalize(tree, { method: 'exclusive', longest }), {
        name: 'SamlRejection',
        code: 'xml-too-large',
        actual: `${reached} characters of canonical text`,
      });
    }
  });

  test('loses nothing: the tree read from the canonical form has the same names, attributes and text', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryXml, arbitraryAnnotatedXml), arbitraryHow, (source, how) => {
        const tree = read(source);
        assert.deepEqual(meaning(read(canonicalize(tree, how))), meaning(tree));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** A tree without what is spelling only: declarations, prefixes and the order of attributes. */
function meaning(node: XmlNode): unknown {
  if (typeof node === 'string' || node.kind === 'instruction') return node;
  const attributes = node.attributes.map(({ namespace, local, value }) =>
    [namespace, local, value].join('\u0000'),
  );
  return [node.namespace, node.local, attributes.sort(), node.children.map(meaning)];
}
