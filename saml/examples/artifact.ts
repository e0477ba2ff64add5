/** The browser brings an artifact only; the service provider fetches the response over SOAP. Both sides. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  acceptArtifactResolve,
  acceptResponse,
  artifactSourceId,
  authnContexts,
  createArtifactResolve,
  createArtifactResponse,
  decodeArtifactForm,
  decodeArtifactQuery,
  encodeArtifactUrl,
  issueResponse,
  nameIdFormats,
  newMessageId,
  readArtifactResolve,
  receiveArtifactResponse,
  soapHeaders,
  writeArtifact,
  writeSoapFault,
} from '@countersign/saml';
import { idp, sp } from './parties.ts';

const resolutionUrl = 'https://id.example.com/saml2/artifact';
const now = Date.now();

// The identity provider keeps the response under a handle, for whom it was made, and sends the browser with the artifact.
const { xml } = await issueResponse({
  issuer: idp.entityId,
  audience: sp.entityId,
  replyUrl: sp.assertionConsumerServiceUrl,
  now,
  responseId: newMessageId(),
  assertionId: newMessageId(),
  lifetime: { notBefore: now - 300_000, notOnOrAfter: now + 3_600_000 },
  nameId: { value: 'b.simon@example.com', format: nameIdFormats.emailAddress },
  attributes: [],
  authentication: { instant: now, contextClassRef: authnContexts.password },
  signing: { key: idp.key, certificate: idp.certificate, algorithm: 'rsa-sha256', sign: 'assertion' },
});
const messageHandle = randomBytes(20);
const kept = new Map([[messageHandle.toString('hex'), { madeFor: sp.entityId, xml }]]);
const artifact = writeArtifact({ entityId: idp.entityId, endpointIndex: 0, messageHandle });
const url = encodeArtifactUrl({ endpoint: sp.assertionConsumerServiceUrl, artifact });

// The service provider finds out whose artifact it is, and asks. An artifact may come by a form as well.
const brought = decodeArtifactQuery(url.split('?')[1] ?? '');
assert.equal(brought.sourceId, artifactSourceId(idp.entityId));
assert.deepEqual(decodeArtifactForm({ SAMLart: artifact }), brought);
const resolveId = newMessageId();
const question = await createArtifactResolve({
  id: resolveId,
  now,
  issuer: sp.entityId,
  destination: resolutionUrl,
  artifact: brought.artifact,
  signing: { key: sp.key, algorithm: 'rsa-sha256' },
});

// fetch(resolutionUrl, { method: 'POST', headers: soapHeaders, body: question.soap }), answered by the identity provider:
assert.equal(soapHeaders['content-type'], 'text/xml; charset=utf-8');
const resolve = acceptArtifactResolve(
  readArtifactResolve(Buffer.from(question.soap)),
  { entityIds: [sp.entityId], certificates: [sp.certificate] },
  { entityId: idp.entityId, endpointUrls: [resolutionUrl] },
);
/** Gives a message out once, and only to whom it was made for. */
const take = ({ messageHandle: handle, issuer }: typeof resolve): string | undefined => {
  const found = kept.get(handle);
  return found?.madeFor === issuer && kept.delete(handle) ? found.xml : undefined;
};
assert.equal(take({ ...resolve, issuer: 'https://another.example/' }), undefined);
const answer = await createArtifactResponse({
  id: newMessageId(),
  now,
  issuer: idp.entityId,
  inResponseTo: resolve.requestId,
  message: take(resolve),
  signing: { key: idp.key, algorithm: 'rsa-sha256' },
});
assert.equal(take(resolve), undefined);

// What was fetched is accepted like what is posted.
const expected = { artifact: brought, requestId: resolveId, parameter: 'SAMLResponse' } as const;
const accept = (body: string) =>
  acceptResponse({
    message: receiveArtifactResponse(Buffer.from(body), expected),
    identityProvider: { entityId: idp.entityId, certificates: [idp.certificate] },
    serviceProvider: { entityId: sp.entityId, assertionConsumerServiceUrl: sp.assertionConsumerServiceUrl },
    request: 'unsolicited',
    now,
    skewMilliseconds: 60_000,
  });
assert.equal(accept(answer.soap).nameId.value, 'b.simon@example.com');

// Where the request was no SAML at all, the answer is a fault, and refused.
const fault = writeSoapFault({ at: 'server', says: 'Try again later.' });
assert.throws(() => accept(fault), { code: 'soap-fault' });
