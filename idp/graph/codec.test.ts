import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { toJson, toRow } from './codec.ts';
import type { Properties } from './properties.ts';

const properties: Properties = {
  id: { kind: 'id' },
  displayName: { kind: 'string' },
  isEnabled: { kind: 'boolean', column: 'enabled' },
  createdDateTime: { kind: 'dateTime' },
  tags: { kind: 'stringCollection' },
  'status/errorCode': { kind: 'integer', column: 'errorCode' },
  'status/reason': { kind: 'string', column: 'reason' },
  settings: { kind: 'json' },
  type: { kind: 'constant', value: 'Member' },
  shout: { kind: 'derived', from: (row) => String(row['displayName']).toUpperCase() },
};

const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
// What JSON can hold: -0 becomes 0 on the way, as it does everywhere in JSON.
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const rows = fc.record(
  {
    id: fc.uuid(),
    displayName: nullable(fc.string({ unit: 'grapheme' })),
    enabled: fc.constantFrom(0, 1),
    createdDateTime: nullable(fc.integer({ min: 0, max: 8.64e15 })),
    tags: fc.array(fc.string()).map((list) => JSON.stringify(list)),
    errorCode: fc.integer(),
    reason: nullable(fc.string()),
    settings: nullable(json.map((value) => JSON.stringify(value)).filter((text) => text !== 'null')),
  },
  { noNullPrototype: true },
);

describe('The codec', () => {
  test('makes JSON from which the same row comes back', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const travelled = JSON.parse(JSON.stringify(toJson(properties, row))) as Record<string, unknown>;
        assert.deepEqual(toRow(properties, travelled), row);
      }),
    );
  });

  test('writes each kind as the wire has it', () => {
    const row = {
      id: 'x',
      displayName: 'Britta',
      enabled: 1,
      createdDateTime: 1_795_435_200_000,
      tags: '["a"]',
      errorCode: 0,
      reason: null,
      settings: '{"relayState":null}',
      passwordHash: 'secret',
    };
    assert.deepEqual(toJson(properties, row), {
      id: 'x',
      displayName: 'Britta',
      isEnabled: true,
      createdDateTime: '2026-11-23T12:00:00.000Z',
      tags: ['a'],
      status: { errorCode: 0, reason: null },
      settings: { relayState: null },
      type: 'Member',
      shout: 'BRITTA',
    });
  });

  test('shows only what $select names, a complex property as a whole', () => {
    const row = { id: 'x', errorCode: 1, reason: 'r' };
    assert.deepEqual(toJson(properties, row, ['status', 'type']), {
      status: { errorCode: 1, reason: 'r' },
      type: 'Member',
    });
  });

  test('takes from a change only what it names, and nothing that is no column', () => {
    assert.deepEqual(toRow(properties, { isEnabled: false, type: 'Guest', shout: 'X', passwordHash: 'x' }), {
      enabled: 0,
    });
    assert.deepEqual(toRow(properties, { status: { reason: null } }), { reason: null });
    assert.deepEqual(toRow(properties, {}), {});
  });
});
