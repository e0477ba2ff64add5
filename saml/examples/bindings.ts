/** The two browser bindings by themselves: octets to an address or a form value, and back. */
import assert from 'node:assert/strict';
import { decodePost, decodeRedirect, encodePost, encodeRedirect } from '@countersign/saml';
import { idp } from './parties.ts';

const xml = '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>';

// Compressed into an address; the signature stands in the query and covers it as it is written.
const url = encodeRedirect({
  endpoint: idp.singleSignOnUrl,
  parameter: 'SAMLRequest',
  xml,
  relayState: 'opaque-handle',
  signing: { key: idp.key, algorithm: 'rsa-sha256' },
});
// Take the query as it came, before any framework has decoded it: a signature covers those very octets.
const redirected = decodeRedirect(url.slice(url.indexOf('?') + 1));
assert.equal(Buffer.from(redirected.octets).toString(), xml);
assert.equal(redirected.relayState, 'opaque-handle');
assert.ok(redirected.redirectSignature !== undefined);

// A form value; a signature stands in the message itself.
const posted = decodePost({ SAMLRequest: encodePost(xml), RelayState: 'opaque-handle' });
assert.equal(Buffer.from(posted.octets).toString(), xml);
