import type { Rule } from '../rules.ts';

/** Bindings, the parts that messages share, and requests to the identity provider. */
export const messageRules = {
  // Bindings
  'query-too-long': {
    section: 'Countersign limits',
    says: 'The query is longer than is accepted.',
    fixAt: 'either',
  },
  'query-malformed': {
    section: 'RFC 3986 2.1, bindings 3.4.4',
    says: 'The query has escapes that are not UTF-8, or spells the name of a parameter with escapes.',
    fixAt: 'either',
  },
  'query-parameter-repeated': {
    section: 'bindings 3.4.4.1',
    says: 'A parameter of the query, or a field of the form, stands there more than once.',
    fixAt: 'nobody',
  },
  'message-parameter-missing': {
    section: 'bindings 3.4.4, 3.5.4',
    says: 'There is neither a SAMLRequest nor a SAMLResponse.',
    fixAt: 'either',
  },
  'message-parameter-ambiguous': {
    section: 'bindings 3.4.4, 3.5.4',
    says: 'There are a SAMLRequest and a SAMLResponse at once.',
    fixAt: 'nobody',
  },
  'saml-encoding-unsupported': {
    section: 'bindings 3.4.4',
    says: 'The query names another encoding than DEFLATE.',
    fixAt: 'either',
  },
  'deflate-malformed': {
    section: 'RFC 1951, bindings 3.4.4.1',
    says: 'The message in the query is not compressed with DEFLATE.',
    fixAt: 'either',
  },
  'deflate-trailing-octets': {
    section: 'RFC 1951, bindings 3.4.4.1',
    says: 'There are octets behind the end of the compressed message.',
    fixAt: 'nobody',
  },
  'redirect-signature-incomplete': {
    section: 'bindings 3.4.4.1',
    says: 'The query has only one of SigAlg and Signature.',
    fixAt: 'either',
  },
  'relay-state-too-long': {
    section: 'bindings 3.4.3, 3.5.3',
    says: 'The relay state is longer than is accepted.',
    fixAt: 'sp',
  },

  // Messages
  'message-unexpected': {
    section: 'profiles 4.1.2',
    says: 'The message is not of the kind that belongs here.',
    fixAt: 'either',
  },
  'response-binding': {
    section: 'profiles 4.1.2',
    says: 'A response came by another binding than HTTP POST.',
    fixAt: 'idp',
  },
  'version-unsupported': {
    section: 'core 4.1',
    says: 'The version of the message is not 2.0.',
    fixAt: 'either',
  },
  'id-not-ncname': {
    section: 'core 1.3.4',
    says: 'An ID starts with a digit or has characters that an XML ID may not have.',
    fixAt: 'either',
  },
  'value-malformed': {
    section: 'SAML schemas',
    says: 'A value is not of the type that the schema gives it.',
    fixAt: 'either',
  },
  'issuer-format': {
    section: 'profiles 4.1.4.1, 4.1.4.2',
    says: 'The format of an Issuer is not that of an entity.',
    fixAt: 'either',
  },

  // Requests to the identity provider
  'request-issuer-missing': {
    section: 'profiles 4.1.4.1',
    says: 'The request does not say who makes it.',
    fixAt: 'sp',
  },
  'request-issuer-mismatch': {
    section: 'profiles 4.1.4.1',
    says: 'The issuer of the request is none of the identifiers of the application.',
    fixAt: 'either',
  },
  'request-not-signed': {
    section: 'metadata 2.4.3',
    says: 'The application requires signed requests, and this one is not signed where its binding puts the signature.',
    fixAt: 'sp',
  },
  'request-destination-missing': {
    section: 'bindings 3.4.5.2, 3.5.5.2',
    says: 'The request is signed and does not say where it is addressed to.',
    fixAt: 'sp',
  },
  'request-destination-mismatch': {
    section: 'core 3.2.1',
    says: 'The request is addressed to somewhere else.',
    fixAt: 'sp',
  },
  'request-subject-present': {
    section: 'core 3.4.1',
    says: 'The request names the subject it asks about, which is not supported.',
    fixAt: 'sp',
  },
  'request-subject-confirmation': {
    section: 'profiles 4.1.4.1',
    says: 'The request says how its subject is to be confirmed, which web single sign-on does not allow.',
    fixAt: 'sp',
  },
  'request-subject-unidentified': {
    section: 'core 2.2, 3.4.1',
    says: 'The request names its subject by something else than a NameID that can be read here.',
    fixAt: 'sp',
  },
  'request-scoping-unsupported': {
    section: 'core 3.4.1.2',
    says: 'The request restricts proxying, which is not supported.',
    fixAt: 'sp',
  },
  'request-protocol-binding-unsupported': {
    section: 'profiles 4.1.2',
    says: 'The request asks for an answer by a binding that is not used here; HTTP POST is.',
    fixAt: 'sp',
  },
  'request-name-id-format-unsupported': {
    section: 'core 3.4.1.1',
    says: 'The request asks for a NameID format that is not issued.',
    fixAt: 'sp',
  },
  'request-authn-context-comparison': {
    section: 'core 3.3.2.2.1',
    says: 'The request compares authentication contexts in a way that is not supported.',
    fixAt: 'sp',
  },
  'request-authn-context-declaration': {
    section: 'core 3.3.2.2.1',
    says: 'The request asks for an authentication context by declaration, which is not supported.',
    fixAt: 'sp',
  },
  'request-reply-url-ambiguous': {
    section: 'core 3.4.1',
    says: 'The request gives the index of a reply URL and, at once, an address or a binding, which the index stands for.',
    fixAt: 'sp',
  },
  'request-reply-url-unknown': {
    section: 'core 3.4.1, profiles 4.1.4.1',
    says: 'The reply URL of the request is none of those registered for the application.',
    fixAt: 'either',
  },
  'request-reply-url-index-unknown': {
    section: 'core 3.4.1',
    says: 'No reply URL is registered for the application under the index of the request.',
    fixAt: 'either',
  },
  'reply-url-missing': {
    section: 'profiles 4.1.4.1',
    says: 'No reply URL is registered for the application.',
    fixAt: 'idp',
  },
} as const satisfies Record<string, Rule>;
