import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Cost, handleHostile } from '../fixtures/handle-hostile.ts';
import { hostileMetadata } from '../fixtures/hostile-metadata.ts';

const budget = { milliseconds: 50, megabytes: 50 };

describe('hostile metadata at every limit', () => {
  let costs = new Map<string, Cost>();

  before(async () => {
    costs = await handleHostile('metadata', 6);
  });

  test(`has everything, from the modules to the metadata, fit into ${budget.megabytes} MB`, async () => {
    const half = budget.megabytes / 2;
    await handleHostile('metadata', 1, { maxOldGenerationSizeMb: half, maxYoungGenerationSizeMb: half });
  });

  for (const [what, { outcome }] of Object.entries(hostileMetadata)) {
    test(`${what}: ${outcome} within ${budget.milliseconds} ms`, (t) => {
      const cost = costs.get(what) ?? assert.fail('It was not handled.');
      t.diagnostic(`${cost.milliseconds.toFixed(1)} ms`);
      assert.equal(cost.outcome, outcome);
      assert.ok(cost.milliseconds <= budget.milliseconds, `${cost.milliseconds} ms`);
    });
  }
});
