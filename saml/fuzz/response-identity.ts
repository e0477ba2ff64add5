/**
 * Whatever is done to a signed response, it is refused, or signs in exactly the person that was signed.
 * For as long as one likes: `node saml/fuzz/response-identity.ts 3600` (seconds).
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encryptedResponse, withEncryptedNameId } from '../fixtures/encryption-parts.ts';
import { type Product, productResponse, products } from '../fixtures/products.ts';
import { responseText } from '../fixtures/response-text.ts';
import { unusualShapes } from '../fixtures/unusual-shapes.ts';
import { acceptInput, posted } from '../fixtures/web-sso.ts';
import { acceptResponse } from '../profiles/accept-response.ts';
import type { AcceptedResponse } from '../profiles/judge-response.ts';
import { SamlRejection } from '../rejection.ts';
import { type Mutation, mutations } from './message-mutations.ts';

const genuine = [
  ...(['assertion', 'response', 'both'] as const).flatMap((sign) => [
    responseText({ sign }),
    encryptedResponse({}, { text: { sign } }).message,
  ]),
  withEncryptedNameId().message,
  ...Object.values<Product>(products).map((product) => productResponse(product, { content: false })),
  ...Object.values(unusualShapes),
];

/** Everything that says who signs in, for how long and where; not which of two genuine signatures is left. */
function identityOf(octets: Uint8Array): object {
  const { signed, relayState, ...identity }: AcceptedResponse = acceptResponse(
    acceptInput({ ...posted(''), octets }),
  );
  assert.ok(signed !== undefined && relayState === undefined);
  return identity;
}

const entitled = genuine.map((xml) => identityOf(Buffer.from(xml)));

/** One octet exchanged for another, which may break the encoding. */
const octets: fc.Arbitrary<(octets: Buffer) => Buffer> = fc
  .tuple(fc.nat({ max: 1_000_000 }), fc.nat({ max: 255 }))
  .map(([at, octet]) => (before) => {
    const after = Buffer.from(before);
    after[at % after.length] = octet;
    return after;
  });

const textual = mutations.map(
  (mutate: Mutation) => (before: Buffer) => Buffer.from(mutate(before.toString())),
);

/** Mutates genuine responses that many times; throws on the first that signs in anybody else. */
export function fuzzResponses(runs: number): { mutants: number; accepted: number } {
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.nat({ max: genuine.length - 1 }),
      fc.oneof({ weight: 4, arbitrary: textual }, octets),
      (which, mutate) => {
        const mutant = mutate(Buffer.from(genuine[which] ?? ''));
        try {
          assert.deepEqual(identityOf(mutant), entitled[which]);
          accepted += 1;
        } catch (error) {
          if (!(error instanceof SamlRejection)) throw error;
        }
      },
    ),
    { numRuns: runs },
  );
  return { mutants: runs, accepted };
}

if (import.meta.main) {
  const end = Date.now() + Number(process.argv[2] ?? 60) * 1000;
  const total = { mutants: 0, accepted: 0 };
  while (Date.now() < end) {
    const { mutants, accepted } = fuzzResponses(5_000);
    total.mutants += mutants;
    total.accepted += accepted;
  }
  console.log(JSON.stringify(total));
}
