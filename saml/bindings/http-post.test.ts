import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { limits } from '../limits.ts';
import { decodePost, encodePost } from './http-post.ts';

test('what is encoded is decoded, with and without line breaks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (xml) => {
      const value = encodePost(xml);
      const broken = value.replaceAll(/.{1,76}/g, '$&\r\n');
      for (const SAMLResponse of [value, broken]) {
        const message = decodePost({ SAMLResponse });
        assert.deepEqual(Buffer.from(message.octets), Buffer.from(xml));
        assert.equal(message.parameter, 'SAMLResponse');
      }
    }),
    { numRuns: 200 },
  );
});

test('a request comes as a request, with its relay state', () => {
  const message = decodePost({ SAMLRequest: 'PGEvPg==', RelayState: '' });
  assert.deepEqual(
    { ...message, octets: Buffer.from(message.octets).toString() },
    { binding: 'post', parameter: 'SAMLRequest', octets: '<a/>', relayState: '' },
  );
});

test('a value that is too long is refused before it is decoded', () => {
  const SAMLResponse = '!'.repeat(limits.message.octets * 2);
  assert.throws(() => decodePost({ SAMLResponse }), { name: 'SamlRejection', code: 'xml-too-large' });
});
