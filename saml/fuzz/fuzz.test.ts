import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../limits.ts';
import { readXml } from '../xml/reader.ts';
import { Fuzz } from './fuzz.ts';
import { genuineMessages } from './genuine-messages.ts';

const judge = (fuzz: Fuzz, mutants: number): void => {
  for (let number = 0; number < mutants; number++) fuzz.judge(number);
};

test('whatever is done to a signed message, it is refused or yields exactly what was signed, and takes no longer', () => {
  // Another seed each time: what fails says which, and `node saml/fuzz/run.ts --seed n --mutant n` shows it again.
  const fuzz = new Fuzz(Date.now() % 1_000_000);
  const minute = Date.now() + 60_000;
  for (let number = 0; Date.now() < minute; number++) fuzz.judge(number);
  for (const [kind, { mutants, refused, accepted }] of fuzz.counts.kinds) {
    // Were nothing accepted, the mutations would be too coarse to prove anything.
    assert.ok(accepted > mutants / 50, `${kind}: only ${accepted} of ${mutants} mutants were accepted`);
    assert.ok(refused > mutants / 2, `${kind}: only ${refused} of ${mutants} mutants were refused`);
  }
});

test('every kind of message that can be signed is among those that are changed', () => {
  const kinds = new Set(genuineMessages().map(({ kind }) => kind));
  for (const kind of [
    ...['assertion', 'response'].flatMap((signed) => [
      `Response, ${signed} signed`,
      `Response, ${signed} signed, encrypted`,
    ]),
    'Response and Assertion signed',
    'Response and Assertion signed, encrypted',
    ...['POST', 'Redirect'].flatMap((binding) =>
      ['AuthnRequest', 'LogoutRequest', 'LogoutResponse'].map((name) => `${name} by ${binding}`),
    ),
    'AuthnRequest by Artifact',
    'ArtifactResolve',
    'ArtifactResponse around a Response',
    'metadata of an identity provider',
    'metadata of a service provider',
    'metadata aggregate',
  ])
    assert.ok(kinds.has(kind), kind);
});

describe('what breaks the promise is found', () => {
  const [genuine = assert.fail()] = genuineMessages().filter(({ kind }) => kind === 'LogoutRequest by POST');
  const judgeReader = (read: (octets: Buffer) => unknown): void =>
    judge(new Fuzz(1, [{ ...genuine, read }]), 3_000);

  test('a reader that verifies one thing and reads another', () => {
    const careless = (octets: Buffer): unknown => {
      const asReceived = readXml(octets, limits.message).root.attributes.find(({ local }) => local === 'ID');
      try {
        genuine.read(octets);
      } catch {
        return asReceived?.value;
      }
      return asReceived?.value;
    };
    assert.throws(() => judgeReader(careless), /mutant \d+ of seed 1 yields/);
  });

  test('an error that is no rejection', () => {
    const fragile = (octets: Buffer): unknown => {
      if (octets.length % 7 === 0) throw new TypeError('undefined is not a function');
      return genuine.read(octets);
    };
    assert.throws(() => judgeReader(fragile), /is answered with TypeError/);
  });

  test('a message that takes too long', () => {
    const slow = (octets: Buffer): unknown => {
      const end = processorTime() + (octets.includes('<x') ? 80 : 0);
      while (processorTime() < end);
      return genuine.read(octets);
    };
    assert.throws(() => judgeReader(slow), /takes \d+ ms/);
  });
});

/** In milliseconds; on a busy machine the clock runs ahead of it. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
