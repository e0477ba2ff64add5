import { namespaces } from '../names.ts';
import type { XmlElement } from '../xml/tree.ts';
import { describeEncryption, describeSignatures, isSigned } from './describe-signature.ts';
import {
  attributeOf,
  childOf,
  childrenOf,
  type DescribedFact,
  type DescribedPart,
  instantFact,
  plainText,
  textFact,
} from './description.ts';

const saml = (local: string) => ({ namespace: namespaces.assertion, local });

/** What an assertion says of its subject, for whom and until when. */
export function describeAssertion(assertion: XmlElement): DescribedPart {
  const subject = childOf(assertion, saml('Subject'));
  const conditions = childOf(assertion, saml('Conditions'));
  return {
    title: 'Assertion',
    signed: isSigned(assertion),
    facts: [
      ...textFact('ID', attributeOf(assertion, 'ID')),
      ...textFact('Issuer', plainText(childOf(assertion, saml('Issuer')))),
      ...instantFact('Issued', attributeOf(assertion, 'IssueInstant')),
      ...describeSignatures(assertion),
      ...describeNameId(subject),
      ...childrenOf(subject, saml('SubjectConfirmation')).flatMap(describeConfirmation),
      ...instantFact('Valid from', attributeOf(conditions, 'NotBefore'), 'begin'),
      ...instantFact('Valid until', attributeOf(conditions, 'NotOnOrAfter'), 'end'),
      ...childrenOf(conditions, saml('AudienceRestriction')).flatMap((restriction) =>
        textFact('Audience', childrenOf(restriction, saml('Audience')).map(plainText).join(' or ')),
      ),
      ...childrenOf(assertion, saml('AuthnStatement')).flatMap(describeAuthnStatement),
      ...childrenOf(assertion, saml('AttributeStatement')).flatMap(describeAttributes),
    ],
  };
}

/** An assertion that only its recipient can read. */
export function describeEncryptedAssertion(encrypted: XmlElement): DescribedPart {
  return { title: 'EncryptedAssertion (its content cannot be shown)', facts: describeEncryption(encrypted) };
}

/** The name directly inside, encrypted or not. */
export function describeNameId(owner: XmlElement | undefined): DescribedFact[] {
  const nameId = childOf(owner, saml('NameID'));
  const encrypted = childOf(owner, saml('EncryptedID'));
  return [
    ...textFact('NameID', plainText(nameId)),
    ...textFact('NameID format', attributeOf(nameId, 'Format')),
    ...textFact('NameID qualifier', attributeOf(nameId, 'NameQualifier')),
    ...textFact('NameID SP qualifier', attributeOf(nameId, 'SPNameQualifier')),
    ...(encrypted === undefined
      ? []
      : [...textFact('NameID', '(encrypted)'), ...describeEncryption(encrypted)]),
  ];
}

function describeConfirmation(confirmation: XmlElement): DescribedFact[] {
  const data = childOf(confirmation, saml('SubjectConfirmationData'));
  return [
    ...textFact('Confirmation', attributeOf(confirmation, 'Method')),
    ...textFact('… recipient', attributeOf(data, 'Recipient')),
    ...textFact('… in response to', attributeOf(data, 'InResponseTo')),
    ...instantFact('… not before', attributeOf(data, 'NotBefore'), 'begin'),
    ...instantFact('… until', attributeOf(data, 'NotOnOrAfter'), 'end'),
  ];
}

function describeAuthnStatement(statement: XmlElement): DescribedFact[] {
  const context = childOf(statement, saml('AuthnContext'));
  return [
    ...instantFact('Signed in', attributeOf(statement, 'AuthnInstant')),
    ...textFact('… by means of', plainText(childOf(context, saml('AuthnContextClassRef')))),
    ...textFact('Session index', attributeOf(statement, 'SessionIndex')),
    ...instantFact('Session until', attributeOf(statement, 'SessionNotOnOrAfter'), 'end'),
  ];
}

function describeAttributes(statement: XmlElement): DescribedFact[] {
  const encrypted = childrenOf(statement, saml('EncryptedAttribute')).length;
  return [
    ...childrenOf(statement, saml('Attribute')).flatMap((attribute) => {
      const values = childrenOf(attribute, saml('AttributeValue')).map((value) => plainText(value) ?? '');
      const name = `Attribute ${attributeOf(attribute, 'Name') ?? ''}`;
      return values.length === 0
        ? textFact(name, '(no value)')
        : values.flatMap((value) => textFact(name, value));
    }),
    ...(encrypted === 0 ? [] : textFact('Attributes', `${encrypted} encrypted`)),
  ];
}
