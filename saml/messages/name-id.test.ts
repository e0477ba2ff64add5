import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameIdFormats } from '../names.ts';
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

test('a name is what was written, octet for octet, and of no particular format unless it says so', () => {
  assert.deepEqual(read('', ' B.Simon&amp;Co '), {
    value: ' B.Simon&Co ',
    format: nameIdFormats.unspecified,
  });
});

test('a name has its qualifiers; the name that a service provider gave itself is not read', () => {
  const qualified = ' Format="urn:f" NameQualifier="https://idp" SPNameQualifier="https://sp"';
  const said = { value: 'x', format: 'urn:f', nameQualifier: 'https://idp', spNameQualifier: 'https://sp' };
  assert.deepEqual(read(`${qualified} SPProvidedID="y"`, 'x'), said);
  assert.deepEqual(read(qualified, 'x'), said);
  assert.equal(
    writeXml(writeNameId(said)),
    `<NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion"${qualified}>x</NameID>`,
  );
});

test('a name is not empty, neither read nor written', () => {
  assert.throws(() => read('', ''), { code: 'value-malformed' });
  assert.throws(() => writeNameId({ value: '', format: 'urn:f' }), {
    code: 'value-malformed',
    expected: 'text in NameID',
  });
});
