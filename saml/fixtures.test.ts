import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { foldersIn, runCase } from './fixtures/run-case.ts';
import { SamlRejection } from './rejection.ts';
import { rules } from './rules.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));

/** What was said of a rejected case when somebody last looked: `fixtures/write-details.ts`. */
const details: Record<string, { expected?: string; actual?: string }> = JSON.parse(
  readFileSync(join(fixtures, 'rejected-details.json'), 'utf8'),
);

const rejected = join(fixtures, 'rejected');

test('every folder of rejected cases is a code of the catalogue, and every code has a case', () => {
  assert.deepEqual(foldersIn(rejected).sort(), Object.keys(rules).sort());
  for (const code of foldersIn(rejected)) {
    assert.ok(foldersIn(join(rejected, code)).length > 0, `${code} has no case`);
  }
});

for (const code of foldersIn(rejected)) {
  suite(`refused with ${code}`, () => {
    for (const name of foldersIn(join(rejected, code))) {
      test(name, () => {
        assert.throws(
          () => runCase(join(rejected, code, name)),
          (error) => {
            assert.ok(error instanceof SamlRejection, `${error} is no SamlRejection`);
            assert.equal(error.code, code, `expected ${error.expected}, actual ${error.actual}`);
            const { expected, actual } = error;
            const known = details[`${code}/${name}`];
            if (known === undefined) return true;
            assert.deepEqual(
              JSON.parse(JSON.stringify({ expected, actual })),
              known,
              'see fixtures/write-details.ts',
            );
            return true;
          },
        );
      });
    }
  });
}

suite('accepted', () => {
  const accepted = join(fixtures, 'accepted');
  for (const name of foldersIn(accepted)) {
    test(name, () => {
      const says = JSON.parse(readFileSync(join(accepted, name, 'says.json'), 'utf8'));
      assert.partialDeepStrictEqual(runCase(join(accepted, name)), says);
    });
  }
});
