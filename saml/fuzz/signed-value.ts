/**
 * Signed-value invariance: whatever is done to a signed message, it is refused or yields exactly what was signed.
 * For as long as one likes: `node saml/fuzz/signed-value.ts 3600` (seconds).
 */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import {
  algorithm,
  assertionText,
  fixtureCertificate,
  handSignature,
  responseText,
  signedAssertionText,
  uris,
} from '../fixtures/hand-signer.ts';
import { limits } from '../limits.ts';
import { SamlRejection } from '../rejection.ts';
import { verifySignature } from '../signature/verify.ts';
import { canonicalize } from '../xml/canonical.ts';
import { readXml } from '../xml/reader.ts';
import { mutated } from './mutations.ts';

const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const enveloped = algorithm('Transform', uris.enveloped);
const signedResponse = responseText(signedAssertionText());

/** Genuine messages, with what a consumer of each is entitled to: the signed text of the root or of its assertion. */
const genuine = [
  { message: signedAssertionText(), entitled: [assertionText()] },
  { message: responseText(signedAssertionText()), entitled: [assertionText()] },
  {
    message: responseText(signedAssertionText(), '_response', handSignature(signedResponse, '_response')),
    entitled: [assertionText(), signedResponse],
  },
  {
    message: signedAssertionText({ transforms: enveloped + algorithm('Transform', inclusive) }),
    entitled: [assertionText()],
  },
];

const certificates = [fixtureCertificate('rsa')];

/** What comes out of a message for a consumer that looks at the root and at its children; the refusals are counted. */
function outcomes(message: string): { values: string[]; refused: number } {
  const values: string[] = [];
  let refused = 0;
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      assert.ok(error instanceof SamlRejection, String(error));
      refused++;
      return undefined;
    }
  };
  const document = attempt(() => readXml(Buffer.from(message), limits.message));
  if (document === undefined) return { values, refused };
  const children = document.root.children.filter(
    (child) => typeof child !== 'string' && child.kind === 'element',
  );
  for (const owner of [document.root, ...children]) {
    const value = attempt(() => verifySignature(document, owner, { certificates }).value);
    if (value !== undefined) values.push(canonicalize(value, { method: 'exclusive' }));
  }
  return { values, refused };
}

/** Runs this many mutants of each genuine message and counts those that still yielded something. */
export function fuzzSignedValue(runs: number, seed?: number): { mutants: number; accepted: number } {
  let accepted = 0;
  for (const { message, entitled } of genuine) {
    assert.deepEqual(outcomes(message).values.sort(), [...entitled].sort());
    const property = fc.property(mutated(message), (mutant) => {
      const { values } = outcomes(mutant);
      if (values.length > 0) accepted++;
      for (const value of values) assert.ok(entitled.includes(value), `${mutant}\nyielded\n${value}`);
    });
    fc.assert(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
  }
  return { mutants: runs * genuine.length, accepted };
}

if (import.meta.main) {
  const end = Date.now() + Number(process.argv[2] ?? 60) * 1000;
  const total = { mutants: 0, accepted: 0 };
  while (Date.now() < end) {
    const { mutants, accepted } = fuzzSignedValue(5_000);
    total.mutants += mutants;
    total.accepted += accepted;
    console.log(
      `${total.mutants} mutants, ${total.accepted} still yielded what was signed, none anything else`,
    );
  }
}
