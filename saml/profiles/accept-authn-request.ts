import type { X509Certificate } from 'node:crypto';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import {
  type AuthnRequest,
  readAuthnRequestElement,
  type RequestedAuthnContext,
} from '../messages/authn-request.ts';
import { requireNcName } from '../messages/message-id.ts';
import { bindings, nameIdFormats, namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import type { XmlElement } from '../xml/tree.ts';
import { type Check, runChecks } from './check.ts';
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

/** A registered assertion consumer service URL; `index` is what AssertionConsumerServiceIndex names (saml-core 3.4.1). */
export type ReplyUrl = { url: string; index?: number; isDefault?: boolean };

/** A request the identity provider may act on. `replyUrl` is the registered string, never the one sent. */
export type AcceptedAuthnRequest = {
  requestId: string;
  issuer: string;
  replyUrl: string;
  forceAuthn: boolean;
  isPassive: boolean;
  nameIdFormat?: string;
  spNameQualifier?: string;
  requestedAuthnContext?: RequestedAuthnContext;
  relayState?: string;
  signature: 'verified' | 'not-checked' | 'absent';
};

/** A request with what was found out about its signature, beside what it is judged against. */
type Facts = {
  request: AuthnRequest;
  signature: AcceptedAuthnRequest['signature'];
  relyingParty: RelyingParty;
  endpointUrls: string[];
};

const expected = {
  parameter: 'SAMLRequest',
  root: { namespace: namespaces.protocol, local: 'AuthnRequest' },
} as const;

const acceptedNameIdFormats: readonly string[] = [
  nameIdFormats.persistent,
  nameIdFormats.emailAddress,
  nameIdFormats.unspecified,
  nameIdFormats.transient,
];

/** The rules for a request, in the order they are applied (saml-core 3.4.1, saml-profiles 4.1.4.1). */
const checks: readonly Check<Facts>[] = [
  {
    code: 'request-destination-missing',
    against: ({ request, signature }) =>
      signature === 'verified' && request.destination === undefined ? { expected: 'Destination' } : undefined,
  },
  {
    code: 'request-destination-mismatch',
    against: ({ request: { destination }, endpointUrls }) =>
      destination === undefined || endpointUrls.includes(destination)
        ? undefined
        : { expected: endpointUrls.join(' '), actual: destination },
  },
  {
    code: 'request-subject-present',
    against: ({ request }) => (request.hasSubject ? { expected: 'no Subject' } : undefined),
  },
  {
    code: 'request-scoping-unsupported',
    against: ({ request: { scoping = [] } }) =>
      scoping.length === 0 ? undefined : { expected: 'no proxying restrictions', actual: scoping.join(' ') },
  },
  {
    code: 'request-protocol-binding-unsupported',
    against: ({ request: { protocolBinding } }) =>
      protocolBinding === undefined || protocolBinding === bindings.httpPost
        ? undefined
        : { expected: bindings.httpPost, actual: protocolBinding },
  },
  {
    code: 'request-name-id-format-unsupported',
    against: ({ request: { nameIdPolicy } }) =>
      nameIdPolicy?.format === undefined || acceptedNameIdFormats.includes(nameIdPolicy.format)
        ? undefined
        : { expected: acceptedNameIdFormats.join(' '), actual: nameIdPolicy.format },
  },
  {
    code: 'request-authn-context-comparison',
    against: ({ request: { requestedAuthnContext } }) =>
      requestedAuthnContext === undefined || requestedAuthnContext.comparison === 'exact'
        ? undefined
        : { expected: 'exact', actual: requestedAuthnContext.comparison },
  },
  {
    code: 'request-authn-context-declaration',
    against: ({ request: { requestedAuthnContext } }) =>
      requestedAuthnContext?.declRefs === undefined
        ? undefined
        : { expected: 'AuthnContextClassRef', actual: requestedAuthnContext.declRefs.join(' ') },
  },
];

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
 * @throws SamlRejection
 * @example
 * const received = readAuthnRequest(decodeRedirect(rawQuery));
 * const relyingParty = await findByEntityId(received.unverified.issuer);
 * const { replyUrl, requestId } = acceptAuthnRequest(received, relyingParty, { endpointUrls: [loginUrl] });
 */
export function acceptAuthnRequest(
  received: ReceivedAuthnRequest,
  relyingParty: RelyingParty,
  at: { endpointUrls: string[] },
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
  runChecks(checks, { request, signature, relyingParty, endpointUrls: at.endpointUrls });
  const { requestedAuthnContext, nameIdPolicy } = request;
  return {
    requestId: request.id,
    issuer,
    replyUrl: chooseReplyUrl(request, relyingParty.replyUrls),
    forceAuthn: request.forceAuthn,
    isPassive: request.isPassive,
    ...(nameIdPolicy?.format === undefined ? {} : { nameIdFormat: nameIdPolicy.format }),
    ...(nameIdPolicy?.spNameQualifier === undefined ? {} : { spNameQualifier: nameIdPolicy.spNameQualifier }),
    ...(requestedAuthnContext === undefined ? {} : { requestedAuthnContext }),
    ...(relayState === undefined ? {} : { relayState }),
    signature,
  };
}

/**
 * Where the answer goes: always a registered address, the one that equals what was asked for, bears the index asked for,
 * or is the default (saml-core 3.4.1). What was sent is compared and never returned.
 */
function chooseReplyUrl(request: AuthnRequest, replyUrls: readonly ReplyUrl[]): string {
  const { assertionConsumerServiceUrl: url, assertionConsumerServiceIndex: index } = request;
  if (url !== undefined && index !== undefined) {
    reject('request-reply-url-ambiguous', {
      expected: 'AssertionConsumerServiceURL or AssertionConsumerServiceIndex',
      actual: `${url} and ${index}`,
    });
  }
  const known = replyUrls.map((each) => each.url).join(' ');
  if (url !== undefined) {
    const registered = replyUrls.find((each) => each.url === url);
    return registered?.url ?? reject('request-reply-url-unknown', { expected: known, actual: url });
  }
  if (index !== undefined) {
    const registered = replyUrls.find((each) => each.index === index);
    return (
      registered?.url ?? reject('request-reply-url-index-unknown', { expected: known, actual: `${index}` })
    );
  }
  const preferred = replyUrls.find((each) => each.isDefault === true) ?? replyUrls[0];
  return preferred?.url ?? reject('reply-url-missing', { expected: 'a registered reply URL' });
}
