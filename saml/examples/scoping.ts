/** An identity provider that passes requests on to others: what the requester permits, and what goes along. */
import assert from 'node:assert/strict';
import { judgeScoping, scopingToPassOn } from '@countersign/saml';
import { idp, sp } from './parties.ts';

const home = 'https://login.partner.example/';
const wanted = { proxyCount: 2, idpList: { entries: [{ providerId: home }] }, requesterIds: [] };

const judged = judgeScoping(wanted, { entityId: idp.entityId, authenticates: true, reaches: [home] });
assert.deepEqual(judged, { answer: 'pass-on', through: [home] });

// One indirection less, and who asked first. It goes into createAuthnRequest as `scoping`.
assert.deepEqual(scopingToPassOn(wanted, { requester: sp.entityId, atMost: 5 }), {
  proxyCount: 1,
  idpList: { entries: [{ providerId: home }] },
  requesterIds: [sp.entityId],
});
