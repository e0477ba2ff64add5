import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { line, readBody } from './body.ts';
import { Refusal } from './refusal.ts';

test('a text that is too long is refused before a pattern is tried on it', () => {
  let tried = 0;
  const schema = z.strictObject({ mail: line(254).refine(() => tried++ >= 0) });
  assert.throws(
    () => readBody(schema, { mail: 'a'.repeat(255) }),
    (error) =>
      error instanceof Refusal && error.message.endsWith("'mail': must have at most 254 characters."),
  );
  assert.equal(tried, 0);
  assert.deepEqual(readBody(schema, { mail: 'a'.repeat(254) }), { mail: 'a'.repeat(254) });
});
