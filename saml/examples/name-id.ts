/** Which name of the person an identity provider issues for the NameIDPolicy of a request. */
import assert from 'node:assert/strict';
import { chooseNameId, nameIdFormats, statusCodes } from '@countersign/saml';
import { sp } from './parties.ts';

// Of an accepted request: what acceptAuthnRequest returned.
const request = { requestId: '_request', issuer: sp.entityId };
const formats = [nameIdFormats.emailAddress, nameIdFormats.persistent];

// No wish: what this identity provider prefers.
assert.deepEqual(chooseNameId(request, { formats }), {
  outcome: 'issue',
  format: nameIdFormats.emailAddress,
  encrypted: false,
});

// A persistent name that does not exist yet, and may not be made.
const refused = chooseNameId(
  { ...request, nameIdFormat: nameIdFormats.persistent, allowCreate: false },
  { formats, isEstablished: () => false },
);
assert.deepEqual(refused, {
  outcome: 'refuse',
  status: { code: statusCodes.requester, subCode: statusCodes.invalidNameIdPolicy },
});
