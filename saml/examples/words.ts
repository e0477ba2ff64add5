/** The names of the standard as constants, so that nobody has to spell them. */
import assert from 'node:assert/strict';
import {
  authnContexts,
  bindings,
  nameIdFormats,
  namespaces,
  signatureAlgorithms,
  statusCodes,
} from '@countersign/saml';

assert.equal(namespaces.protocol, 'urn:oasis:names:tc:SAML:2.0:protocol');
assert.equal(bindings.httpPost, 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST');
assert.equal(nameIdFormats.persistent, 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent');
assert.equal(authnContexts.password, 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password');
assert.equal(statusCodes.success, 'urn:oasis:names:tc:SAML:2.0:status:Success');
assert.equal(signatureAlgorithms['rsa-sha256'], 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
