import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { limits } from '../limits.ts';
import { readXml } from '../xml/reader.ts';
import { writeXml } from '../xml/write.ts';
import { readStatus, writeStatus, type WriteStatusInput } from './status.ts';

const written = (status: WriteStatusInput) => writeXml(writeStatus(status));
const back = (status: WriteStatusInput) =>
  readStatus(readXml(Buffer.from(written(status)), limits.message).root);
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });

describe('a status', () => {
  test('is written with its codes nested, outermost first', () => {
    assert.equal(
      written({ code: 'urn:a', subCode: 'urn:b', subCodes: ['urn:c', 'urn:d'], message: 'no <way>' }),
      '<samlp:Status xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><samlp:StatusCode Value="urn:a">' +
        '<samlp:StatusCode Value="urn:b"><samlp:StatusCode Value="urn:c"><samlp:StatusCode Value="urn:d"></samlp:StatusCode>' +
        '</samlp:StatusCode></samlp:StatusCode></samlp:StatusCode><samlp:StatusMessage>no &lt;way&gt;</samlp:StatusMessage></samlp:Status>',
    );
    assert.equal(
      written({ code: 'urn:a' }),
      '<samlp:Status xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><samlp:StatusCode Value="urn:a"></samlp:StatusCode></samlp:Status>',
    );
  });

  test('carries details that nobody reads', () => {
    const detail = [{ namespace: 'urn:x', local: 'Cause', attributes: { n: '1' }, children: ['<why>'] }];
    assert.ok(
      written({ code: 'urn:a', detail }).endsWith(
        '<samlp:StatusDetail><Cause xmlns="urn:x" n="1">&lt;why&gt;</Cause></samlp:StatusDetail></samlp:Status>',
      ),
    );
    assert.deepEqual(back({ code: 'urn:a', detail }), { code: 'urn:a', subCodes: [] });
    assert.ok(!written({ code: 'urn:a', detail: [] }).includes('StatusDetail'));
  });

  test('is read as it was written', () => {
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 15 }), fc.option(text), (code, subCodes, message) => {
        const status = { code, subCodes, ...(message === null ? {} : { message }) };
        try {
          assert.deepEqual(back(status), status);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'xml-character');
        }
      }),
    );
  });

  test('may be nested sixteen times, and no more', () => {
    const codes = (length: number) => Array.from({ length }, (_, index) => `urn:${index}`);
    assert.deepEqual(back({ code: 'urn:a', subCodes: codes(16) }).subCodes, codes(16));
    assert.throws(() => written({ code: 'urn:a', subCodes: codes(17) }), {
      code: 'xml-too-deep',
      expected: 'at most 16 nested codes',
      actual: '17',
    });
    assert.throws(() => written({ code: 'urn:a', subCode: 'urn:b', subCodes: codes(16) }), {
      code: 'xml-too-deep',
    });
  });
});
