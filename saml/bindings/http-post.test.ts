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
        assert.equal('relayState' in message, false);
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
  const longest = limits.message.octets * 1.5;
  const SAMLResponse = 'PGEvPg=='.padEnd(longest, '\n');
  assert.equal(decodePost({ SAMLResponse }).octets.length, 4);
  assert.throws(() => decodePost({ SAMLResponse: `${SAMLResponse}!` }), {
    name: 'SamlRejection',
    code: 'xml-too-large',
    expected: `at most ${longest} characters`,
    actual: `${longest + 1}`,
  });
});
