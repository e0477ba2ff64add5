import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzSignedValue } from './signed-value.ts';

test('a mutated signed message is refused or yields exactly what was signed', () => {
  const { mutants, accepted } = fuzzSignedValue(1_500);
  // Were nothing accepted, the mutations would be too coarse to prove anything.
  assert.ok(accepted > mutants / 50, `only ${accepted} of ${mutants} mutants were accepted`);
  assert.ok(accepted < mutants, 'every mutant was accepted');
});
