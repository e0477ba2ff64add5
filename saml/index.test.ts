import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as face from './index.ts';

test('the public face is these names and no others', () => {
  assert.deepEqual(Object.keys(face).sort(), [
    'SamlRejection',
    'acceptAuthnRequest',
    'acceptResponse',
    'authnContexts',
    'bindings',
    'createAuthnRequest',
    'decodePost',
    'decodeRedirect',
    'encodePost',
    'encodeRedirect',
    'issueErrorResponse',
    'issueResponse',
    'nameIdFormats',
    'namespaces',
    'newMessageId',
    'readAuthnRequest',
    'readCertificates',
    'readIdpMetadata',
    'readSpMetadata',
    'rules',
    'signatureAlgorithms',
    'statusCodes',
    'writeIdpMetadata',
    'writeSpMetadata',
  ]);
});
