import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ParseOption, XmlDocument as LibxmlDocument } from 'libxml2-wasm';
import { arbitraryXml } from '../fixtures/arbitrary-xml.ts';
import { limits } from '../limits.ts';
import { SamlRejection } from '../rejection.ts';
import { canonicalize } from './canonical.ts';
import { childElements } from './content.ts';
import { readXml } from './reader.ts';

const read = (text: string | Uint8Array) =>
  readXml(typeof text === 'string' ? Buffer.from(text) : text, limits.message).root;
const canonical = (text: string): string => canonicalize(read(text), { method: 'inclusive-1.0' });

describe('the strict reader', () => {
  test('takes a byte order mark, an XML declaration in any legal spelling, and space around the root', () => {
    for (const prolog of [
      '',
      '\ufeff',
      '<?xml version="1.0"?>',
      '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n',
      "<?xml version = '1.0'\tencoding='utf-8' standalone=\"no\" ?>\r\n",
      '<?xml version="1.0" standalone="yes"?> \t\r\n',
    ]) {
      assert.equal(canonical(`${prolog}<a>x</a> \r\n\t`), '<a>x</a>');
    }
  });

  test('normalizes line ends, and white space in attributes, but nothing that is written as a reference', () => {
    assert.equal(canonical('<a>\r\n\r \n\t</a>'), '<a>\n\n \n\t</a>');
    assert.equal(canonical('<a b="1\r\n2\r3\n4\t5"></a>'), '<a b="1 2 3 4 5"></a>');
    assert.equal(canonical('<a b="&#13;&#10;&#9;">&#13;&#10;</a>'), '<a b="&#xD;&#xA;&#x9;">&#xD;\n</a>');
    assert.equal(canonical('<a b="  x  "></a>'), '<a b="  x  "></a>');
  });

  test('takes the five entities, references and CDATA as text, and merges what is adjacent', () => {
    const { children } = read(
      '<a>&lt;&gt;&amp;&quot;&apos;<![CDATA[<&]]]]><![CDATA[>]]>&#x41;&#0066;&#x1F600;&#x10FFFF;</a>',
    );
    assert.deepEqual(children, ['<>&"\'<&]]>AB\u{1f600}\u{10ffff}']);
  });

  test('replaces references once', () => {
    assert.deepEqual(read('<a>&amp;lt;&#38;amp;</a>').children, ['&lt;&amp;']);
  });

  test('resolves prefixes where they stand: shadowed, undeclared by xmlns="", and never for plain attributes', () => {
    const root = read(
      '<p:a xmlns:p="urn:1" xmlns="urn:d" x="" p:x=""><p:b xmlns:p="urn:2" xmlns=""><c/></p:b><d/><xml:e/></p:a>',
    );
    assert.equal(root.namespace, 'urn:1');
    assert.deepEqual(
      root.attributes.map(({ namespace }) => namespace),
      ['', 'urn:1'],
    );
    const [b, d, e] = childElements(root);
    assert.equal(b?.namespace, 'urn:2');
    assert.equal(b && childElements(b)[0]?.namespace, '');
    assert.equal(d?.namespace, 'urn:d');
    assert.equal(e?.namespace, 'http://www.w3.org/XML/1998/namespace');
  });

  test('takes comments and processing instructions of metadata around the root and beside elements', () => {
    const text =
      '<?xml version="1.0"?><?style a="b"?><!-- 1 -->\n<a> <!-- 2 --><b/><?x?> </a><!-- 3 --><?y?>';
    const { root } = readXml(Buffer.from(text), limits.metadata);
    const kinds = root.children.map((child) => (typeof child === 'string' ? child : child.kind));
    assert.deepEqual(kinds, [' ', 'element', 'instruction', ' ']);
    const { children } = readXml(Buffer.from('<a><?x  y ?><?z\n?></a>'), limits.metadata).root;
    assert.deepEqual(children, [
      { kind: 'instruction', target: 'x', data: 'y ' },
      { kind: 'instruction', target: 'z', data: '' },
    ]);
  });

  test('takes names of the whole of Unicode that XML allows', () => {
    assert.equal(
      canonical('<Ämter·2 \u{10400}-\u0301.x="1"/>'),
      '<Ämter·2 \u{10400}-\u0301.x="1"></Ämter·2>',
    );
  });

  test('takes documents up to their limits, and not one further', () => {
    const levels = (n: number): string => '<a>'.repeat(n) + '</a>'.repeat(n);
    assert.ok(read(levels(64)));
    assert.throws(() => read(levels(65)), { code: 'xml-too-deep' });
    assert.ok(read(`<a>${'<b/>'.repeat(4_999)}</a>`));
    assert.throws(() => read(`<a>${'<b/>'.repeat(5_000)}</a>`), { code: 'xml-too-many-elements' });
    const attributes = (n: number): string =>
      `<a ${Array.from({ length: n }, (_, i) => `a${i}=""`).join(' ')}/>`;
    assert.ok(read(attributes(64)));
    assert.throws(() => read(attributes(65)), { code: 'xml-too-many-attributes' });
    const declarations = (n: number): string =>
      `<a ${Array.from({ length: n }, (_, i) => `xmlns:a${i}="urn:x"`).join(' ')}><b xmlns="urn:y"/></a>`;
    assert.ok(read(declarations(63)));
    assert.throws(() => read(declarations(64)), { code: 'xml-too-many-namespaces' });
    const octets = (n: number): string => `<a>${'\u00e9'.repeat((n - 8) / 2)}x</a>`;
    assert.ok(read(octets(limits.message.octets)));
    assert.throws(() => read(octets(limits.message.octets + 2)), { code: 'xml-too-large' });
  });

  test('accepts nothing that libxml2 calls malformed: generated documents with some octets changed', () => {
    const noise = fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      '/',
      '!',
      '?',
      ';',
      ':',
      '=',
      ' ',
      ']',
      '-',
      'x',
      '#',
      '\t',
      '\u0000',
      'é',
    );
    const edit = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.array(noise, { maxLength: 3 }) });
    let accepted = 0;
    fc.assert(
      fc.property(arbitraryXml, fc.array(edit, { minLength: 1, maxLength: 3 }), (source, edits) => {
        let text = source;
        for (const { at, remove, insert } of edits) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + insert.join('') + text.slice(from + remove);
        }
        let ours: string;
        try {
          ours = canonicalize(readXml(Buffer.from(text), limits.metadata).root, { method: 'inclusive-1.0' });
        } catch (error) {
          assert.ok(error instanceof SamlRejection, String(error));
          return;
        }
        accepted++;
        const document = LibxmlDocument.fromBuffer(Buffer.from(text), {
          option: ParseOption.XML_PARSE_PEDANTIC,
        });
        try {
          assert.equal(ours, document.root.canonicalizeToString());
        } finally {
          document.dispose();
        }
      }),
      { numRuns: 5_000 },
    );
    assert.ok(accepted > 200, `only ${accepted} mutants were accepted`);
  });

  test('answers every sequence of octets with a document or a rejection', () => {
    const pieces = fc.constantFrom(
      '<a>',
      '</a>',
      '<a',
      '/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?x',
      '?>',
      '&#',
      ';',
      'x="',
      '"',
      ' ',
      'xmlns:a="',
      'a:',
      '\r',
      '\ufeff',
    );
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(octets, fc.constantFrom(limits.message, limits.metadata), (input, kind) => {
        try {
          assert.equal(readXml(input, kind).root.kind, 'element');
        } catch (error) {
          assert.ok(error instanceof SamlRejection, String(error));
        }
      }),
      { numRuns: 20_000 },
    );
  });
});
