import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import * as given from '../fixtures/web-sso.ts';
import { readAggregate } from './aggregate.ts';
import { readIdpMetadata, writeIdpMetadata } from './idp-metadata.ts';
import { readSpMetadata, writeSpMetadata } from './sp-metadata.ts';

const certificates = [fixtureCertificate('rsa')];
const common = {
  entityId: given.identityProvider,
  id: '_metadata',
  certificates,
  validUntil: given.now,
  signing: { key: fixtureKey('rsa'), algorithm: 'rsa-sha256' },
} as const;
const ofIdp = await writeIdpMetadata({ ...common, singleSignOnUrl: given.endpoint });
const ofSp = await writeSpMetadata({ ...common, assertionConsumerServiceUrl: given.replyUrl });
const group = `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${ofIdp.replace(/<\?xml[^>]*>/, '')}</EntitiesDescriptor>`;

/** What plain JavaScript may hand in, by the words of the error that names it. */
const mistakes: [says: string, options: object][] = [
  ['now is no finite number.', { now: Number.NaN }],
  ['now is no finite number.', { now: '2026-11-23T12:00:00Z' }],
  ['now is no finite number.', { now: new Date(given.now) }],
  // What is there and undefined was meant to be there.
  ['now is missing.', { now: undefined }],
  ['trust.certificates is missing.', { trust: undefined }],
  ['trust.certificates is missing.', { trust: {} }],
  ['trust.certificates holds something else', { trust: { certificates: ['MIIC'] } }],
  ['trust.allow is no array of strings.', { trust: { certificates, allow: 'sha1-signature' } }],
  ['trust.allows is unknown.', { trust: { certificates, allows: [] } }],
  ['trusts is unknown.', { trusts: { certificates } }],
  ['requireValidUntil is neither true nor false.', { requireValidUntil: 'yes' }],
  ['entityId is missing.', { entityId: undefined }],
  ['entityID is unknown.', { entityID: given.identityProvider }],
  ['allow is no array of strings.', { allow: 'base64-pem' }],
];

test('an option of reading metadata that nobody reads, or that says nothing, is refused and not passed over', () => {
  const readers = {
    identityProvider: (options: object) => readIdpMetadata(Buffer.from(ofIdp), options),
    serviceProvider: (options: object) => readSpMetadata(Buffer.from(ofSp), options),
    aggregate: (options: object) => readAggregate(Buffer.from(group), options),
  };
  for (const [reader, read] of Object.entries(readers)) {
    assert.ok(read({}), reader);
    for (const [says, options] of mistakes) {
      assert.throws(
        () => read(options),
        (error) => error instanceof TypeError && error.message.startsWith(says),
        `${reader}: ${says}`,
      );
    }
  }
  assert.throws(() => readIdpMetadata(Buffer.from(ofIdp), { now: given.now }), { code: 'metadata-expired' });
});
