import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  encryptedResponse,
  withEncryptedAttributes,
  withEncryptedNameId,
} from '../fixtures/encryption-parts.ts';
import * as given from '../fixtures/web-sso.ts';
import { acceptResponse } from './accept-response.ts';

test('where no key to decrypt with is configured, whatever is encrypted is refused by that name', () => {
  const { entityId, assertionConsumerServiceUrl } = given.acceptInput(given.posted('')).serviceProvider;
  const messages = {
    EncryptedAssertion: encryptedResponse().message,
    EncryptedID: withEncryptedNameId().message,
    EncryptedAttribute: withEncryptedAttributes(1).message,
  };
  for (const [actual, message] of Object.entries(messages)) {
    const serviceProvider = { entityId, assertionConsumerServiceUrl };
    assert.throws(() => acceptResponse(given.acceptInput(given.posted(message), { serviceProvider })), {
      code: 'decryption-key-missing',
      actual,
    });
  }
});

test('neither exceptions nor a count of failures have to be given', () => {
  const identityProvider = { entityId: given.identityProvider, certificates: [given.certificate] };
  for (const sign of ['assertion', 'response', 'both'] as const) {
    const { message } = encryptedResponse({}, { text: { sign } });
    const accepted = acceptResponse(given.acceptInput(given.posted(message), { identityProvider }));
    assert.deepEqual(
      { signed: accepted.signed, encrypted: accepted.encrypted },
      { signed: sign, encrypted: true },
    );
  }
});
