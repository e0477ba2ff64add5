import { sign } from 'node:crypto';
import { signSamlPost } from '@node-saml/node-saml/lib/saml-post-signing.js';
import * as samlify from 'samlify';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { type IssueInput, issueResponse } from '../profiles/issue-response.ts';
import { identityProvider, type KeyKind, keys, replyUrl, serviceProvider } from './messages.ts';
import type { Contender } from './measure.ts';

/** The least there is to do, asked of the thread pool as Countersign asks, and at once on the main thread. */
export function signaturesAlone(kind: KeyKind): { onThePool: Contender; atOnce: Contender } {
  const key = { key: fixtureKey(keys[kind].name), dsaEncoding: 'ieee-p1363' } as const;
  const info = Buffer.alloc(700);
  const onThePool = (): Promise<Buffer> =>
    new Promise((resolve, fail) => {
      sign('sha256', info, key, (error, value) => (error ? fail(error) : resolve(value)));
    });
  return {
    onThePool: { name: 'signature alone, on the pool', work: onThePool },
    atOnce: { name: 'signature alone, at once', work: () => sign('sha256', info, key) },
  };
}

export function countersign(input: IssueInput): Contender {
  return { name: 'Countersign', work: () => issueResponse(input) };
}

/**
 * node-saml is a service provider and issues nothing: it signs a finished text with its function for requests. samlify is
 * given the finished text as its template. Neither has to build what Countersign builds.
 */
export async function peers(input: IssueInput): Promise<Contender[]> {
  const { xml } = await issueResponse(input);
  const unsigned = xml.replace(/<Signature .*<\/Signature>/s, '');
  const privateKey = fixtureKey('rsa').export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = fixtureCertificate('rsa').toString();
  const Binding = samlify.Constants.namespace.binding.post;
  const receiver = samlify.ServiceProvider({
    entityID: serviceProvider,
    wantAssertionsSigned: true,
    assertionConsumerService: [{ Binding, Location: replyUrl }],
  });
  const sender = samlify.IdentityProvider({
    entityID: identityProvider,
    signingCert: certificate,
    privateKey,
    singleSignOnService: [{ Binding, Location: replyUrl }],
    singleLogoutService: [{ Binding, Location: replyUrl }],
  });
  const request = { extract: { request: { id: input.inResponseTo ?? '' } } };
  const path = '/*[local-name(.)="Response"]/*[local-name(.)="Assertion"]';
  const options = {
    privateKey,
    publicCert: certificate,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
  } as const;
  return [
    { name: 'node-saml', work: () => signSamlPost(unsigned, path, options) },
    {
      name: 'samlify',
      work: () =>
        sender.createLoginResponse(receiver, request, 'post', { email: 'b.simon@contoso.example' }, () => ({
          id: input.responseId,
          context: unsigned,
        })),
    },
  ];
}
