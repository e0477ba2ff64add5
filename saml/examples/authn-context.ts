/** A request that wants a strong sign-in: which of the ways a person was authenticated answers it. */
import assert from 'node:assert/strict';
import { authnContexts, chooseAuthnContext, meetsRequestedContext } from '@countersign/saml';

const { password, passwordProtectedTransport, x509 } = authnContexts;
// What this identity provider deems stronger, weakest first; those in one list are equally strong.
const order = [[password, passwordProtectedTransport], x509];

const atLeastPassword = { comparison: 'minimum', classRefs: [passwordProtectedTransport] } as const;
assert.equal(meetsRequestedContext(atLeastPassword, x509, order), true);
assert.equal(chooseAuthnContext(atLeastPassword, [password, x509], order), password);

const better = { comparison: 'better', classRefs: [password] } as const;
assert.equal(chooseAuthnContext(better, [password, x509], order), x509);
// Undefined: answer with the status Responder, NoAuthnContext.
assert.equal(chooseAuthnContext(better, [password], order), undefined);
