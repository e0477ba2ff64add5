import { artifactText, resolutionUrl } from '../fixtures/artifact-text.ts';
import { type FixtureKey, fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import * as given from '../fixtures/web-sso.ts';
import { writeIdpMetadata } from '../metadata/idp-metadata.ts';
import { writeSpMetadata } from '../metadata/sp-metadata.ts';
import type { SignatureAlgorithmName } from '../names.ts';
import { createArtifactResolve } from '../profiles/create-artifact-resolve.ts';
import { createArtifactResponse } from '../profiles/create-artifact-response.ts';
import { createPostedAuthnRequest } from '../profiles/create-authn-request.ts';
import { createLogoutRequest } from '../profiles/create-logout-request.ts';
import { createLogoutResponse } from '../profiles/create-logout-response.ts';
import { issueErrorResponse, issueResponse } from '../profiles/issue-response.ts';

/** A message of ours, and the elements in it that are signed, by local name and ID. */
export type WrittenMessage = { xml: string; signed: readonly { owner: string; id: string }[] };

/** A key and an algorithm that goes with it. */
export type JudgedKey = { key: FixtureKey; algorithm: SignatureAlgorithmName };

export const judgedKeys: readonly JudgedKey[] = [
  { key: 'rsa', algorithm: 'rsa-sha256' },
  { key: 'rsa', algorithm: 'rsa-sha384' },
  { key: 'rsa', algorithm: 'rsa-sha512' },
  { key: 'ec-p256', algorithm: 'ecdsa-sha256' },
  { key: 'ec-p384', algorithm: 'ecdsa-sha384' },
  { key: 'ec-p521', algorithm: 'ecdsa-sha512' },
];

const { requestId, responseId, assertionId, now, endpoint, identityProvider, serviceProvider, replyUrl } =
  given;
const artifactId = '_6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const name = {
  value: 'b.simon@contoso.example',
  format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
};

/** Every kind of message we write and sign, with this key. */
export async function writtenMessages({
  key,
  algorithm,
}: JudgedKey): Promise<Record<string, WrittenMessage>> {
  const signing = { key: fixtureKey(key), certificate: fixtureCertificate(key), algorithm };
  const post = { binding: 'post', destination: endpoint, signing } as const;
  const root = (owner: string, id: string) => [{ owner, id }];
  const issued = async (
    sign: 'assertion' | 'response' | 'both',
    encrypted = false,
  ): Promise<WrittenMessage> => {
    const encryption = encrypted ? { encryption: { certificate: fixtureCertificate('sp') } } : {};
    const { xml } = await issueResponse(given.issueInput({ signing: { ...signing, sign }, ...encryption }));
    const response = sign === 'assertion' ? [] : root('Response', responseId);
    return {
      xml,
      signed: [...response, ...(sign === 'response' || encrypted ? [] : root('Assertion', assertionId))],
    };
  };
  const asserted = await issued('both');
  return {
    'response with its assertion signed': await issued('assertion'),
    'signed response': await issued('response'),
    'signed response with its assertion signed': asserted,
    'signed response with its assertion encrypted': await issued('both', true),
    'signed response that reports a failure': {
      xml: (
        await issueErrorResponse({
          issuer: identityProvider,
          replyUrl,
          inResponseTo: requestId,
          now,
          responseId,
          status: { code: 'urn:oasis:names:tc:SAML:2.0:status:Responder', message: 'no & <never>' },
          signing,
        })
      ).xml,
      signed: root('Response', responseId),
    },
    'authentication request': {
      xml: (
        await createPostedAuthnRequest({
          id: requestId,
          now,
          issuer: serviceProvider,
          destination: endpoint,
          assertionConsumerServiceUrl: replyUrl,
          signing,
        })
      ).xml,
      signed: root('AuthnRequest', requestId),
    },
    'logout request': {
      xml: (
        await createLogoutRequest({
          ...post,
          id: requestId,
          now,
          issuer: serviceProvider,
          nameId: name,
          sessionIndexes: [assertionId],
          notOnOrAfter: now + 300_000,
        })
      ).xml,
      signed: root('LogoutRequest', requestId),
    },
    'logout response': {
      xml: (
        await createLogoutResponse({
          ...post,
          id: responseId,
          now,
          issuer: identityProvider,
          inResponseTo: requestId,
          outcome: 'partial',
        })
      ).xml,
      signed: root('LogoutResponse', responseId),
    },
    'request to resolve an artifact': {
      xml: (
        await createArtifactResolve({
          id: requestId,
          now,
          issuer: serviceProvider,
          destination: resolutionUrl,
          artifact: artifactText(),
          signing,
        })
      ).soap,
      signed: root('ArtifactResolve', requestId),
    },
    'artifact response around a signed response': {
      xml: (
        await createArtifactResponse({
          id: artifactId,
          now,
          issuer: identityProvider,
          inResponseTo: requestId,
          message: asserted.xml,
          signing,
        })
      ).soap,
      signed: [...root('ArtifactResponse', artifactId), ...asserted.signed],
    },
    'metadata of an identity provider': {
      xml: await writeIdpMetadata({
        entityId: identityProvider,
        id: '_metadata',
        singleSignOnUrl: endpoint,
        certificates: [fixtureCertificate(key)],
        signing,
      }),
      signed: root('EntityDescriptor', '_metadata'),
    },
    'metadata of a service provider': {
      xml: await writeSpMetadata({
        entityId: serviceProvider,
        id: '_metadata',
        assertionConsumerServiceUrl: replyUrl,
        signing,
      }),
      signed: root('EntityDescriptor', '_metadata'),
    },
  };
}
