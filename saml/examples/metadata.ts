/** Both sides publish what the other needs to know, and read it. */
import assert from 'node:assert/strict';
import {
  bindings,
  namespaces,
  newMessageId,
  readAggregate,
  readIdpMetadata,
  readSpMetadata,
  SamlRejection,
  writeIdpMetadata,
  writeSpMetadata,
} from '@countersign/saml';
import { idp, sp } from './parties.ts';

const ofIdp = await writeIdpMetadata({
  entityId: idp.entityId,
  id: newMessageId(),
  singleSignOnUrl: idp.singleSignOnUrl,
  singleLogoutUrl: idp.singleLogoutUrl,
  certificates: [idp.certificate],
  signing: { key: idp.key, algorithm: 'rsa-sha256' },
});

// On the administrator's word: the signature is not checked, and the answer says so.
const asGiven = readIdpMetadata(Buffer.from(ofIdp));
assert.equal(asGiven.signature, 'not-checked');
assert.deepEqual(
  asGiven.singleSignOnServices.map(({ binding }) => binding),
  [bindings.httpRedirect, bindings.httpPost],
);

// With the publisher's key pinned it must be signed, and only what was signed is read.
const verified = readIdpMetadata(Buffer.from(ofIdp), {
  trust: { certificates: [idp.certificate] },
  now: Date.now(),
});
assert.equal(verified.signature, 'verified');
assert.throws(
  () => readIdpMetadata(Buffer.from(ofIdp), { trust: { certificates: [sp.certificate] } }),
  SamlRejection,
);

const ofSp = await writeSpMetadata({
  entityId: sp.entityId,
  assertionConsumerServiceUrl: sp.assertionConsumerServiceUrl,
  certificates: [sp.certificate],
});
const [consumer] = readSpMetadata(Buffer.from(ofSp)).assertionConsumerServices;
assert.equal(consumer?.location, sp.assertionConsumerServiceUrl);

// Federations publish many entities in one document, of up to 100 MB; roles are read when they are asked for.
const federation = `<EntitiesDescriptor xmlns="${namespaces.metadata}">${ofIdp}${ofSp}</EntitiesDescriptor>`;
const aggregate = readAggregate(Buffer.from(federation), { now: Date.now() });
assert.equal(aggregate.find(idp.entityId)?.identityProvider().certificates.length, 1);
assert.deepEqual(
  Array.from(aggregate.entities(), ({ roles }) => roles),
  [['identity-provider'], ['service-provider']],
);
