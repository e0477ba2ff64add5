import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryXml } from '../fixtures/arbitrary-xml.ts';
import { xmlsec1Signed } from '../fixtures/xmlsec1.ts';
import { limits } from '../limits.ts';
import { canonicalMethods } from '../signature/signed-info.ts';
import { type Canonicalization, canonicalize } from './canonical.ts';
import { readXml } from './reader.ts';
import type { XmlElement } from './tree.ts';

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

test('canonicalization comes to the digests of xmlsec1, in context and with every prefix list', () => {
  const sources = fc.sample(arbitraryXml, 210);
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
});
