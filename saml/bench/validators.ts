import {
  type KeyObject,
  constants,
  hash,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  verify,
  type X509Certificate,
} from 'node:crypto';
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import * as samlify from 'samlify';
import { decodePost } from '../bindings/http-post.ts';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { acceptResponse } from '../profiles/accept-response.ts';
import {
  type BenchMessage,
  identityProvider,
  type KeyKind,
  keys,
  replyUrl,
  serviceProvider,
} from './messages.ts';

/** Takes the value of the form field and answers, or throws. */
export type Validator = { name: string; validate: (message: BenchMessage) => unknown };

/**
 * Everybody who validates, set up once: signature by the configured certificate, audience, times and, as far as the library
 * offers it, issuer, recipient, destination and the request that is answered. Certificates are parsed where it lets them be.
 */
export function validators(kind: KeyKind, content: 'plain' | 'encrypted' = 'plain'): Validator[] {
  const certificate = fixtureCertificate(keys[kind].name);
  const us = { name: 'Countersign', validate: countersign(certificate, fixtureKey('sp')) };
  // Neither of the others knows ECDSA.
  if (kind === 'ecdsa') return [us];
  return [
    us,
    { name: 'node-saml', validate: nodeSaml(certificate.toString()) },
    { name: 'samlify', validate: samlifyResponse(certificate.toString(), content) },
  ];
}

/** The least there is to do: verify the signature over SignedInfo, digest the assertion. */
export function cryptographyAlone({ xml }: BenchMessage, kind: KeyKind): () => void {
  const key = fixtureCertificate(keys[kind].name).publicKey;
  const info = Buffer.from(
    between(xml, '<SignedInfo>', '</SignedInfo>').replace(
      '>',
      ' xmlns="http://www.w3.org/2000/09/xmldsig#">',
    ),
  );
  const value = Buffer.from(between(xml, '<SignatureValue>', '</SignatureValue>').slice(16, -17), 'base64');
  const digest = between(xml, '<DigestValue>', '</DigestValue>').slice(13, -14);
  const signed = Buffer.from(
    between(xml, '<Assertion ', '</Assertion>').replace(between(xml, '<Signature ', '</Signature>'), ''),
  );
  return () => {
    const isGenuine = verify('sha256', info, { key, dsaEncoding: 'ieee-p1363' }, value);
    if (!isGenuine || hash('sha256', signed, 'base64') !== digest)
      throw new Error('This is not what was signed.');
  };
}

/** What decryption adds to it: the private key is used once; the cipher of the content costs next to nothing. */
export function decryptionAlone(): () => void {
  const how = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' } as const;
  const wrapped = publicEncrypt({ key: fixtureCertificate('sp').publicKey, ...how }, randomBytes(32));
  const key = { key: fixtureKey('sp'), ...how };
  return () => void privateDecrypt(key, wrapped);
}

function privateKeyText(): string {
  return fixtureKey('sp').export({ type: 'pkcs8', format: 'pem' }).toString();
}

function between(text: string, from: string, to: string): string {
  return text.slice(text.indexOf(from), text.indexOf(to) + to.length);
}

function countersign(certificate: X509Certificate, decryptionKey: KeyObject): Validator['validate'] {
  return ({ samlResponse, requestId, now }) =>
    acceptResponse({
      message: decodePost({ SAMLResponse: samlResponse }),
      identityProvider: { entityId: identityProvider, certificates: [certificate] },
      serviceProvider: {
        entityId: serviceProvider,
        assertionConsumerServiceUrl: replyUrl,
        decryptionKeys: [decryptionKey],
      },
      request: { id: requestId },
      now,
      skewMilliseconds: 0,
    });
}

function nodeSaml(idpCert: string): Validator['validate'] {
  let expected: BenchMessage | undefined;
  const saml = new SAML({
    idpCert,
    decryptionPvk: privateKeyText(),
    issuer: serviceProvider,
    callbackUrl: replyUrl,
    audience: serviceProvider,
    idpIssuer: identityProvider,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    validateInResponseTo: ValidateInResponseTo.always,
    // The one request that is answered, as often as it is asked for.
    cacheProvider: {
      getAsync: async (id) => (id === expected?.requestId ? new Date().toISOString() : null),
      saveAsync: async () => null,
      removeAsync: async () => null,
    },
  });
  return (message) => {
    expected = message;
    return saml.validatePostResponseAsync({ SAMLResponse: message.samlResponse });
  };
}

function samlifyResponse(signingCert: string, content: 'plain' | 'encrypted'): Validator['validate'] {
  // It asks for a schema validator and brings none; the others read against the schema by themselves or not at all.
  samlify.setSchemaValidator({ validate: async () => 'not validated' });
  const Binding = samlify.Constants.namespace.binding.post;
  const receiver = samlify.ServiceProvider({
    entityID: serviceProvider,
    encPrivateKey: privateKeyText(),
    wantAssertionsSigned: true,
    assertionConsumerService: [{ Binding, Location: replyUrl }],
  });
  // One of these settings is left out of its types.
  const settings = {
    entityID: identityProvider,
    signingCert,
    isAssertionEncrypted: content === 'encrypted',
    singleSignOnService: [{ Binding, Location: replyUrl }],
    singleLogoutService: [{ Binding, Location: replyUrl }],
  };
  const sender = samlify.IdentityProvider(settings);
  return ({ samlResponse }) =>
    receiver.parseLoginResponse(sender, 'post', { body: { SAMLResponse: samlResponse } });
}
