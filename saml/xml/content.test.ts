import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import { limits } from '../limits.ts';
import type { RuleCode } from '../rules.ts';
import { attributesOf, Content, childElements, isXmlSpace, textOf } from './content.ts';
import { readXml } from './reader.ts';
import type { XmlElement, XmlName } from './tree.ts';

const read = (text: string): XmlElement => readXml(Buffer.from(text), limits.metadata).root;
const x = (local: string): XmlName => ({ namespace: 'urn:x', local });
const refused = (code: RuleCode, actual?: string | RegExp) => ({
  name: 'SamlRejection',
  code,
  ...(actual === undefined ? {} : { actual }),
});

describe('content models', () => {
  const root = read('<a xmlns="urn:x"> <b/>\r\n<b/>\t<c/><y:b xmlns:y="urn:y"/> </a>');

  test('are walked in document order, child by child', () => {
    const content = new Content(root);
    assert.equal(content.peek()?.local, 'b');
    assert.equal(content.optional(x('c')), undefined);
    assert.equal(content.many(x('b')).length, 2);
    assert.equal(content.many(x('b')).length, 0);
    assert.equal(content.one(x('c')).local, 'c');
    assert.equal(content.take()?.namespace, 'urn:y');
    assert.equal(content.take(), undefined);
    assert.equal(content.peek(), undefined);
    content.end();
  });

  test('refuse another element than the one that must come, and say which', () => {
    assert.throws(() => new Content(root).one(x('c')), {
      ...refused('element-unexpected', '{urn:x}b'),
      expected: '{urn:x}c',
    });
    assert.throws(
      () => new Content(root).one({ namespace: 'urn:y', local: 'b' }),
      refused('element-unexpected'),
    );
    assert.throws(() => new Content(read('<a/>')).one(x('c')), {
      ...refused('element-missing', 'end of a'),
      expected: '{urn:x}c',
    });
  });

  test('refuse what is left over', () => {
    const content = new Content(root);
    content.many(x('b'));
    assert.throws(() => content.end(), refused('element-unexpected', '{urn:x}c'));
  });

  test('refuse text between elements that is more than white space', () => {
    assert.throws(() => new Content(read('<a><b/>x</a>')), refused('text-unexpected', 'a: x'));
    assert.throws(() => childElements(read('<a>\u00a0<b/></a>')), refused('text-unexpected'));
    assert.throws(() => childElements(read('<a>&#x2003;</a>')), refused('text-unexpected'));
  });

  test('pass over the processing instructions that metadata may have', () => {
    const children = childElements(read('<a><?x?><b/> <?y z?></a>'));
    assert.deepEqual(
      children.map(({ local }) => local),
      ['b'],
    );
    const content = new Content(read('<a xmlns="urn:x"><?x?><b/><?y z?></a>'));
    assert.equal(content.one(x('b')).kind, 'element');
    assert.equal(content.peek(), undefined);
    content.end();
  });

  test('answer with the code they are given instead of their own', () => {
    const code = 'signature-grammar';
    assert.throws(() => new Content(root, code).one(x('c')), refused(code));
    assert.throws(() => new Content(read('<a/>'), code).one(x('c')), refused(code));
    assert.throws(() => new Content(root, code).end(), refused(code));
    assert.throws(() => new Content(read('<a>x</a>'), code), refused(code));
    assert.throws(() => textOf(root, code), refused(code));
    assert.throws(() => attributesOf(read('<a b=""/>'), {}, code), refused(code));
    assert.throws(() => attributesOf(read('<a/>'), { required: ['b'] }, code), refused(code));
  });
});

describe('text', () => {
  test('is whole and untrimmed', () => {
    assert.equal(textOf(read('<a> x&#10;<![CDATA[<]]> </a>')), ' x\n< ');
    assert.equal(textOf(read('<a></a>')), '');
    assert.equal(textOf(read('<a/>')), '');
  });

  test('is refused where an element splits it', () => {
    assert.throws(() => textOf(read('<a>x<b/>y</a>')), refused('element-unexpected', 'b'));
    assert.throws(() => textOf(read('<a><b/></a>')), refused('element-unexpected', 'b'));
  });

  test('is refused beside an instruction, even where it is white space', () => {
    assert.throws(() => textOf(read('<a> <?x?> </a>')), refused('xml-processing-instruction'));
    assert.throws(() => textOf(read('<a><?x?></a>')), refused('xml-processing-instruction'));
  });

  test('of white space is that of XML, not of Unicode', () => {
    assert.ok(isXmlSpace(' \t\r\n') && isXmlSpace(''));
    for (const other of ['\u00a0', '\u2028', '\u0085', '\ufeff', '\u000b', 'x', ' x'])
      assert.ok(!isXmlSpace(other));
  });
});

describe('attributes', () => {
  test('are required or optional by name, and absent ones are undefined', () => {
    const { ID, Version } = attributesOf(read('<a ID="_1"/>'), { required: ['ID'], optional: ['Version'] });
    assert.deepEqual([ID, Version], ['_1', undefined]);
  });

  test('that are missing or unknown refuse', () => {
    assert.throws(() => attributesOf(read('<a/>'), { required: ['ID'] }), {
      ...refused('attribute-missing', 'a'),
      expected: 'ID',
    });
    assert.throws(
      () => attributesOf(read('<a id=""/>'), { optional: ['ID'] }),
      refused('attribute-unexpected', 'id of a'),
    );
    assert.throws(() => attributesOf(read('<a __proto__=""/>'), {}), refused('attribute-unexpected'));
  });

  test('of the same local name in a namespace are other attributes', () => {
    const look = read('<a xmlns:p="urn:p" p:ID="_evil"/>');
    assert.throws(
      () => attributesOf(look, { optional: ['ID'] }),
      refused('attribute-unexpected', '{urn:p}ID of a'),
    );
    assert.equal(attributesOf(look, { optional: ['ID'], open: true }).ID, undefined);
    assert.throws(() => attributesOf(look, { required: ['ID'], open: true }), refused('attribute-missing'));
  });

  test('of the xml namespace are listed with their prefix', () => {
    const both = read('<a xml:lang="en" lang="de"/>');
    const values = attributesOf(both, { optional: ['xml:lang', 'lang'] });
    assert.deepEqual([values['xml:lang'], values.lang], ['en', 'de']);
    assert.throws(() => attributesOf(both, { optional: ['lang'] }), refused('attribute-unexpected'));
    assert.equal(attributesOf(both, { optional: ['lang'], open: true }).lang, 'de');
  });

  test('of the schema instance are legal everywhere and never read', () => {
    const typed = read(
      '<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="x:evil" xsi:nil="true"/>',
    );
    const values = attributesOf(typed, { optional: ['type'] });
    assert.deepEqual(Object.keys(values), []);
  });

  test('named like something every object has are no attributes', () => {
    assert.throws(
      () => attributesOf(read('<a/>'), { required: ['constructor'] }),
      refused('attribute-missing'),
    );
    assert.equal(attributesOf(read('<a/>'), { optional: ['toString'] }).toString, undefined);
  });
});
