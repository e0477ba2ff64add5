import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { hash, sign, verify } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { SignedXml } from 'xml-crypto';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { limits } from '../limits.ts';
import { namespaces } from '../names.ts';
import { type BuiltChild, type BuiltElement, element } from '../xml/build.ts';
import { readXml } from '../xml/reader.ts';
import { writeXml } from '../xml/write.ts';
import { signElement } from './sign.ts';
import { verifySignature } from './verify.ts';

const key = fixtureKey('rsa');
const certificate = fixtureCertificate('rsa');
const publicKey = certificate.publicKey;
const saml = (local: string, attributes = {}, children: BuiltChild[] = []): BuiltElement =>
  element({ namespace: namespaces.assertion, local }, attributes, children);

/** An assertion of about the size of a real one: 4.6 KB with its signature. */
const attributes = Array.from({ length: 10 }, (_, i) =>
  saml('Attribute', { Name: `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/number${i}` }, [
    saml('AttributeValue', {}, ['a value of the usual length, & more']),
  ]),
);
const assertion = saml('Assertion', { ID: '_0123456789abcdef0123456789abcdef01234567', Version: '2.0' }, [
  saml('Issuer', {}, ['https://id.contoso.example/00000000-0000-0000-0000-000000000000/']),
  saml('AttributeStatement', {}, attributes),
]);

/** The best of five averages, in microseconds: what is left when the machine has its quiet moments. */
async function microseconds(times: number, work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 6; round++) {
    const start = performance.now();
    for (let i = 0; i < times; i++) await work();
    best = Math.min(best, ((performance.now() - start) * 1000) / times);
  }
  return best;
}

function report(t: TestContext, what: string, spent: number, floor: number): void {
  t.diagnostic(
    `${what}: ${spent.toFixed(0)} µs, ${(spent / floor).toFixed(1)} times what the cryptography alone takes`,
  );
}

test('reading and verifying costs a small multiple of the bare cryptography', async (t) => {
  const xml = writeXml(await signElement(assertion, { key, certificate, algorithm: 'rsa-sha256' }));
  const octets = Buffer.from(xml);
  const info = octets.subarray(0, 700);
  const signature = sign('sha256', info, key);
  const floor = await microseconds(
    300,
    () => verify('sha256', info, publicKey, signature) && hash('sha256', octets, 'buffer'),
  );
  const certificates = [certificate];
  const ours = await microseconds(300, () => {
    const document = readXml(octets, limits.message);
    return verifySignature(document, document.root, { certificates });
  });
  report(t, `reading and verifying ${octets.length} octets`, ours, floor);

  const publicCert = certificate.toString();
  const [signatureXml = ''] = /<Signature.*<\/Signature>/.exec(xml) ?? [];
  const theirs = await microseconds(20, () => {
    const judge = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
    judge.loadSignature(signatureXml);
    return judge.checkSignature(xml);
  });
  t.diagnostic(
    `xml-crypto, verifying alone: ${theirs.toFixed(0)} µs, ${(theirs / ours).toFixed(0)} times as much`,
  );
  // Far from what is measured (4 and 20): this fails for a mistake in kind, not for a busy machine.
  assert.ok(ours < 30 * floor);
  assert.ok(theirs > 2 * ours);
});

test('signing and writing costs little more than the bare signature', async (t) => {
  const info = Buffer.alloc(700);
  const signing = { key, certificate, algorithm: 'rsa-sha256' } as const;
  const bare = await microseconds(30, () => sign('sha256', info, key));
  const ours = await microseconds(30, async () => writeXml(await signElement(assertion, signing)));
  report(t, 'signing and writing', ours, bare);
  assert.ok(ours < 5 * bare);
});
