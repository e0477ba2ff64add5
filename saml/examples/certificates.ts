/** What an administrator pastes: PEM with anything around it, or the bare base64 that metadata shows. */
import assert from 'node:assert/strict';
import { certificatePeriod, readCertificates, SamlRejection } from '@countersign/saml';
import { idp, sp } from './parties.ts';

// During a rollover there are two: a message may be signed with either.
const certificates = readCertificates(`the old one:\n${idp.pem}\nthe new one:\n${sp.pem}`);
assert.deepEqual(
  certificates.map(({ fingerprint256 }) => fingerprint256),
  [idp.certificate.fingerprint256, sp.certificate.fingerprint256],
);
assert.equal(readCertificates(idp.certificate.raw.toString('base64')).length, 1);

// When it is over, the engine still takes it: whether that matters is the caller's to say.
const { from, to } = certificatePeriod(idp.certificate);
assert.ok(from < to);

// A private key in the wrong field is refused, and never stored.
assert.throws(
  () => readCertificates(idp.key.export({ type: 'pkcs8', format: 'pem' }).toString()),
  (error) => error instanceof SamlRejection && error.code === 'certificate-unreadable',
);
