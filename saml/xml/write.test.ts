import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { limits } from '../limits.ts';
import { namespaces } from '../names.ts';
import { signElement } from '../signature/sign.ts';
import { verifySignature } from '../signature/verify.ts';
import { type BuiltChild, type BuiltElement, element } from './build.ts';
import { canonicalize } from './canonical.ts';
import { readXml } from './reader.ts';
import type { XmlElement } from './tree.ts';
import { type WrittenElement, writeXml } from './write.ts';

const signing = { key: fixtureKey('ec-p256'), algorithm: 'ecdsa-sha256' } as const;
const trust = { certificates: [fixtureCertificate('ec-p256')] };
const prefixes = ['', 'a', 'B', 'é'];
const names = ['urn:x', 'urn:y', namespaces.assertion, namespaces.signature];

/** A generated element; `signed` ones are assertions, which the schema gives a place for a signature. */
type Model = {
  prefix: string;
  namespace: string;
  local: string;
  attributes: Record<string, string>;
  children: (Model | string)[];
  signed: boolean;
  issuerPrefix: string;
};

const text = fc.constantFrom('', 'x', ' ', '<&>"\'', '\r\n\t', 'é\u{1f600}', ']]>');
const { model } = fc.letrec<{ model: Model }>((tie) => ({
  model: fc
    .record({
      prefix: fc.constantFrom(...prefixes),
      namespace: fc.constantFrom('', ...names),
      local: fc.constantFrom('n', 'ä', 'x-1.2'),
      attributes: fc.dictionary(fc.constantFrom('Name', 'b', 'xml:lang', 'é', '\u{10000}', '\u{fffd}'), text),
      children: fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, text, tie('model')), {
        maxLength: 4,
      }),
      signed: fc.boolean(),
      issuerPrefix: fc.constantFrom(...prefixes),
    })
    .map((made) => (made.namespace === '' ? { ...made, prefix: '' } : made)),
}));

/** Builds it; what is to be signed gets an ID of its own and its Issuer, and its plain text goes to `expected`. */
async function build(model: Model, expected: Map<string, string>): Promise<BuiltElement | WrittenElement> {
  const children: BuiltChild[] = [];
  for (const child of model.children)
    children.push(typeof child === 'string' ? child : await build(child, expected));
  if (!model.signed) return element(model, model.attributes, children);
  const issuer = element({ namespace: namespaces.assertion, local: 'Issuer', prefix: model.issuerPrefix });
  const ID = `_${expected.size}`;
  const name = { namespace: namespaces.assertion, local: 'Assertion', prefix: model.prefix };
  const tree = element(name, { ...model.attributes, ID }, [issuer, ...children]);
  expected.set(ID, writeXml(tree));
  return signElement(tree, signing);
}

function exclusive(tree: XmlElement): string {
  return canonicalize(tree, { method: 'exclusive' });
}

function elementsOf(root: XmlElement): XmlElement[] {
  return [
    root,
    ...root.children.flatMap((child) =>
      typeof child !== 'string' && child.kind === 'element' ? elementsOf(child) : [],
    ),
  ];
}

describe('writing', () => {
  test('is canonical: reading what was written and canonicalizing it gives the same octets', async () => {
    await fc.assert(
      fc.asyncProperty(model, async (generated) => {
        const xml = writeXml(await build(generated, new Map()));
        assert.equal(exclusive(readXml(Buffer.from(xml), limits.message).root), xml);
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps what is signed: every signature verifies inside whatever elements, and gives back what was signed', async () => {
    let verified = 0;
    await fc.assert(
      fc.asyncProperty(model, async (generated) => {
        const expected = new Map<string, string>();
        const xml = writeXml(await build(generated, expected));
        // More than eight signatures are not verified.
        fc.pre(expected.size <= 8);
        const document = readXml(Buffer.from(xml), limits.message);
        for (const owner of elementsOf(document.root)) {
          const id = owner.attributes.find(({ local }) => local === 'ID')?.value;
          if (id === undefined) continue;
          assert.equal(exclusive(verifySignature(document, owner, trust).value), expected.get(id));
          expected.delete(id);
          verified++;
        }
        assert.equal(expected.size, 0);
      }),
      { numRuns: 1_000 },
    );
    assert.ok(verified > 500);
  });

  test('declares each namespace where it is first used, and takes the default back where it must', () => {
    const a = { namespace: 'urn:a', local: 'a' };
    const inner = element(
      { namespace: 'urn:b', local: 'b', prefix: 'p' },
      { 'xml:lang': 'en', z: '1', y: '2' },
      [element({ namespace: '', local: 'plain' }), element(a)],
    );
    assert.equal(
      writeXml(element(a, {}, [inner, inner])),
      '<a xmlns="urn:a">' +
        '<p:b xmlns:p="urn:b" y="2" z="1" xml:lang="en"><plain xmlns=""></plain><a></a></p:b>'.repeat(2) +
        '</a>',
    );
  });

  test('escapes a namespace name as the value of an attribute', () => {
    assert.equal(
      writeXml(element({ namespace: 'urn:a?"<', local: 'a' })),
      '<a xmlns="urn:a?&quot;&lt;"></a>',
    );
  });
});
