import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { certificatePeriod } from '@countersign/saml';
import { validityAt } from './certificate-validity.ts';
import { signingNow, testTime, untimelyBegin, untimelyEnd } from './testing/identity-provider.ts';

const day = 86_400_000;

test('a time that is none is not read, whatever date is made of it', () => {
  for (const [{ pem }, name, validity] of [
    [untimelyBegin, 'validFromDate', 'not-yet-valid'],
    [untimelyEnd, 'validToDate', 'expired'],
  ] as const) {
    const certificate = new X509Certificate(pem);
    // What lay in memory may look like any date: here one with which the certificate would be valid.
    const value = new Date(name === 'validToDate' ? testTime + day : testTime - day);
    Object.defineProperty(certificate, name, { value });
    assert.ok(Object.values(certificatePeriod(certificate)).includes(Number.NaN));
    assert.equal(validityAt(certificate, { now: testTime, skewMilliseconds: 0 }), validity);
  }
});

test('a certificate is valid from its first to its last second', () => {
  const { from, to } = certificatePeriod(signingNow.certificate);
  const at = (now: number) => validityAt(signingNow.certificate, { now, skewMilliseconds: 1000 });
  assert.deepEqual(
    [at(from - 1001), at(from - 1000), at(to), at(to + 1)],
    ['not-yet-valid', 'valid', 'valid', 'expired'],
  );
});
