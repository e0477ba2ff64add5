/** Who can mend what a rule refuses: the identity provider, the service provider, either, or nobody (an attack). */
export type FixAt = 'idp' | 'sp' | 'either' | 'nobody';

/** `section` of the standard (c14n = Canonical XML, core/bindings/profiles/metadata = SAML 2.0, dsig = XML Signature). */
export type Rule = { readonly section: string; readonly says: string; readonly fixAt: FixAt };

/**
 * The one catalogue of refusals, in the order in which a message meets them: transport, XML, signature, then the
 * schema, the protocol and metadata. `fixtures/rejected/` holds at least one case for every code.
 */
export const rules = {
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

  // Signatures
  'signature-misplaced': {
    section: 'SAML schemas, core 5.4.1',
    says: 'A signature stands where the schema has no place for one.',
    fixAt: 'nobody',
  },
  'signature-missing': {
    section: 'core 5.4',
    says: 'The data is not signed.',
    fixAt: 'either',
  },
  'signature-grammar': {
    section: 'dsig 4, core 5.4',
    says: 'A signature has other parts than SignedInfo, SignatureValue and KeyInfo, or parts that SAML does not allow.',
    fixAt: 'either',
  },
  'signature-reference': {
    section: 'core 5.4.2',
    says: 'A signature does not have exactly one reference, to the ID of the element it stands in.',
    fixAt: 'nobody',
  },
  'signature-transforms': {
    section: 'core 5.4.4',
    says: 'A signature uses other transforms than the enveloped signature followed by one canonicalization.',
    fixAt: 'either',
  },
  'signature-canonicalization': {
    section: 'core 5.4.3',
    says: 'A signature uses a canonicalization that is not accepted.',
    fixAt: 'either',
  },
  'signature-algorithm': {
    section: 'core 5.4.1, XML Signature 1.1 6.4',
    says: 'The signature algorithm is not accepted.',
    fixAt: 'either',
  },
  'signature-digest-algorithm': {
    section: 'XML Signature 1.1 6.2',
    says: 'The digest algorithm is not accepted.',
    fixAt: 'either',
  },
  'signature-key-missing': {
    section: 'core 5.4.5',
    says: 'No certificate is configured that could verify the signature.',
    fixAt: 'either',
  },
  'signature-key-type': {
    section: 'XML Signature 1.1 6.4',
    says: 'No configured certificate has a key of the type that the signature algorithm needs.',
    fixAt: 'either',
  },
  'signature-key-weak': {
    section: 'NIST SP 800-131A',
    says: 'The configured certificate has an RSA key below 2048 bits.',
    fixAt: 'either',
  },
  'signature-invalid': {
    section: 'dsig 3.2.2',
    says: 'The signature was not made with the key of any configured certificate.',
    fixAt: 'either',
  },
  'signature-digest': {
    section: 'dsig 3.2.1',
    says: 'The signed data was changed after it was signed.',
    fixAt: 'nobody',
  },
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
    says: 'A parameter of the query stands there more than once.',
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
  'request-scoping-unsupported': {
    section: 'core 3.4.1.2',
    says: 'The request restricts proxying, which is not supported.',
    fixAt: 'sp',
  },
  'request-protocol-binding-unsupported': {
    section: 'profiles 4.1.2',
    says: 'The request asks for an answer by another binding than HTTP POST.',
    fixAt: 'sp',
  },
  'request-name-id-format-unsupported': {
    section: 'core 3.4.1.1',
    says: 'The request asks for a NameID format that is not issued.',
    fixAt: 'sp',
  },
  'request-authn-context-comparison': {
    section: 'core 3.3.2.2.1',
    says: 'The request compares authentication contexts in another way than exactly.',
    fixAt: 'sp',
  },
  'request-authn-context-declaration': {
    section: 'core 3.3.2.2.1',
    says: 'The request asks for an authentication context by declaration, which is not supported.',
    fixAt: 'sp',
  },
  'request-reply-url-ambiguous': {
    section: 'core 3.4.1',
    says: 'The request gives the reply URL and an index at once.',
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

  // Responses to the service provider
  'status-not-success': {
    section: 'core 3.2.2.2',
    says: 'The identity provider answers that it did not sign the user in.',
    fixAt: 'idp',
  },
  'response-destination-missing': {
    section: 'bindings 3.5.5.2',
    says: 'The response is signed and does not say where it is addressed to.',
    fixAt: 'idp',
  },
  'response-destination-mismatch': {
    section: 'core 3.2.2',
    says: 'The response is addressed to somewhere else.',
    fixAt: 'either',
  },
  'response-issuer-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The response is signed and does not say who issued it.',
    fixAt: 'idp',
  },
  'response-issuer-mismatch': {
    section: 'profiles 4.1.4.2',
    says: 'The issuer of the response is not the configured identity provider.',
    fixAt: 'either',
  },
  'response-in-response-to-mismatch': {
    section: 'core 3.2.2',
    says: 'The response answers another request than its assertion, or than was made.',
    fixAt: 'nobody',
  },
  'response-in-response-to-unexpected': {
    section: 'profiles 4.1.5',
    says: 'The response claims to answer a request where none was made.',
    fixAt: 'either',
  },
  'assertion-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The response has no assertion.',
    fixAt: 'idp',
  },
  'assertion-encrypted': {
    section: 'core 2.3.4',
    says: 'The assertion is encrypted, and decryption is not configured here.',
    fixAt: 'either',
  },
  'assertion-not-single': {
    section: 'profiles 4.1.4.2',
    says: 'The response has more than one assertion.',
    fixAt: 'nobody',
  },
  'assertion-nested': {
    section: 'core 2.6.1',
    says: 'An assertion is hidden inside another.',
    fixAt: 'nobody',
  },
  'assertion-issuer-mismatch': {
    section: 'profiles 4.1.4.2',
    says: 'The issuer of the assertion is not the configured identity provider.',
    fixAt: 'either',
  },
  'subject-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The assertion does not say whom it is about.',
    fixAt: 'idp',
  },
  'name-id-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The subject of the assertion has no NameID.',
    fixAt: 'idp',
  },
  'name-id-encrypted': {
    section: 'core 2.2.4',
    says: 'The NameID is encrypted, and decryption is not configured here.',
    fixAt: 'either',
  },
  'bearer-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The subject is not confirmed by bearing the assertion.',
    fixAt: 'idp',
  },
  'bearer-not-before': {
    section: 'profiles 4.1.4.2',
    says: 'A bearer confirmation has NotBefore, which it may not have.',
    fixAt: 'idp',
  },
  'bearer-recipient-missing': {
    section: 'profiles 4.1.4.2',
    says: 'A bearer confirmation does not say for which address it is.',
    fixAt: 'idp',
  },
  'bearer-recipient-mismatch': {
    section: 'profiles 4.1.4.3',
    says: 'The bearer confirmation is for another address.',
    fixAt: 'either',
  },
  'bearer-not-on-or-after-missing': {
    section: 'profiles 4.1.4.2',
    says: 'A bearer confirmation does not say how long it holds.',
    fixAt: 'idp',
  },
  'bearer-expired': {
    section: 'profiles 4.1.4.3',
    says: 'The bearer confirmation no longer holds.',
    fixAt: 'either',
  },
  'bearer-not-yet-valid': {
    section: 'core 2.4.1.2',
    says: 'The bearer confirmation does not hold yet.',
    fixAt: 'either',
  },
  'bearer-in-response-to-missing': {
    section: 'profiles 4.1.4.3',
    says: 'The signed bearer confirmation does not say which request it answers.',
    fixAt: 'idp',
  },
  'bearer-in-response-to-mismatch': {
    section: 'profiles 4.1.4.3',
    says: 'The signed bearer confirmation answers another request.',
    fixAt: 'nobody',
  },
  'bearer-in-response-to-unexpected': {
    section: 'profiles 4.1.5',
    says: 'The signed bearer confirmation claims to answer a request where none was made.',
    fixAt: 'either',
  },
  'condition-unknown': {
    section: 'core 2.5.1',
    says: 'The assertion has a condition that is not understood.',
    fixAt: 'idp',
  },
  'conditions-empty-period': {
    section: 'core 2.5.1.2',
    says: 'The assertion ends before it begins to hold.',
    fixAt: 'idp',
  },
  'conditions-not-yet-valid': {
    section: 'core 2.5.1.2',
    says: 'The assertion does not hold yet.',
    fixAt: 'either',
  },
  'conditions-expired': {
    section: 'core 2.5.1.2',
    says: 'The assertion no longer holds.',
    fixAt: 'either',
  },
  'audience-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The assertion does not say for whom it is.',
    fixAt: 'idp',
  },
  'audience-mismatch': {
    section: 'core 2.5.1.4',
    says: 'The assertion is for another audience.',
    fixAt: 'either',
  },
  'authn-statement-missing': {
    section: 'profiles 4.1.4.2',
    says: 'The assertion does not say when and how the user signed in.',
    fixAt: 'idp',
  },
  'session-expired': {
    section: 'core 2.7.2',
    says: 'The session at the identity provider is over.',
    fixAt: 'either',
  },
  'attribute-encrypted': {
    section: 'core 2.7.3.2',
    says: 'An attribute is encrypted, and decryption is not configured here.',
    fixAt: 'either',
  },

  // Metadata
  'metadata-several-entities': {
    section: 'metadata 2.3.1',
    says: 'The metadata describes several entities where one is expected.',
    fixAt: 'either',
  },
  'metadata-role-missing': {
    section: 'metadata 2.4.3, 2.4.4',
    says: 'The metadata does not describe the expected role for SAML 2.0.',
    fixAt: 'either',
  },
  'metadata-role-ambiguous': {
    section: 'metadata 2.4.3, 2.4.4',
    says: 'The metadata describes the expected role for SAML 2.0 more than once.',
    fixAt: 'either',
  },
  'metadata-location': {
    section: 'metadata 2.2.2',
    says: 'The address of an endpoint is not an absolute http or https URL.',
    fixAt: 'either',
  },
} as const satisfies Record<string, Rule>;

/** Every reason this engine has to refuse something. */
export type RuleCode = keyof typeof rules;
