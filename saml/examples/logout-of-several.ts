/** One application asks for the logout, the identity provider signs everybody out, one after the other, and answers last. */
import assert from 'node:assert/strict';
import {
  nameIdFormats,
  nextLogoutStep,
  recordInitiatorAnswered,
  recordLogoutAnswer,
  recordLogoutFailure,
  recordLogoutRequest,
  recordOwnLogout,
  startLogout,
} from '@countersign/saml';
import { sp } from './parties.ts';

const nameId = { value: 'b.simon@example.com', format: nameIdFormats.emailAddress };
const at = (host: string) => ({
  entityIds: [`https://${host}/`],
  nameId,
  sessionIndexes: ['_session'],
  endpoint: { binding: 'redirect', location: `https://${host}/logout` } as const,
});
const now = Date.now();

// Plain JSON, to be stored between two visits of the browser.
let logout = startLogout({
  initiator: {
    entityIds: [sp.entityId],
    requestId: '_request',
    endpoint: { binding: 'post', location: sp.singleLogoutUrl },
  },
  participants: [at('one.example'), at('two.example'), at('three.example')],
});

// The first is sent a request (createLogoutRequest) and answers (acceptLogoutResponse).
let next = nextLogoutStep(logout, now);
assert.ok(next.step === 'send' && next.participant.entityIds.includes('https://one.example/'));
logout = recordLogoutRequest(logout, next.participant, { requestId: '_one', until: now + 30_000 });
assert.equal(nextLogoutStep(logout, now).step, 'wait');
logout = recordLogoutAnswer(logout, {
  issuer: 'https://one.example/',
  inResponseTo: '_one',
  outcome: 'success',
});

// The second cannot be reached. The third asks for the logout itself meanwhile.
next = nextLogoutStep(logout, now);
assert.ok(next.step === 'send' && next.participant.entityIds.includes('https://two.example/'));
logout = recordLogoutFailure(logout, next.participant);
logout = recordOwnLogout(logout, { issuer: 'https://three.example/', nameId, sessionIndexes: ['_session'] });

// So the one who began it is told that not everybody was signed out (createLogoutResponse).
next = nextLogoutStep(logout, now);
assert.ok(next.step === 'answer' && next.outcome === 'partial');
logout = recordInitiatorAnswered(logout);
assert.deepEqual(nextLogoutStep(logout, now), { step: 'done', outcome: 'partial' });
