import { readDateTime, writeDateTime } from '../date-time.ts';
import { bindings, namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { readIssuer, writeIssuer } from './issuer.ts';
import { booleanOf, oneOf, requireVersion, unsignedShortOf, valueOf } from './simple-types.ts';

/** What a request to authenticate asks for (saml-core 3.4.1). */
export type AuthnRequest = {
  id: string;
  /** Epoch milliseconds. */
  issueInstant: number;
  issuer: string;
  destination?: string;
  assertionConsumerServiceUrl?: string;
  assertionConsumerServiceIndex?: number;
  protocolBinding?: string;
  forceAuthn: boolean;
  isPassive: boolean;
  nameIdPolicy?: NameIdPolicy;
  requestedAuthnContext?: RequestedAuthnContext;
  hasSubject: boolean;
  /** Names of the proxying restrictions asked for: ProxyCount, IDPList, RequesterID (saml-core 3.4.1.2). */
  scoping?: string[];
  providerName?: string;
};

/** Which name of the person the service provider would like (saml-core 3.4.1.1). */
export type NameIdPolicy = { format?: string; spNameQualifier?: string; allowCreate?: boolean };

/** How the person is to be authenticated (saml-core 3.3.2.2.1). */
export type RequestedAuthnContext = {
  comparison: 'exact' | 'minimum' | 'maximum' | 'better';
  classRefs: string[];
  /** Declarations asked for by reference; nothing here knows any. */
  declRefs?: string[];
};

const { assertion, protocol, signature } = namespaces;

/** Reads a request. A Signature at its slot is judged elsewhere and passed over here. */
export function readAuthnRequestElement(root: XmlElement): AuthnRequest {
  const values = attributesOf(root, {
    required: ['ID', 'Version', 'IssueInstant'],
    optional: [
      'Destination',
      'Consent',
      'ForceAuthn',
      'IsPassive',
      'ProtocolBinding',
      'AssertionConsumerServiceIndex',
      'AssertionConsumerServiceURL',
      'AttributeConsumingServiceIndex',
      'ProviderName',
    ],
  });
  requireVersion(values.Version);
  const index = unsignedShortOf(values.AssertionConsumerServiceIndex);
  return {
    id: values.ID,
    issueInstant: readDateTime(values.IssueInstant),
    ...(values.Destination === undefined ? {} : { destination: values.Destination }),
    ...(values.AssertionConsumerServiceURL === undefined
      ? {}
      : { assertionConsumerServiceUrl: values.AssertionConsumerServiceURL }),
    ...(index === undefined ? {} : { assertionConsumerServiceIndex: index }),
    ...(values.ProtocolBinding === undefined ? {} : { protocolBinding: values.ProtocolBinding }),
    forceAuthn: booleanOf(values.ForceAuthn) ?? false,
    isPassive: booleanOf(values.IsPassive) ?? false,
    ...(values.ProviderName === undefined ? {} : { providerName: values.ProviderName }),
    ...readContent(root),
  };
}

function readContent(
  root: XmlElement,
): Pick<AuthnRequest, 'issuer' | 'hasSubject' | 'nameIdPolicy' | 'requestedAuthnContext' | 'scoping'> {
  const content = new Content(root);
  const issuer = content.optional({ namespace: assertion, local: 'Issuer' });
  if (issuer === undefined) reject('request-issuer-missing', { expected: 'Issuer' });
  content.optional({ namespace: signature, local: 'Signature' });
  content.optional({ namespace: protocol, local: 'Extensions' });
  const subject = content.optional({ namespace: assertion, local: 'Subject' });
  const policy = content.optional({ namespace: protocol, local: 'NameIDPolicy' });
  // Conditions ask for properties of the assertion; the identity provider sets those itself and ignores the wish.
  content.optional({ namespace: assertion, local: 'Conditions' });
  const context = content.optional({ namespace: protocol, local: 'RequestedAuthnContext' });
  const scoping = content.optional({ namespace: protocol, local: 'Scoping' });
  content.end();
  return {
    issuer: readIssuer(issuer),
    hasSubject: subject !== undefined,
    ...(policy === undefined ? {} : { nameIdPolicy: readNameIdPolicy(policy) }),
    ...(context === undefined ? {} : { requestedAuthnContext: readRequestedAuthnContext(context) }),
    ...(scoping === undefined ? {} : { scoping: readScoping(scoping) }),
  };
}

function readNameIdPolicy(policy: XmlElement): NameIdPolicy {
  const values = attributesOf(policy, { optional: ['Format', 'SPNameQualifier', 'AllowCreate'] });
  new Content(policy).end();
  const allowCreate = booleanOf(values.AllowCreate);
  return {
    ...(values.Format === undefined ? {} : { format: values.Format }),
    ...(values.SPNameQualifier === undefined ? {} : { spNameQualifier: values.SPNameQualifier }),
    ...(allowCreate === undefined ? {} : { allowCreate }),
  };
}

/** Without Comparison the comparison is exact (saml-core 3.3.2.2.1). */
function readRequestedAuthnContext(context: XmlElement): RequestedAuthnContext {
  const { Comparison = 'exact' } = attributesOf(context, { optional: ['Comparison'] });
  const comparison = oneOf(Comparison, ['exact', 'minimum', 'maximum', 'better']);
  const content = new Content(context);
  const classRefs = content.many({ namespace: assertion, local: 'AuthnContextClassRef' });
  const declRefs =
    classRefs.length > 0 ? [] : content.many({ namespace: assertion, local: 'AuthnContextDeclRef' });
  // The schema wants one reference at least; asking for the class names the lack.
  if (classRefs.length + declRefs.length === 0) {
    content.one({ namespace: assertion, local: 'AuthnContextClassRef' });
  }
  content.end();
  const textsOf = (references: XmlElement[]) =>
    references.map((reference) => {
      attributesOf(reference, {});
      return valueOf(reference);
    });
  return {
    comparison,
    classRefs: textsOf(classRefs),
    ...(declRefs.length === 0 ? {} : { declRefs: textsOf(declRefs) }),
  };
}

function readScoping(scoping: XmlElement): string[] {
  const { ProxyCount } = attributesOf(scoping, { optional: ['ProxyCount'] });
  const content = new Content(scoping);
  const list = content.optional({ namespace: protocol, local: 'IDPList' });
  const requesters = content.many({ namespace: protocol, local: 'RequesterID' });
  content.end();
  return [
    ...(ProxyCount === undefined ? [] : ['ProxyCount']),
    ...(list === undefined ? [] : ['IDPList']),
    ...(requesters.length === 0 ? [] : ['RequesterID']),
  ];
}

export type WriteAuthnRequestInput = {
  id: string;
  issueInstant: number;
  issuer: string;
  destination: string;
  assertionConsumerServiceUrl: string;
  nameIdFormat?: string;
  forceAuthn?: boolean;
};

/** A request for an answer by HTTP POST at the given address. */
export function writeAuthnRequest(input: WriteAuthnRequestInput): BuiltElement {
  const policy = element(
    { namespace: protocol, local: 'NameIDPolicy', prefix: 'samlp' },
    { AllowCreate: 'true', Format: input.nameIdFormat },
    [],
  );
  return element(
    { namespace: protocol, local: 'AuthnRequest', prefix: 'samlp' },
    {
      AssertionConsumerServiceURL: input.assertionConsumerServiceUrl,
      Destination: input.destination,
      ForceAuthn: input.forceAuthn === true ? 'true' : undefined,
      ID: input.id,
      IssueInstant: writeDateTime(input.issueInstant),
      ProtocolBinding: bindings.httpPost,
      Version: '2.0',
    },
    [writeIssuer(input.issuer), ...(input.nameIdFormat === undefined ? [] : [policy])],
  );
}
