import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import {
  algorithm,
  assertionText,
  fixtureCertificate,
  handSignature,
  signedAssertionText,
  uris,
} from '../fixtures/hand-signer.ts';
import { type Limits, limits } from '../limits.ts';
import { SamlRejection } from '../rejection.ts';
import { readXml } from '../xml/reader.ts';
import { verifySignature } from './verify.ts';

const certificates = [fixtureCertificate('rsa')];

/** Repeats a text until the whole message is as large as its kind may be. */
function filled(before: string, unit: string, after: string, kind: Limits = limits.message): string {
  const room = kind.octets - Buffer.byteLength(before) - Buffer.byteLength(after);
  return before + unit.repeat(Math.floor(room / Buffer.byteLength(unit))) + after;
}

const manyPrefixes = Array.from({ length: 32 }, (_, i) => `p${i}`);
const declarations = manyPrefixes.map((prefix) => `xmlns:${prefix}="urn:${prefix}"`).join(' ');
const withPrefixList = algorithm(
  'Transform',
  uris.exclusive,
  `<ec:InclusiveNamespaces xmlns:ec="${uris.exclusive}" PrefixList="${manyPrefixes.join(' ')}"></ec:InclusiveNamespaces>`,
);
const enveloped = algorithm('Transform', uris.enveloped);

/** A truly signed assertion of the largest size with this inside; it costs all that verification can cost. */
function signedAround(content: string, transforms?: string): string {
  const user = content;
  const signature = handSignature(
    assertionText({ user }),
    '_assertion',
    transforms === undefined ? {} : { transforms },
  );
  return assertionText({ user, signature });
}

const hostile: Record<string, () => string | Buffer> = {
  'text alone': () => filled('<a>', 'x', '</a>'),
  'an open tag without end': () => filled('<', 'a', ''),
  'open tags': () => filled('', '<a>', ''),
  'nothing but less-than signs': () => filled('', '<', ''),
  'nothing but ampersands': () => filled('<a>', '&', '</a>'),
  references: () => filled('<a>', '&#65;', '</a>'),
  'a reference without end': () => filled('<a>&#', '0', ''),
  'one number of half a million digits': () => filled('<a>&#', '9', ';</a>'),
  'closing brackets': () => filled('<a>', ']]', '</a>'),
  'CDATA sections': () => filled('<a>', '<![CDATA[]]>', '</a>'),
  'CDATA openings': () => filled('<a>', '<![CDATA[', '</a>'),
  'white space': () => filled('<a', ' ', '></a>'),
  'white space behind the root': () => filled('<a></a>', '\r\n', ''),
  'carriage returns': () => filled('<a>', '\r', '</a>'),
  'small elements': () => filled('<a>', '<b/>', '</a>'),
  'a long name': () => filled('<', 'é', '/>'),
  'a long attribute': () => filled('<a b="', '\t', '"></a>'),
  'attributes of an element': () =>
    `<a ${Array.from({ length: 40_000 }, (_, i) => `a${i}=""`).join(' ')}></a>`,
  'a long namespace name': () => filled('<a xmlns="urn:', 'a', '"></a>'),
  'a long namespace name that fails at its end': () => filled('<a xmlns="urn:', 'a%', '"></a>'),
  'a long authority': () => filled('<a xmlns="http://', 'a:', '"></a>'),
  'a long XML declaration': () => filled('<?xml version="1.0"', ' ', '?'),
  IDs: () => `<a>${Array.from({ length: 4_900 }, (_, i) => `<b ID="_${i}"/>`).join('')}</a>`,
  'octets that are not UTF-8': () => Buffer.alloc(limits.message.octets, 0xc0),
  'an unsigned assertion as large as may be': () => assertionText({ user: 'x'.repeat(500_000) }),
  'a signed assertion as large as may be': () => signedAround('x'.repeat(500_000)),
  'a signed assertion of characters to escape': () =>
    signedAround('&#xD;'.repeat(90_000).replaceAll('&#xD;', '&gt;')),
  'a signed assertion of many elements': () => signedAround('<b></b>'.repeat(4_900)),
  'a signed assertion of many elements with attributes': () =>
    signedAround(
      `<b ${Array.from({ length: 30 }, (_, i) => `a${String(i).padStart(2, '0')}=""`).join(' ')}></b>`.repeat(
        2_000,
      ),
    ),
  'a signed assertion of many declarations under a PrefixList': () =>
    signedAround(`<b ${declarations}></b>`.repeat(800), enveloped + withPrefixList),
  'a namespace name that thousands of elements must declare anew': () => {
    const uses = manyPrefixes.map((prefix) => `${prefix}:a=""`).join(' ');
    const longNames = manyPrefixes
      .map((prefix) => `xmlns:${prefix}="urn:${'x'.repeat(8_000)}:${prefix}"`)
      .join(' ');
    return signedAssertionText()
      .replace('<saml:Assertion', `<saml:Assertion ${longNames}`)
      .replace('</saml:Subject>', `${`<b ${uses}></b>`.repeat(700)}</saml:Subject>`);
  },
  'a signed assertion full of white space': () => signedAround(' \n'.repeat(250_000)),
  'a signature value of half a million characters': () =>
    signedAssertionText({ signatureValue: () => 'A'.repeat(500_000) }),
  'many signatures': () => `<a>${signedAssertionText().repeat(200)}</a>`,
};

describe('hostile input as large as a message may be', () => {
  // A generous multiple of what is measured (at most 60 ms), so that a busy machine passes and a square does not.
  const budget = 1_000;
  for (const [what, make] of Object.entries(hostile)) {
    test(`${what} is answered in time and within 64 MB`, () => {
      const octets = Buffer.from(make());
      const memory = process.memoryUsage().rss;
      const start = process.cpuUsage();
      try {
        const document = readXml(octets, limits.message);
        verifySignature(document, document.root, { certificates });
      } catch (error) {
        assert.ok(error instanceof SamlRejection, String(error));
      }
      const spent = process.cpuUsage(start).user / 1000;
      assert.ok(spent < budget, `${spent} ms`);
      const grown = process.memoryUsage().rss - memory;
      assert.ok(grown < 64 * 1024 * 1024, `${grown} octets`);
    });
  }
});
