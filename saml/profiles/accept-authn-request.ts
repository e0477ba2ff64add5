import type { X509Certificate } from 'node:crypto';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { type AuthnRequest, readAuthnRequestElement } from '../messages/authn-request.ts';
import type { Conditions } from '../messages/conditions.ts';
import { requireNcName } from '../messages/message-id.ts';
import type { NameId } from '../messages/name-id.ts';
import type { RequestedAuthnContext } from '../messages/requested-authn-context.ts';
import type { Scoping } from '../messages/scoping.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import type { XmlElement } from '../xml/tree.ts';
import { authnRequestChecks, type Honours, responseBindingsOf } from './authn-request-checks.ts';
import { runChecks } from './check.ts';
import { chooseReplyUrl, type ReplyUrl } from './choose-reply-url.ts';
import { readMessage, verifyMessage } from './receive-message.ts';

/** A request that was read but rests on nobody's signature yet: good for finding the relying party, for no decision. */
export type ReceivedAuthnRequest = {
  unverified: AuthnRequest;
  signature: 'absent' | 'present';
  message: ReceivedMessage;
};

/** What the identity provider knows about an application. `replyUrls` are compared octet for octet. */
export type RelyingParty = {
  entityIds: string[];
  replyUrls: ReplyUrl[];
  requestSignature: { required: boolean; certificates: X509Certificate[]; allow?: CompatibilitySwitch[] };
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

const expected = {
  parameter: 'SAMLRequest',
  root: { namespace: namespaces.protocol, local: 'AuthnRequest' },
} as const;

/**
 * Reads a request far enough to know who asks.
 *
 * @throws SamlRejection
 */
export function readAuthnRequest(message: ReceivedMessage): ReceivedAuthnRequest {
  const { document, isSigned } = readMessage(message, expected);
  return {
    unverified: readRequest(document.root),
    signature: isSigned ? 'present' : 'absent',
    message,
  };
}

function readRequest(element: XmlElement): AuthnRequest {
  const request = readAuthnRequestElement(element);
  requireNcName(request.id);
  return request;
}

/**
 * Decides whether a request may be acted on, for the relying party its issuer belongs to (saml-profiles 4.1.4.1).
 *
 * Whatever of the request is signed and verified is read again from the signed octets; the value handed in as
 * `unverified` decides nothing then. A signature that nobody asked for gives no trust and takes none away.
 *
 * @param at.endpointUrls all the addresses of the endpoint it arrived at: a Destination must be one of them
 * @param at.honours what this identity provider can do; what a request asks for beyond it is refused
 * @throws SamlRejection
 * @example
 * const received = readAuthnRequest(decodeRedirect(rawQuery));
 * const relyingParty = await findByEntityId(received.unverified.issuer);
 * const { replyUrl, requestId } = acceptAuthnRequest(received, relyingParty, { endpointUrls: [loginUrl] });
 */
export function acceptAuthnRequest(
  received: ReceivedAuthnRequest,
  relyingParty: RelyingParty,
  at: { endpointUrls: readonly string[]; honours?: Honours },
): AcceptedAuthnRequest {
  const { root, relayState, signature } = verifyMessage(
    received.message,
    expected,
    relyingParty.requestSignature,
    'request-not-signed',
  );
  const request = readRequest(root);
  const issuer =
    relyingParty.entityIds.find((entityId) => entityId === request.issuer) ??
    reject('request-issuer-mismatch', { expected: relyingParty.entityIds.join(' '), actual: request.issuer });
  const { endpointUrls, honours = {} } = at;
  runChecks(authnRequestChecks, { request, signature, endpointUrls, honours });
  return {
    requestId: request.id,
    issuer,
    ...chooseReplyUrl(request, relyingParty.replyUrls, responseBindingsOf(honours)),
    ...wishesOf(request),
    ...(relayState === undefined ? {} : { relayState }),
    signature,
  };
}

function wishesOf(request: AuthnRequest) {
  const { nameIdPolicy = {}, subject, requestedAuthnContext, scoping, conditions } = request;
  const { attributeConsumingServiceIndex, providerName, consent } = request;
  const { format, spNameQualifier, allowCreate } = nameIdPolicy;
  return {
    forceAuthn: request.forceAuthn,
    isPassive: request.isPassive,
    ...(format === undefined ? {} : { nameIdFormat: format }),
    ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
    ...(allowCreate === undefined ? {} : { allowCreate }),
    ...(subject?.nameId === undefined ? {} : { subject: subject.nameId }),
    ...(requestedAuthnContext === undefined ? {} : { requestedAuthnContext }),
    ...(scoping === undefined ? {} : { scoping }),
    ...(conditions === undefined ? {} : { conditions }),
    ...(attributeConsumingServiceIndex === undefined ? {} : { attributeConsumingServiceIndex }),
    ...(providerName === undefined ? {} : { providerName }),
    ...(consent === undefined ? {} : { consent }),
  };
}
