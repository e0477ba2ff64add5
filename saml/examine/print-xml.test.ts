import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../limits.ts';
import { readXml } from '../xml/reader.ts';
import { printXml } from './print-xml.ts';

const printed = (xml: string): string => printXml(readXml(Buffer.from(xml), limits.metadata).root);

test('each element has a line of its own, indented, and texts stay beside their tags', () => {
  const xml = '<a xmlns="urn:a" x="1"><b:c xmlns:b="urn:b" y="2" b:z="3"> <d/>\n<e>text</e></b:c><f></f></a>';
  assert.equal(
    printed(xml),
    [
      '<a xmlns="urn:a" x="1">',
      '  <b:c xmlns:b="urn:b" y="2" b:z="3">',
      '    <d/>',
      '    <e>text</e>',
      '  </b:c>',
      '  <f/>',
      '</a>',
    ].join('\n'),
  );
});

test('declarations stand where they stood, in their order', () => {
  assert.equal(
    printed('<a xmlns="urn:a" xmlns:p="urn:p"><b/><p:c xmlns=""/></a>'),
    '<a xmlns="urn:a" xmlns:p="urn:p">\n  <b/>\n  <p:c xmlns=""/>\n</a>',
  );
});

test('what has a meaning in XML is escaped, and what no screen shows is a reference', () => {
  assert.equal(
    printed('<a b="&lt;&quot;&amp;&#9;"> &lt;&gt;&amp;"\u202e\u00a0&#13;\n</a>'),
    '<a b="&lt;&quot;&amp;&#x9;"> &lt;&gt;&amp;"&#x202E;&#xA0;&#xD;&#xA;</a>',
  );
});

test('names are no place for what no screen shows either', () => {
  assert.equal(
    printed('<a\u061c:b\ufeff xmlns:a\u061c="urn:a" c\u{e0041}="1"> <d\u200c/></a\u061c:b\ufeff>'),
    [
      '<a&#x61C;:b&#xFEFF; xmlns:a&#x61C;="urn:a" c&#xE0041;="1">',
      '  <d&#x200C;/>',
      '</a&#x61C;:b&#xFEFF;>',
    ].join('\n'),
  );
  assert.equal(printed('<a>\u3164\u034f\u{e0100}</a>'), '<a>&#x3164;&#x34F;&#xE0100;</a>');
});

test('text beside elements is kept, and instructions are left out', () => {
  assert.equal(printed('<a> x <b/></a>'), '<a>\n   x \n  <b/>\n</a>');
  assert.equal(printed('<a><b/><?p q?></a>'), '<a>\n  <b/>\n</a>');
});

test('line breaks inside base64 go, and nowhere else', () => {
  const ds = 'http://www.w3.org/2000/09/xmldsig#';
  assert.equal(
    printed(`<s:DigestValue xmlns:s="${ds}">AA\n \tAA</s:DigestValue>`),
    `<s:DigestValue xmlns:s="${ds}">AAAA</s:DigestValue>`,
  );
  assert.equal(printed('<DigestValue>AA\nAA</DigestValue>'), '<DigestValue>AA&#xA;AA</DigestValue>');
  assert.equal(
    printed(`<s:KeyName xmlns:s="${ds}">A A</s:KeyName>`),
    `<s:KeyName xmlns:s="${ds}">A A</s:KeyName>`,
  );
  const xenc = 'http://www.w3.org/2001/04/xmlenc#';
  assert.equal(
    printed(`<CipherValue xmlns="${xenc}">A A</CipherValue>`),
    `<CipherValue xmlns="${xenc}">AA</CipherValue>`,
  );
});
