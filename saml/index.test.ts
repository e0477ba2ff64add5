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
    'chooseAuthnContext',
    'chooseNameId',
    'compatibilitySwitches',
    'createAuthnRequest',
    'createPostedAuthnRequest',
    'decodePost',
    'decodeRedirect',
    'encodePost',
    'encodeRedirect',
    'issueErrorResponse',
    'issueResponse',
    'judgeScoping',
    'meetsRequestedContext',
    'nameIdFormats',
    'namespaces',
    'newMessageId',
    'readAuthnRequest',
    'readCertificates',
    'readIdpMetadata',
    'readSpMetadata',
    'rules',
    'scopingToPassOn',
    'signatureAlgorithms',
    'statusCodes',
    'writeIdpMetadata',
    'writeSpMetadata',
  ]);
});
