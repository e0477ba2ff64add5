import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import { arbitraryAnnotatedXml, arbitraryXml } from '../fixtures/arbitrary-xml.ts';
import { agreesWithLibxml2, agreesWithXmlsec1, isStable, losesNothing } from '../fuzz/canonicalization.ts';
import { limits } from '../limits.ts';
import { canonicalize } from './canonical.ts';
import { readXml } from './reader.ts';

describe('canonicalization', () => {
  for (const [what, arbitrary] of [
    ['documents', arbitraryXml],
    ['documents with comments and processing instructions', arbitraryAnnotatedXml],
  ] as const) {
    test(`agrees octet for octet with libxml2 on every subtree of generated ${what}`, () => {
      agreesWithLibxml2(3_000, arbitrary);
    });
  }

  test('comes to the digests of xmlsec1, in context and with every prefix list', () => {
    agreesWithXmlsec1(210);
  });

  test('is stable: reading the canonical form and canonicalizing again changes nothing', () => {
    isStable(2_000);
  });

  test('orders attributes by namespace first, and by code points', () => {
    const names = ['urn:a', 'urn:b', 'urn:a/', 'urn:A', 'urn:aa', 'http://x', 'urn:~'];
    const declarations = names.map((name, i) => `xmlns:p${i}="${name}"`).join(' ');
    const attributes = names.flatMap((_, i) => [`p${i}:b=""`, `p${i}:a=""`]).join(' ');
    const { root } = readXml(Buffer.from(`<r ${declarations} ${attributes} z=""/>`), limits.message);
    const written = canonicalize(root, { method: 'exclusive' });
    const order = Array.from(written.matchAll(/ (?:p(\d):)?([abz])=/g), ([, i, local]) =>
      i === undefined ? local : `${names[Number(i)]} ${local}`,
    );
    const expected = [...names].sort().flatMap((name) => [`${name} a`, `${name} b`]);
    assert.deepEqual(order, ['z', ...expected]);
  });

  test('stops at the length it is given, while it writes', () => {
    const tree = readXml(
      Buffer.from('<a xmlns:p="urn:a-long-name"><p:b/><p:b/><p:b/></a>'),
      limits.message,
    ).root;
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
    losesNothing(2_000);
  });
});
