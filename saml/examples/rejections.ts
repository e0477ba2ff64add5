/** How a refusal looks: one error type, a stable code, and what the catalogue says about it. */
import assert from 'node:assert/strict';
import { compatibilitySwitches, decodePost, readAuthnRequest, rules, SamlRejection } from '@countersign/saml';

const xml = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>';
try {
  readAuthnRequest(decodePost({ SAMLRequest: Buffer.from(xml).toString('base64') }));
  assert.fail('A document type is never read.');
} catch (error) {
  // Any other error is a fault of the program, not of the message.
  if (!(error instanceof SamlRejection)) throw error;
  const { section, says, fixAt } = rules[error.code];
  assert.equal(error.code, 'xml-doctype');
  // To the log: the code and, where there are any, `expected` and `actual`. To the person: never more than `says`.
  assert.equal(fixAt, 'nobody');
  assert.ok(section.length > 0 && says.length > 0);
}

// What a peer may be allowed by name, with the products that need it: `identityProvider: { …, allow: ['sha1-signature'] }`.
assert.match(compatibilitySwitches['sha1-signature'], /AD FS/);
