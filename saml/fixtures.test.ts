import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type CoreCase, runCoreCase } from './fixtures/core-case.ts';
import { type ProtocolCase, runProtocolCase } from './fixtures/protocol-case.ts';
import { SamlRejection } from './rejection.ts';
import { rules } from './rules.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

const coreKinds: readonly string[] = ['base64', 'date-time', 'certificate', 'xml', 'signature'];

function isCoreCase(given: CoreCase | ProtocolCase): given is CoreCase {
  return coreKinds.includes(given.reads);
}

function run(folder: string): unknown {
  const given: CoreCase | ProtocolCase = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  return isCoreCase(given) ? runCoreCase(folder, given) : runProtocolCase(folder, given);
}

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
          () => run(join(rejected, code, name)),
          (error) => {
            assert.ok(error instanceof SamlRejection, `${error} is no SamlRejection`);
            assert.equal(error.code, code, `expected ${error.expected}, actual ${error.actual}`);
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
      assert.partialDeepStrictEqual(run(join(accepted, name)), says);
    });
  }
});
