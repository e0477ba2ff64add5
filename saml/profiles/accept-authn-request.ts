import type { KeyObject, X509Certificate } from 'node:crypto';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { type Decryption, requireFailureCount } from '../encryption/decrypt.ts';
import { type AuthnRequest, readAuthnRequestElement } from '../messages/authn-request.ts';
import type { Conditions } from '../messages/conditions.ts';
import { readEncryptedId } from '../messages/encrypted-id.ts';
import type { NameId } from '../messages/name-id.ts';
import type { RequestedAuthnContext } from '../messages/requested-authn-context.ts';
import type { Scoping } from '../messages/scoping.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { authnRequestChecks, type Honours, responseBindingsOf } from './authn-request-checks.ts';
import { runChecks } from './check.ts';
import { chooseReplyUrl, type ReplyUrl, requireReplyUrls } from './choose-reply-url.ts';
import { requireCertificates, requireKnownKeys, requireTexts } from '../require-input.ts';
import { requirePeerId } from './peer-id.ts';
import { readMessage, verifyMessage } from './receive-message.ts';

/** A request that was read but rests on nobody's signature yet: good for finding the relying party, for no decision. */
export type ReceivedAuthnRequest = {
  unverified: { id: string; issuer: string };
  signature: 'absent' | 'present';
  message: ReceivedMessage;
};

/** What the identity provider knows about an application. `replyUrls` are compared octet for octet. */
export type RelyingParty = {
  entityIds: string[];
  replyUrls: ReplyUrl[];
  requestSignature: { required: boolean; certificates: X509Certificate[]; allow?: CompatibilitySwitch[] };
  /** As of an identity provider in `acceptResponse`; needed where `cbc` is allowed and there are keys to decrypt with. */
  recentDecryptionFailures?: number;
};

/**
 * A request the identity provider may act on: of everything it can ask for, what is here is to be honoured. `replyUrl` is
 * the registered string, never the one sent.
 */
export type AcceptedAuthnRequest = {
  requestId: string;
  issuer: string;
  replyUrl: string;
  /** The binding by which the registered address is answered. */
  responseBinding: string;
  forceAuthn: boolean;
  isPassive: boolean;
  /** `chooseNameId` makes a name of these three. */
  nameIdFormat?: string;
  spNameQualifier?: string;
  allowCreate?: boolean;
  /** Nobody but this person may be signed in (saml-core 3.4.1.4). */
  subject?: NameId;
  /** `chooseAuthnContext` answers it. */
  requestedAuthnContext?: RequestedAuthnContext;
  /** `judgeScoping` answers it. */
  scoping?: Scoping;
  /** A wish: the identity provider may change and add (saml-core 3.4.1). */
  conditions?: Conditions;
  /** Which set of attributes is wanted (saml-metadata 2.4.4.1). */
  attributeConsumingServiceIndex?: number;
  /** The requester's name for people: shown as text, trusted for nothing. */
  providerName?: string;
  /** One of the consent identifiers (saml-core 8.4). */
  consent?: string;
  relayState?: string;
  signature: 'verified' | 'not-checked' | 'absent';
};

/** The endpoint a request arrived at, and what the identity provider can do there. */
export type RequestEndpoint = {
  /** All its addresses: a Destination must be one of them. */
  endpointUrls: readonly string[];
  /** What a request asks for beyond it is refused. */
  honours?: Honours;
  /** RSA private keys, tried in order, for the name of a subject that comes encrypted. */
  decryptionKeys?: readonly KeyObject[];
};

const expected = {
  parameter: 'SAMLRequest',
  root: { namespace: namespaces.protocol, local: 'AuthnRequest' },
} as const;

/**
 * Reads a request to authenticate (saml-core 3.4.1) far enough to know who asks: nothing else that it says may be used yet.
 *
 * @throws SamlRejection where it is no such request, or not as the schema has it
 * @example const received = readAuthnRequest(decodeRedirect(rawQuery));
 */
export function readAuthnRequest(message: ReceivedMessage): ReceivedAuthnRequest {
  const { root, isSigned } = readMessage(message, expected);
  const { id, issuer } = readAuthnRequestElement(root);
  return { unverified: { id, issuer }, signature: isSigned ? 'present' : 'absent', message };
}

/**
 * Decides whether a request may be acted on, for the relying party its issuer belongs to (saml-profiles 4.1.4.1).
 *
 * Whatever of the request is signed and verified is read again from the signed octets; the value handed in as
 * `unverified` decides nothing then. A signature that nobody asked for gives no trust and takes none away.
 *
 * @throws SamlRejection; TypeError where a caller without types leaves out what a request is judged against, or hands in
 * what is none of it
 * @example
 * const received = readAuthnRequest(decodeRedirect(rawQuery));
 * const relyingParty = await findByEntityId(received.unverified.issuer);
 * const { replyUrl, requestId } = acceptAuthnRequest(received, relyingParty, { endpointUrls: [loginUrl] });
 */
export function acceptAuthnRequest(
  received: ReceivedAuthnRequest,
  relyingParty: RelyingParty,
  at: RequestEndpoint,
): AcceptedAuthnRequest {
  const { required, certificates, allow = [] } = relyingParty.requestSignature;
  if (typeof required !== 'boolean') throw new TypeError('requestSignature.required is missing.');
  requireCertificates('requestSignature.certificates', certificates);
  requireTexts('requestSignature.allow', allow);
  requireTexts('entityIds', relyingParty.entityIds);
  requireReplyUrls(relyingParty.replyUrls);
  requireTexts('endpointUrls', at?.endpointUrls);
  requireKnownKeys('at.', at, atKeys);
  const { endpointUrls, honours = {}, decryptionKeys: keys = [] } = at;
  const { recentDecryptionFailures: failures } = relyingParty;
  const decryption = { keys, allow, ...(failures === undefined ? {} : { recentFailures: failures }) };
  requireFailureCount('recentDecryptionFailures', decryption);
  // Before the signature, which would be refused for the same ID in less telling words; and of what is signed again.
  requirePeerId(received.unverified.id, allow);
  const { root, relayState, signature } = verifyMessage(
    received.message,
    expected,
    { ...relyingParty.requestSignature, issuers: relyingParty.entityIds },
    'request-not-signed',
  );
  const request = readAuthnRequestElement(root);
  requirePeerId(request.id, allow);
  const issuer =
    relyingParty.entityIds.find((entityId) => entityId === request.issuer) ??
    reject('request-issuer-mismatch', { expected: relyingParty.entityIds.join(' '), actual: request.issuer });
  const canDecrypt = keys.length > 0;
  runChecks(authnRequestChecks, { request, signature, endpointUrls, honours, canDecrypt, allow });
  const ciphertext = signature === 'verified' ? 'verified' : 'unverified';
  const subject = subjectOf(request, { ...decryption, ciphertext });
  return {
    requestId: request.id,
    issuer,
    ...chooseReplyUrl(request, relyingParty.replyUrls, responseBindingsOf(honours)),
    ...wishesOf(request),
    ...(subject === undefined ? {} : { subject }),
    ...(relayState === undefined ? {} : { relayState }),
    signature,
  };
}

const atKeys = { endpointUrls: true, honours: true, decryptionKeys: true } as const;

/** The person the request names; the checks have seen to it that the name can be read. */
function subjectOf({ subject }: AuthnRequest, decryption: Decryption): NameId | undefined {
  if (subject?.encryptedId === undefined) return subject?.nameId;
  return readEncryptedId(subject.encryptedId, decryption);
}

function wishesOf(request: AuthnRequest) {
  const { nameIdPolicy = {}, requestedAuthnContext, scoping, conditions } = request;
  const { attributeConsumingServiceIndex, providerName, consent } = request;
  const { format, spNameQualifier, allowCreate } = nameIdPolicy;
  return {
    forceAuthn: request.forceAuthn,
    isPassive: request.isPassive,
    ...(format === undefined ? {} : { nameIdFormat: format }),
    ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
    ...(allowCreate === undefined ? {} : { allowCreate }),
    ...(requestedAuthnContext === undefined ? {} : { requestedAuthnContext }),
    ...(scoping === undefined ? {} : { scoping }),
    ...(conditions === undefined ? {} : { conditions }),
    ...(attributeConsumingServiceIndex === undefined ? {} : { attributeConsumingServiceIndex }),
    ...(providerName === undefined ? {} : { providerName }),
    ...(consent === undefined ? {} : { consent }),
  };
}
