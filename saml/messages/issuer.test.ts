import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../limits.ts';
import { readXml } from '../xml/reader.ts';
import { writeXml } from '../xml/write.ts';
import { readIssuer, writeIssuer } from './issuer.ts';

const read = (attributes: string): string =>
  readIssuer(
    readXml(
      Buffer.from(
        `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ${attributes}>https://id.example/</Issuer>`,
      ),
      limits.message,
    ).root,
  );

describe('an issuer', () => {
  test('is written as its entity ID alone, and read again', () => {
    const xml = writeXml(writeIssuer('https://id.example/?a&b'));
    assert.equal(readIssuer(readXml(Buffer.from(xml), limits.message).root), 'https://id.example/?a&b');
    assert.equal(
      xml,
      '<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://id.example/?a&amp;b</Issuer>',
    );
  });

  test('may say that it is an entity, and no more than the schema has; its qualifiers change nothing', () => {
    for (const attribute of [
      'Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity"',
      'NameQualifier="x"',
      'SPNameQualifier="x"',
      'SPProvidedID="x"',
    ])
      assert.equal(read(attribute), 'https://id.example/');
    assert.throws(() => read('Trusted="x"'), { code: 'attribute-unexpected' });
  });

  test('is nothing but an entity', () => {
    assert.throws(() => read('Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"'), {
      code: 'issuer-format',
      expected: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
      actual: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    });
  });

  test('has a name', () => {
    assert.throws(() => writeIssuer(''), { code: 'value-malformed' });
  });
});
