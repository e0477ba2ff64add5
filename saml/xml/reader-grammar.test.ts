import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import { type Limits, limits } from '../limits.ts';
import type { RuleCode } from '../rules.ts';
import { readPieces, readXml } from './reader.ts';
import { textPieces } from './text-pieces.ts';

const read = (text: string) => readXml(Buffer.from(text), limits.metadata).root;

describe('a document is malformed', () => {
  const documents: Record<string, readonly string[]> = {
    'where a start tag ends in no way it may': [
      '<a',
      '<a ',
      '<a b',
      '<a b=',
      '<a /',
      '<a /b>',
      '<a/ >',
      '<a b="1"c="2"/>',
      '<a b="1',
      '<a><b',
    ],
    'where an attribute has no value, or one without quotes': [
      '<a b/>',
      '<a b="1" c/>',
      '<a b "1"/>',
      '<a b:"1"/>',
      '<a b=1/>',
      '<a b=xyx/>',
      '<a b=\'1"/>',
      '<a b="1\'/>',
      '<a b="1<2"/>',
      '<a b="1"="2"/>',
    ],
    'where a name is none': [
      '<1/>',
      '< a/>',
      '<a:/>',
      '<:a/>',
      '<a:1/>',
      '<a:b:c/>',
      '<a 1="x"/>',
      '<-a/>',
      '<>',
    ],
    'where an end tag is not that of the start tag': [
      '<a></b>',
      '<a></ab>',
      '<ab></a>',
      '<a></a',
      '<a></a b>',
      '<a></ a>',
      '<a></a/>',
      '<a></A>',
      '<p:a xmlns:p="urn:p" xmlns:q="urn:p"></q:a>',
      '<p:a xmlns:p="urn:p"></a>',
      '<p:a xmlns:p="urn:p"></p:b>',
      '<p:a xmlns:p="urn:p"></pa>',
      '<a xmlns:p="urn:p"></p:a>',
      '<a><b></a></b>',
      '</a>',
      '<a/></a>',
    ],
    'where a comment is none, or does not end': [
      '<a><!--x</a>',
      '<a><!--x--</a>',
      '<a><!--x--y--></a>',
      '<a><!--x---></a>',
      '<a><!-x--></a>',
      '<a><!---></a>',
      '<!--',
    ],
    'where an instruction is none, or does not end': [
      '<a><?x</a>',
      '<a><?x y</a>',
      '<a><?x y></a>',
      '<a><??></a>',
      '<a><? x?></a>',
      '<a><?x+y?></a>',
      '<a><?xml version="1.0"?></a>',
      '<a><?XmL?></a>',
      ' <?xml version="1.0"?><a/>',
    ],
    'where a CDATA section is none, does not end, or stands outside the root': [
      '<a><![CDATA[x</a>',
      '<a><![CDATA[x]]</a>',
      '<a><![cdata[x]]></a>',
      '<a><![CDATAx]]></a>',
      '<![CDATA[x]]><a/>',
      '<a/><![CDATA[]]>',
    ],
    'where there is text outside the root, or a second root, or none': [
      'x<a/>',
      '<a/>x',
      '&#32;<a/>',
      '<a/>&#32;',
      '\u00a0<a/>',
      '<a/><a/>',
      '<a></a><b></b>',
      '',
      ' \n',
      '<!-- -->',
      '<?x?>',
      '<a>',
      '<a><b></b>',
    ],
    'where text has what may only end a CDATA section': ['<a>]]></a>', '<a>x]]>y</a>'],
    'where a declaration of another thing begins': ['<a><!ELEMENT a ANY></a>', '<!X>', '<a><!></a>'],
  };
  for (const [where, texts] of Object.entries(documents))
    test(where, () => {
      for (const text of texts) assert.throws(() => read(text), { code: 'xml-malformed' }, text);
    });

  test('and says at what', () => {
    for (const [text, actual] of [
      ['<a b=xyx/>', '…=xyx/>'],
      ['<a><b></c></a>', '…</c></a>'],
      ['<a><1/></a>', '…1/></a>'],
      [`<a>${'</bbbbbbbbb>'.repeat(9)}`, `…${'</bbbbbbbbb>'.repeat(4).slice(0, 40)}`],
      ['<a>', 'end of document'],
      ['<a>]]></a>', '…]]></a>'],
    ] as const)
      assert.throws(() => read(text), { code: 'xml-malformed', actual }, text);
  });
});

describe('namespaces', () => {
  const refused = (text: string, code: RuleCode, actual: string): void =>
    assert.throws(() => read(text), { code, actual }, text);

  test('of a prefix that nobody declared refuse the element or the attribute, by its name', () => {
    refused('<p:a/>', 'xml-namespace-undeclared', 'p:a');
    refused('<a><p:b/></a>', 'xml-namespace-undeclared', 'p:b');
    refused('<a><b xmlns:p="urn:p"/><p:b/></a>', 'xml-namespace-undeclared', 'p:b');
    refused('<xmlns:a/>', 'xml-namespace-undeclared', 'xmlns:a');
    refused('<a p:b=""/>', 'xml-namespace-undeclared', 'p:b');
  });

  test('are declared once in an element', () => {
    refused('<a xmlns="urn:a" xmlns="urn:a"/>', 'xml-attribute-duplicate', 'xmlns:');
    refused('<a xmlns:p="urn:a" b="" xmlns:p="urn:b"/>', 'xml-attribute-duplicate', 'xmlns:p');
    assert.equal(read('<a xmlns:p="urn:a"><p:b xmlns:p="urn:b"/></a>').scope?.size, 1);
  });

  test('have names of at most 1024 characters, as IDs are', () => {
    const name = `urn:${'x'.repeat(1020)}`;
    assert.equal(read(`<a xmlns="${name}"/>`).namespace, name);
    refused(`<a xmlns="${name}x"/>`, 'xml-too-large', 'a namespace name of 1025 characters');
    const id = '_'.repeat(1024);
    for (const attribute of ['ID', 'Id', 'xml:id']) {
      assert.equal(read(`<a ${attribute}="${id}"/>`).attributes[0]?.value, id);
      refused(`<a ${attribute}="${id}_"/>`, 'xml-too-large', 'an ID of 1025 characters');
    }
  });

  test('are absolute, and escape by two digits', () => {
    for (const name of [
      'urn:x',
      'urn:%41',
      'urn:%aF',
      'http://a',
      'http://a:80/b?c#d',
      'mailto:a@b',
      'a:b/c:d',
    ])
      assert.equal(read(`<a xmlns="${name}"/>`).namespace, name);
    for (const name of [
      'urn:%',
      'urn:%4',
      'urn:%4g',
      'urn:%g4',
      'urn:%zz',
      'urn:',
      'x',
      '/x',
      '#x',
      'urn:#x',
      'http://',
      'http:///x',
      'http://a:b',
      'http://a:123456',
      '1a:b',
      'a b:c',
      'urn:a b',
      'urn:a#b#c',
      'urn:\u00e9',
      'urn:a&amp;b',
    ])
      assert.throws(() => read(`<a xmlns="${name}"/>`), { code: 'xml-namespace-relative' }, name);
  });
});

describe('the XML declaration', () => {
  test('may be spaced in every way', () => {
    for (const s of [' ', '  ', '\t', '\n', ' \t\n ', '\r\n']) {
      const declaration = `<?xml${s}version${s}=${s}"1.0"${s}encoding${s}=${s}'utf-8'${s}standalone${s}=${s}"yes"${s}?>`;
      assert.equal(read(`${declaration}<a/>`).local, 'a');
    }
    assert.equal(read('<?xmlish a?><a/>').local, 'a');
  });

  test('of another version or encoding, or of another grammar, is refused and quoted', () => {
    for (const text of [
      `<?xml version="1.1"?>`,
      `<?xml version="1.0" encoding="UTF-16"?>`,
      `<?xml version="1.0" encoding="utf8"?>`,
      `<?xml version="1x0"?>`,
      `<?xml version="1.0'?>`,
      `<?xml encoding="UTF-8"?>`,
      `<?xml?>`,
      `<?xml ?>`,
      `<?xml version="1.0"encoding="UTF-8"?>`,
      `<?xml version="1.0" encoding="UTF-8"standalone="no"?>`,
      `<?xml version="1.0" standalone="no" encoding="UTF-8"?>`,
      `<?xml version="1.0" standalone="maybe"?>`,
      `<?xml version="1.0" standalone='yes"?>`,
      `<?xml version="1.0" x="y"?>`,
      `<?xml version="1.0">`,
      `<?xml version="1.0"`,
    ])
      assert.throws(() => read(`${text}<a/>`), {
        code: 'xml-encoding',
        actual: `${text}<a/>`.slice(0, 80),
      });
  });
});

describe('a document in pieces', () => {
  const isContainer = ({ local }: { local: string }): boolean => local === 'r';
  const small: Limits = { ...limits.metadata, octets: 20, elements: 3, depth: 4 };
  const pieces = (text: string): number =>
    [...readPieces(textPieces([Buffer.from(text)]), small, isContainer)].length;

  test('has a limit for each child of a container, which says its number', () => {
    const child = (length: number): string => `<a>${'x'.repeat(length - 7)}</a>`;
    assert.equal(pieces(`<r>${child(20).repeat(5)}</r>`), 7);
    assert.throws(() => pieces(`<r>${child(20)}${child(60)}${child(20)}</r>`), {
      code: 'xml-too-large',
      actual: 'more than 20 characters in one element',
    });
  });

  test('has no more text between two tags than one child may have', () => {
    assert.equal(pieces(`<r>${' '.repeat(20)}<a/>${' '.repeat(20)}</r>`), 5);
    for (const text of [`<!-- -->${' '.repeat(10)}`, `<![CDATA[${' '.repeat(10)}]]>`, `&#x20;<!---->`])
      for (const after of ['<a/>', ''])
        assert.throws(() => pieces(`<r>${text.repeat(30)}${after}</r>`), { code: 'xml-too-large' }, text);
  });

  test('counts the elements of each child by themselves', () => {
    assert.equal(pieces(`<r>${'<a><b/><b/></a>'.repeat(5)}</r>`), 7);
    assert.equal(pieces(`<r><r>${'<a><b/><b/></a>'.repeat(2)}</r><a><b/><b/></a></r>`), 7);
    for (const text of ['<r><a><b/><b/><b/></a></r>', '<r><r/><r><a><b/><b/><b/></a></r></r>'])
      assert.throws(() => pieces(text), { code: 'xml-too-many-elements' });
  });
});
