import type { Rule } from '../rules.ts';

/** Transport, simple values, XML and content models: what any document must be before it means anything. */
export const documentRules = {
  // Transport and simple values
  'base64-malformed': {
    section: 'RFC 4648 3.5, 4',
    says: 'A base64 value has characters, padding or unused bits that base64 does not allow.',
    fixAt: 'either',
  },
  'certificate-unreadable': {
    section: 'RFC 7468',
    says: 'The text is neither a PEM certificate nor the base64 of one.',
    fixAt: 'either',
  },
  'certificate-key-costly': {
    section: 'Countersign limits',
    says: 'A certificate has an RSA key above 8192 bits, or with a public exponent above 32 bits: to check signatures with it takes too long.',
    fixAt: 'either',
  },
  'date-time-malformed': {
    section: 'core 1.3.3',
    says: 'A time is not an xs:dateTime in UTC.',
    fixAt: 'either',
  },

  // XML
  'xml-too-large': {
    section: 'Countersign limits',
    says: 'The document is larger than a document of its kind may be.',
    fixAt: 'either',
  },
  'xml-encoding': {
    section: 'XML 4.3.3',
    says: 'The document is not XML 1.0 in UTF-8.',
    fixAt: 'either',
  },
  'xml-character': {
    section: 'XML 2.2',
    says: 'The document contains a character that XML does not allow.',
    fixAt: 'either',
  },
  'xml-doctype': {
    section: 'core 1.2, XML 2.8',
    says: 'The document has a document type declaration.',
    fixAt: 'nobody',
  },
  'xml-comment': {
    section: 'c14n 2.4',
    says: 'The document has a comment where none is accepted.',
    fixAt: 'either',
  },
  'xml-processing-instruction': {
    section: 'c14n 2.4',
    says: 'The document has a processing instruction where none is accepted.',
    fixAt: 'either',
  },
  'xml-entity': {
    section: 'XML 4.1',
    says: 'The document uses an entity other than the five of XML.',
    fixAt: 'nobody',
  },
  'xml-malformed': {
    section: 'XML 2.1',
    says: 'The document is not well-formed XML.',
    fixAt: 'either',
  },
  'xml-attribute-duplicate': {
    section: 'XML Names 6.3',
    says: 'An element has the same attribute twice.',
    fixAt: 'either',
  },
  'xml-namespace-undeclared': {
    section: 'XML Names 5.1',
    says: 'A name uses a prefix that is not declared.',
    fixAt: 'either',
  },
  'xml-namespace-reserved': {
    section: 'XML Names 3',
    says: 'A namespace declaration misuses a reserved prefix or name, or takes a prefix back.',
    fixAt: 'either',
  },
  'xml-namespace-relative': {
    section: 'c14n 1.3',
    says: 'A namespace name is not an absolute URI, or has characters on whose canonical form implementations differ.',
    fixAt: 'either',
  },
  'xml-id-duplicate': {
    section: 'core 1.3.4',
    says: 'Two elements carry the same ID.',
    fixAt: 'nobody',
  },
  'xml-too-deep': {
    section: 'Countersign limits',
    says: 'Elements are nested deeper than is accepted.',
    fixAt: 'nobody',
  },
  'xml-too-many-elements': {
    section: 'Countersign limits',
    says: 'The document has more elements than a document of its kind may have.',
    fixAt: 'either',
  },
  'xml-too-many-attributes': {
    section: 'Countersign limits',
    says: 'An element has more attributes than are accepted.',
    fixAt: 'nobody',
  },
  'xml-too-many-namespaces': {
    section: 'Countersign limits',
    says: 'More namespace declarations are in scope than are accepted.',
    fixAt: 'nobody',
  },

  // Content models
  'element-unexpected': {
    section: 'SAML schemas',
    says: 'An element stands where the schema has no place for it.',
    fixAt: 'either',
  },
  'element-missing': {
    section: 'SAML schemas',
    says: 'An element that the schema requires is missing.',
    fixAt: 'either',
  },
  'text-unexpected': {
    section: 'SAML schemas',
    says: 'Text stands where the schema has only elements.',
    fixAt: 'either',
  },
  'attribute-unexpected': {
    section: 'SAML schemas',
    says: 'An element has an attribute that its schema does not know.',
    fixAt: 'either',
  },
  'attribute-missing': {
    section: 'SAML schemas',
    says: 'An element lacks an attribute that its schema requires.',
    fixAt: 'either',
  },
} as const satisfies Record<string, Rule>;
