import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../limits.ts';
import { readXml } from '../xml/reader.ts';
import { writeXml } from '../xml/write.ts';
import { readNameId, writeNameId } from './name-id.ts';

const read = (attributes: string, value: string) =>
  readNameId(
    readXml(
      Buffer.from(`<NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion"${attributes}>${value}</NameID>`),
      limits.message,
    ).root,
  );

test('a name is what was written, octet for octet, and says nothing that was not written', () => {
  assert.deepEqual(read('', ' B.Simon&amp;Co '), { value: ' B.Simon&Co ' });
});

test('a name has its qualifiers, and the name that a service provider gave itself', () => {
  const qualified = ' Format="urn:f" NameQualifier="https://idp" SPNameQualifier="https://sp"';
  const said = { value: 'x', format: 'urn:f', nameQualifier: 'https://idp', spNameQualifier: 'https://sp' };
  assert.deepEqual(read(`${qualified} SPProvidedID="y"`, 'x'), { ...said, spProvidedId: 'y' });
  assert.deepEqual(read(qualified, 'x'), said);
});

test('a name is written as it was read, since there are peers that compare all of it when they log out', () => {
  const format = ' Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"';
  const given = [
    format,
    ' NameQualifier="https://idp"',
    ' SPNameQualifier="https://sp"',
    ' SPProvidedID="y"',
  ];
  for (let some = 0; some < 2 ** given.length; some++) {
    const attributes = given.filter((_, i) => (some >> i) % 2 === 1).join('');
    assert.equal(
      writeXml(writeNameId(read(attributes, 'x'))),
      `<NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion"${attributes}>x</NameID>`,
    );
  }
});

test('a name is not empty, neither read nor written', () => {
  assert.throws(() => read('', ''), { code: 'value-malformed' });
  assert.throws(() => writeNameId({ value: '', format: 'urn:f' }), {
    code: 'value-malformed',
    expected: 'text in NameID',
  });
});
