import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { hostileMessages } from '../fixtures/hostile-messages.ts';
import { type Cost, handleHostile } from '../fixtures/handle-hostile.ts';

const budget = { milliseconds: 50, megabytes: 50 };

describe('hostile input at every limit', () => {
  let costs = new Map<string, Cost>();

  before(async () => {
    costs = await handleHostile('messages', 30);
  });

  test(`has everything, from the modules to the message, fit into ${budget.megabytes} MB`, async () => {
    const half = budget.megabytes / 2;
    await handleHostile('messages', 1, { maxOldGenerationSizeMb: half, maxYoungGenerationSizeMb: half });
  });

  for (const [what, { outcome }] of Object.entries(hostileMessages)) {
    test(`${what}: ${outcome} within ${budget.milliseconds} ms`, (t) => {
      const cost = costs.get(what) ?? assert.fail('It was not handled.');
      t.diagnostic(`${cost.milliseconds.toFixed(1)} ms`);
      assert.equal(cost.outcome, outcome);
      assert.ok(cost.milliseconds <= budget.milliseconds, `${cost.milliseconds} ms`);
    });
  }
});
