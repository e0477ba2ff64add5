import { namespaces } from '../names.ts';
import type { XmlElement } from '../xml/tree.ts';
import { describeAssertion, describeEncryptedAssertion, describeNameId } from './describe-assertion.ts';
import { describeSignatures, isSigned } from './describe-signature.ts';
import {
  attributeOf,
  childOf,
  childrenOf,
  type DescribedFact,
  type DescribedPart,
  elementsOf,
  instantFact,
  plainText,
  textFact,
} from './description.ts';

const saml = (local: string) => ({ namespace: namespaces.assertion, local });
const samlp = (local: string) => ({ namespace: namespaces.protocol, local });

/** What a protocol message says, and the assertions or the message inside it. */
export function describeProtocol(message: XmlElement): DescribedPart[] {
  return [
    {
      title: message.local,
      signed: isSigned(message),
      facts: [
        ...textFact('ID', attributeOf(message, 'ID')),
        ...textFact('Issuer', plainText(childOf(message, saml('Issuer')))),
        ...textFact('Destination', attributeOf(message, 'Destination')),
        ...textFact('In response to', attributeOf(message, 'InResponseTo')),
        ...instantFact('Issued', attributeOf(message, 'IssueInstant')),
        ...instantFact('Valid until', attributeOf(message, 'NotOnOrAfter'), 'end'),
        ...describeStatus(childOf(message, samlp('Status'))),
        ...describeSignatures(message),
        ...describeWishes(message),
        ...describeNameId(message),
        ...childrenOf(message, samlp('SessionIndex')).flatMap((index) =>
          textFact('Session index', plainText(index)),
        ),
        ...textFact('Reason', attributeOf(message, 'Reason')),
        ...textFact('Artifact', plainText(childOf(message, samlp('Artifact')))),
      ],
    },
    ...elementsOf(message).flatMap((child) => {
      if (child.namespace === namespaces.assertion && child.local === 'Assertion')
        return [describeAssertion(child)];
      if (child.namespace === namespaces.assertion && child.local === 'EncryptedAssertion')
        return [describeEncryptedAssertion(child)];
      return isMessage(child) ? describeProtocol(child) : [];
    }),
  ];
}

const messages: ReadonlySet<string> = new Set([
  'Response',
  'AuthnRequest',
  'LogoutRequest',
  'LogoutResponse',
  'ArtifactResolve',
  'ArtifactResponse',
]);

/** Whether this is one of the messages of the protocol that the engine knows. */
export function isMessage({ namespace, local }: XmlElement): boolean {
  return namespace === namespaces.protocol && messages.has(local);
}

/** The nested codes from the outside in, and the message (saml-core 3.2.2.1). */
function describeStatus(status: XmlElement | undefined): DescribedFact[] {
  const codes: string[] = [];
  for (let code = childOf(status, samlp('StatusCode')); code; code = childOf(code, samlp('StatusCode')))
    codes.push(attributeOf(code, 'Value') ?? '');
  return [
    ...codes.flatMap((code, depth) => textFact(depth === 0 ? 'Status' : '… more exactly', code)),
    ...textFact('Status message', plainText(childOf(status, samlp('StatusMessage')))),
  ];
}

/** What a request to authenticate asks for. */
function describeWishes(message: XmlElement): DescribedFact[] {
  const policy = childOf(message, samlp('NameIDPolicy'));
  const context = childOf(message, samlp('RequestedAuthnContext'));
  const scoping = childOf(message, samlp('Scoping'));
  return [
    ...textFact('Answer to', attributeOf(message, 'AssertionConsumerServiceURL')),
    ...textFact('Answer to index', attributeOf(message, 'AssertionConsumerServiceIndex')),
    ...textFact('Answer by', attributeOf(message, 'ProtocolBinding')),
    ...textFact('ForceAuthn', attributeOf(message, 'ForceAuthn')),
    ...textFact('IsPassive', attributeOf(message, 'IsPassive')),
    ...textFact('Provider name', attributeOf(message, 'ProviderName')),
    ...textFact('NameID wanted', attributeOf(policy, 'Format')),
    ...(context === undefined
      ? []
      : textFact(
          `Means wanted (${attributeOf(context, 'Comparison') ?? 'exact'})`,
          elementsOf(context).map(plainText).join(' or '),
        )),
    ...textFact('Proxies allowed', attributeOf(scoping, 'ProxyCount')),
  ];
}
