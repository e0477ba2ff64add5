import { writeDateTime } from '../date-time.ts';
import { bindings, namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import type { Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { type Conditions, readConditions, writeConditions } from './conditions.ts';
import { type ForeignElement, writeForeignElement } from './foreign-element.ts';
import { writeIssuer } from './issuer.ts';
import { type MessageHeader, readRequestHeader } from './message-header.ts';
import { type NameIdPolicy, readNameIdPolicy, writeNameIdPolicy } from './name-id-policy.ts';
import {
  readRequestedAuthnContext,
  type RequestedAuthnContext,
  type WriteRequestedAuthnContext,
  writeRequestedAuthnContext,
} from './requested-authn-context.ts';
import {
  readRequestedSubject,
  type RequestedSubject,
  type WriteRequestedSubjectInput,
  writeRequestedSubject,
} from './requested-subject.ts';
import { readScoping, type Scoping, writeScoping } from './scoping.ts';
import { booleanOf, unsignedShortOf } from './simple-types.ts';

/** What a request to authenticate asks for (saml-core 3.4.1). Extensions are opaque and not read. */
export type AuthnRequest = MessageHeader & {
  issuer: string;
  assertionConsumerServiceUrl?: string;
  assertionConsumerServiceIndex?: number;
  /** The binding the answer is to come by. */
  protocolBinding?: string;
  attributeConsumingServiceIndex?: number;
  forceAuthn: boolean;
  isPassive: boolean;
  /** The requester's name for people. */
  providerName?: string;
  subject?: RequestedSubject;
  nameIdPolicy?: NameIdPolicy;
  /** A wish: the identity provider sets the conditions of its assertions. */
  conditions?: Conditions;
  requestedAuthnContext?: RequestedAuthnContext;
  scoping?: Scoping;
};

const { assertion, protocol } = namespaces;

/** Reads a request. A Signature at its slot is judged elsewhere and passed over here. */
export function readAuthnRequestElement(root: XmlElement): AuthnRequest {
  const { header, values, content } = readRequestHeader(root, [
    'ForceAuthn',
    'IsPassive',
    'ProtocolBinding',
    'AssertionConsumerServiceIndex',
    'AssertionConsumerServiceURL',
    'AttributeConsumingServiceIndex',
    'ProviderName',
  ]);
  const { issuer } = header;
  if (issuer === undefined) reject('request-issuer-missing', { expected: 'Issuer' });
  const replyIndex = unsignedShortOf(values.AssertionConsumerServiceIndex);
  const attributeIndex = unsignedShortOf(values.AttributeConsumingServiceIndex);
  return {
    ...header,
    issuer,
    ...(values.AssertionConsumerServiceURL === undefined
      ? {}
      : { assertionConsumerServiceUrl: values.AssertionConsumerServiceURL }),
    ...(replyIndex === undefined ? {} : { assertionConsumerServiceIndex: replyIndex }),
    ...(values.ProtocolBinding === undefined ? {} : { protocolBinding: values.ProtocolBinding }),
    ...(attributeIndex === undefined ? {} : { attributeConsumingServiceIndex: attributeIndex }),
    forceAuthn: booleanOf(values.ForceAuthn) ?? false,
    isPassive: booleanOf(values.IsPassive) ?? false,
    ...(values.ProviderName === undefined ? {} : { providerName: values.ProviderName }),
    ...readWishes(content),
  };
}

type Wishes = Pick<
  AuthnRequest,
  'subject' | 'nameIdPolicy' | 'conditions' | 'requestedAuthnContext' | 'scoping'
>;

function readWishes(content: Content): Wishes {
  const subject = content.optional({ namespace: assertion, local: 'Subject' });
  const policy = content.optional({ namespace: protocol, local: 'NameIDPolicy' });
  const conditions = content.optional({ namespace: assertion, local: 'Conditions' });
  const context = content.optional({ namespace: protocol, local: 'RequestedAuthnContext' });
  const scoping = content.optional({ namespace: protocol, local: 'Scoping' });
  content.end();
  return {
    ...(subject === undefined ? {} : { subject: readRequestedSubject(subject) }),
    ...(policy === undefined ? {} : { nameIdPolicy: readNameIdPolicy(policy) }),
    ...(conditions === undefined
      ? {}
      : { conditions: readConditions(conditions, { unknown: 'passed-over' }) }),
    ...(context === undefined ? {} : { requestedAuthnContext: readRequestedAuthnContext(context) }),
    ...(scoping === undefined ? {} : { scoping: readScoping(scoping) }),
  };
}

/** Everything a request can say; instants are epoch milliseconds. What is absent is not written. */
export type WriteAuthnRequestInput = {
  id: string;
  issueInstant: number;
  issuer: string;
  destination: string;
  /** One of the consent identifiers (saml-core 8.4). */
  consent?: string;
  /** Where the answer goes: this address, or the registered one of this index, or where neither is given the default. */
  assertionConsumerServiceUrl?: string;
  assertionConsumerServiceIndex?: number;
  /** HTTP POST unless given; an index stands for a binding too, so that none is written beside one. */
  protocolBinding?: string;
  attributeConsumingServiceIndex?: number;
  forceAuthn?: boolean;
  isPassive?: boolean;
  providerName?: string;
  extensions?: readonly ForeignElement[];
  subject?: WriteRequestedSubjectInput;
  nameIdPolicy?: NameIdPolicy;
  conditions?: {
    notBefore?: number;
    notOnOrAfter?: number;
    audiences?: readonly string[];
    oneTimeUse?: boolean;
  };
  requestedAuthnContext?: WriteRequestedAuthnContext;
  scoping?: Scoping;
};

/** Writes a request for an answer. */
export function writeAuthnRequest(input: WriteAuthnRequestInput): BuiltElement {
  const { extensions = [], subject, nameIdPolicy, conditions, requestedAuthnContext, scoping } = input;
  return element(samlp('AuthnRequest'), attributesFor(input), [
    writeIssuer(input.issuer),
    extensions.length === 0
      ? undefined
      : element(samlp('Extensions'), {}, extensions.map(writeForeignElement)),
    subject && writeRequestedSubject(subject),
    nameIdPolicy && writeNameIdPolicy(nameIdPolicy),
    conditions && writeConditions(conditions),
    requestedAuthnContext && writeRequestedAuthnContext(requestedAuthnContext),
    scoping && writeScoping(scoping),
  ]);
}

function attributesFor(input: WriteAuthnRequestInput): Record<string, string | undefined> {
  const { assertionConsumerServiceUrl: url, assertionConsumerServiceIndex: index, protocolBinding } = input;
  if (index !== undefined && (url ?? protocolBinding) !== undefined) {
    reject('request-reply-url-ambiguous', { expected: 'an index alone', actual: `${index}` });
  }
  return {
    AssertionConsumerServiceIndex: unsignedShort(index),
    AssertionConsumerServiceURL: url,
    AttributeConsumingServiceIndex: unsignedShort(input.attributeConsumingServiceIndex),
    Consent: input.consent,
    Destination: input.destination,
    ForceAuthn: input.forceAuthn === true ? 'true' : undefined,
    ID: input.id,
    IsPassive: input.isPassive === true ? 'true' : undefined,
    IssueInstant: writeDateTime(input.issueInstant),
    ProtocolBinding: index === undefined ? (protocolBinding ?? bindings.httpPost) : undefined,
    ProviderName: input.providerName,
    Version: '2.0',
  };
}

/** What the reader would refuse is not written. */
function unsignedShort(value: number | undefined): string | undefined {
  if (value === undefined) return undefined;
  unsignedShortOf(`${value}`);
  return `${value}`;
}

function samlp(local: string) {
  return { namespace: protocol, local, prefix: 'samlp' };
}
