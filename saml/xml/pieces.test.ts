import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { arbitraryAnnotatedXml, arbitraryXml } from '../fixtures/arbitrary-xml.ts';
import { type Limits, limits } from '../limits.ts';
import { SamlRejection } from '../rejection.ts';
import { CanonicalStream, canonicalize } from './canonical.ts';
import type { Piece } from './piece.ts';
import { readPieces, readXml } from './reader.ts';
import { textPieces } from './text-pieces.ts';
import type { XmlElement } from './tree.ts';

/** The octets cut at these distances, over and over. */
function* cut(octets: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let from = 0, i = 0; from < octets.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    yield octets.subarray(from, from + length);
    from += length;
  }
}

function streamed(
  octets: Uint8Array,
  lengths: readonly number[],
  given: {
    limits: Limits;
    isContainer: (element: XmlElement) => boolean;
    how: Parameters<typeof canonicalize>[1];
  },
): string {
  const stream = new CanonicalStream(given.how);
  let text = '';
  const write = (piece: Piece): void => {
    if (piece.kind === 'open') stream.open(piece.container);
    else if (piece.kind === 'close') stream.close();
    else stream.add(piece.kind === 'child' ? piece.element : piece.node);
    text += stream.take();
  };
  for (const piece of readPieces(textPieces(cut(octets, lengths)), given.limits, given.isContainer))
    write(piece);
  return text;
}

const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
const hows = fc.constantFrom<Parameters<typeof canonicalize>[1]>(
  { method: 'exclusive' },
  { method: 'inclusive-1.0' },
  { method: 'inclusive-1.1' },
  { method: 'exclusive', prefixes: ['a', 'b', ''] },
);
// Which elements are taken apart does not matter to what is written.
const containers = fc
  .integer({ min: 1, max: 3 })
  .map((modulus) => (element: XmlElement) => element.local.length % modulus === 0);

describe('a document in pieces', () => {
  for (const [what, document] of [
    ['plain', arbitraryXml],
    ['annotated', arbitraryAnnotatedXml],
  ] as const) {
    test(`has the canonical form it has as a whole, wherever it is cut: ${what}`, () => {
      let compared = 0;
      fc.assert(
        fc.property(
          document,
          lengths,
          hows,
          containers,
          fc.constantFrom(300, 100_000),
          (xml, cuts, how, isContainer, octets) => {
            const text = Buffer.from(xml);
            const whole = canonicalize(readXml(text, limits.metadata).root, how);
            try {
              assert.equal(
                streamed(text, cuts, { limits: { ...limits.metadata, octets }, isContainer, how }),
                whole,
              );
              compared += 1;
            } catch (error) {
              // Text in a container is the container's; a token longer than what must lie ahead is refused.
              if (!(error instanceof SamlRejection && error.code === 'xml-too-large')) throw error;
            }
          },
        ),
        { numRuns: 500 },
      );
      assert.ok(compared > 250, `${compared}`);
    });
  }

  test('says where its children stand, in octets', () => {
    const text =
      '<?xml version="1.0"?>\n<r xmlns:p="urn:p"><!-- é --><a>東京</a> <?x é?><p:b/><r><c i="é"></c>\n</r><d/></r>';
    const octets = Buffer.from(text);
    const found: string[] = [];
    const isContainer = ({ local }: XmlElement) => local === 'r';
    for (const piece of readPieces(textPieces(cut(octets, [3])), limits.metadata, isContainer)) {
      if (piece.kind === 'child') found.push(octets.subarray(piece.octets.from, piece.octets.to).toString());
      else if (piece.kind !== 'between') found.push(piece.kind);
    }
    assert.deepEqual(found, [
      'open',
      '<a>東京</a>',
      '<p:b/>',
      'open',
      '<c i="é"></c>',
      'close',
      '<d/>',
      'close',
    ]);
  });

  test('is refused for what the whole is refused for', () => {
    const isContainer = ({ local }: XmlElement) => local === 'r';
    const codeOf = (run: () => unknown): string => {
      try {
        run();
        return 'accepted';
      } catch (error) {
        return error instanceof SamlRejection ? error.code : String(error);
      }
    };
    const wrong = [
      '<r>',
      '<r></r><r></r>',
      '<r></s>',
      '<r><s></r></s>',
      'x<r></r>',
      '<r></r>x',
      '<r>]]></r>',
      '<r a="1" a="2"/>',
      '',
    ];
    const wronger = [
      '<r><p:a/></r>',
      '<r ID="x"><a ID="x"/></r>',
      '<r><a ID="x"/><r xml:id="x"/></r>',
      '<!DOCTYPE r><r/>',
      '<r>&x;</r>',
      '<r xmlns="a"/>',
    ];
    const worse = [
      '<r><a>x<!-- -->y</a></r>',
      '<r><a>x<?y?></a></r>',
      '\ufeff\ufeff<r/>',
      '<r>\u0001</r>',
      '<r><a></a',
      '<r>&#0;</r>',
      '<?xml version="1.1"?><r/>',
      '<r',
    ];
    for (const text of [...wrong, ...wronger, ...worse]) {
      const octets = Buffer.from(text);
      const whole = codeOf(() => readXml(octets, limits.metadata));
      assert.notEqual(whole, 'accepted');
      for (const length of [1, 2, 7]) {
        const pieces = codeOf(() => [
          ...readPieces(textPieces(cut(octets, [length])), limits.metadata, isContainer),
        ]);
        assert.equal(pieces, whole, text);
      }
    }
  });
});

describe('the text of a document in pieces', () => {
  test('is decoded the same wherever it is cut', () => {
    const text = '\ufeff<a>\r\n\r\n\r東京\u{1f600}\r</a>\r';
    const expected = '<a>\n\n\n東京\u{1f600}\n</a>\n';
    const octets = Buffer.from(text);
    for (let length = 1; length <= octets.length; length++) {
      assert.equal([...textPieces(cut(octets, [length]))].join(''), expected);
    }
  });

  test('is refused where it is no UTF-8, also at the very end', () => {
    for (const octets of [
      [0x3c, 0xff],
      [0x3c, 0xe6, 0x9d],
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
    ]) {
      assert.throws(() => [...textPieces([Buffer.from(octets)])], { code: 'xml-encoding' });
      assert.throws(() => [...textPieces(octets.map((octet) => Buffer.from([octet])))], {
        code: 'xml-encoding',
      });
    }
  });
});
