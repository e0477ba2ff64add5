import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { SamlRejection } from '../rejection.ts';
import {
  artifactSourceId,
  decodeArtifactForm,
  decodeArtifactQuery,
  encodeArtifactUrl,
  readArtifact,
  writeArtifact,
} from './http-artifact.ts';

const entityId = 'https://id.example/ü';
const messageHandle = Buffer.from('00112233445566778899aabbccddeeff00112233', 'hex');
const queryOf = (url: string): string => url.slice(url.indexOf('?') + 1);

suite('an artifact', () => {
  test('is 44 octets: type 4, index, the SHA-1 of the entity ID, the handle', () => {
    const octets = Buffer.from(writeArtifact({ entityId, endpointIndex: 258, messageHandle }), 'base64');
    assert.equal(octets.toString('hex', 0, 4), '00040102');
    assert.deepEqual(octets.subarray(4, 24), createHash('sha1').update(entityId, 'utf8').digest());
    assert.deepEqual(octets.subarray(24), messageHandle);
  });

  test('is read as it was made, by query and by form', () => {
    const parts = fc.record({
      entityId: fc.webUrl(),
      endpointIndex: fc.integer({ min: 0, max: 65_535 }),
      messageHandle: fc.uint8Array({ minLength: 20, maxLength: 20 }),
    });
    fc.assert(
      fc.property(
        parts,
        fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
        (made, relayState) => {
          const artifact = writeArtifact(made);
          const says = {
            artifact,
            sourceId: artifactSourceId(made.entityId),
            endpointIndex: made.endpointIndex,
            messageHandle: Buffer.from(made.messageHandle).toString('hex'),
          };
          assert.deepEqual(readArtifact(artifact), says);
          const relay = relayState === undefined ? {} : { relayState };
          const url = encodeArtifactUrl({ endpoint: 'https://sp.example/acs', artifact, ...relay });
          assert.deepEqual(decodeArtifactQuery(queryOf(url)), { ...says, ...relay });
          const fields = {
            SAMLart: artifact,
            ...(relayState === undefined ? {} : { RelayState: relayState }),
          };
          assert.deepEqual(decodeArtifactForm(fields), { ...says, ...relay });
        },
      ),
    );
  });

  test('has one spelling: nothing else is read as the same', () => {
    const artifact = writeArtifact({ entityId, endpointIndex: 0, messageHandle });
    for (const other of [
      artifact.replace(/=$/, ''),
      `${artifact}=`,
      ` ${artifact}`,
      artifact.replace(/.=$/, 'N='),
    ]) {
      if (other !== artifact) assert.throws(() => readArtifact(other), SamlRejection, other);
    }
  });

  test('comes in a query of any length up to the limit', () => {
    const artifact = writeArtifact({ entityId, endpointIndex: 0, messageHandle });
    const query = `SAMLart=${encodeURIComponent(artifact)}&x=`;
    const longest = 32 * 1024;
    assert.equal(decodeArtifactQuery(query.padEnd(longest, 'a')).artifact, artifact);
    assert.throws(
      () => decodeArtifactQuery(query.padEnd(longest + 1, 'a')),
      (error) => error instanceof SamlRejection && error.code === 'query-too-long',
    );
  });

  test('is not made with a handle of another length, or an index that does not fit', () => {
    for (const length of [0, 19, 21]) {
      const made = { entityId, endpointIndex: 0, messageHandle: Buffer.alloc(length) };
      assert.throws(() => writeArtifact(made), {
        name: 'RangeError',
        message: 'A message handle has twenty octets.',
      });
    }
    for (const endpointIndex of [-1, 65_536]) {
      assert.throws(() => writeArtifact({ entityId, endpointIndex, messageHandle }), RangeError);
    }
  });

  test('goes to an address that keeps its query, and to none with a fragment', () => {
    const artifact = writeArtifact({ entityId, endpointIndex: 0, messageHandle });
    const value = encodeURIComponent(artifact);
    assert.equal(
      encodeArtifactUrl({ endpoint: 'https://sp.example/acs?n=1', artifact }),
      `https://sp.example/acs?n=1&SAMLart=${value}`,
    );
    assert.equal(
      encodeArtifactUrl({ endpoint: 'https://sp.example/acs', artifact, relayState: 'a&b' }),
      `https://sp.example/acs?SAMLart=${value}&RelayState=a%26b`,
    );
    for (const [relayState, code] of [
      ['x'.repeat(4097), 'relay-state-too-long'],
      ['\ud800', 'value-malformed'],
    ] as const) {
      assert.throws(() => encodeArtifactUrl({ endpoint: 'https://sp.example/acs', artifact, relayState }), {
        code,
      });
    }
    assert.throws(() => encodeArtifactUrl({ endpoint: 'https://sp.example/#', artifact }), RangeError);
  });
});
