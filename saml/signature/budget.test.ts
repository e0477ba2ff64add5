import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { hostileMessages } from '../fixtures/hostile-messages.ts';
import type { Cost } from '../fixtures/hostile-worker.ts';

const budget = { milliseconds: 50, megabytes: 50 };

/** Handles all hostile messages in a thread of its own, one after the other, and answers what they came to and cost. */
async function handleAll(batches: number, resourceLimits: ResourceLimits = {}): Promise<Map<string, Cost>> {
  const costs = new Map<string, Cost>();
  let last = '';
  const file = new URL('../fixtures/hostile-worker.ts', import.meta.url);
  const worker = new Worker(file, { resourceLimits, workerData: { batches } });
  worker.on('message', (message: string | Cost) => {
    if (typeof message === 'string') last = message;
    else costs.set(message.what, message);
  });
  return new Promise((resolve, fail) => {
    worker.on('exit', () => resolve(costs));
    worker.on('error', (error) => fail(new Error(`${last}: ${error}`)));
  });
}

describe('hostile input at every limit', () => {
  let costs = new Map<string, Cost>();

  before(async () => {
    costs = await handleAll(30);
  });

  test(`has everything, from the modules to the message, fit into ${budget.megabytes} MB`, async () => {
    const half = budget.megabytes / 2;
    await handleAll(1, { maxOldGenerationSizeMb: half, maxYoungGenerationSizeMb: half });
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
