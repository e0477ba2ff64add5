import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageFor } from './value-message.ts';

const patterns = ['https://perform.trakstar.com/auth/saml/callback?namespace=<YOUR_NAMESPACE>'];

test('a value unlike every documented pattern is warned of, and no error', () => {
  const message = messageFor('https://perform.trakstar.com/auth/saml/callback', patterns, undefined);
  assert.equal(message.validationState, 'warning');
  assert.match(message.validationMessage ?? '', /does not match the pattern.*save it all the same/);
});

test('nothing is said of a value that fits, of an empty one and where no pattern is known', () => {
  const fits = ' https://perform.trakstar.com/auth/saml/callback?namespace=contoso ';
  assert.deepEqual(messageFor(fits, patterns, undefined), {});
  assert.deepEqual(messageFor(' ', patterns, undefined), {});
  assert.deepEqual(messageFor('anything', [], undefined), {});
});

test('a refusal of the API stands before the warning', () => {
  assert.deepEqual(messageFor('anything', patterns, 'must be an absolute https URL'), {
    validationState: 'error',
    validationMessage: 'must be an absolute https URL',
  });
});
