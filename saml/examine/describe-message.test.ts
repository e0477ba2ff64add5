import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aggregateText, innerEntityText, spRoleText } from '../fixtures/metadata-text.ts';
import { fixtureCertificate } from '../fixtures/hand-signer.ts';
import { limits } from '../limits.ts';
import { describeMessage } from './describe-message.ts';
import type { DescribedFact } from './description.ts';

const saml = 'xmlns="urn:oasis:names:tc:SAML:2.0:assertion"';
const samlp = 'xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"';
const ds = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"';
const xenc = 'xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"';
const md = 'xmlns="urn:oasis:names:tc:SAML:2.0:metadata"';
const certificate = fixtureCertificate('rsa');
const keyInfo = (content: string) =>
  `<ds:KeyInfo ${ds}><ds:X509Data><ds:X509Certificate>${content}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
const signature = (id: string) =>
  `<ds:Signature ${ds}><ds:SignedInfo><ds:SignatureMethod Algorithm="urn:sign"/><ds:Reference URI="#${id}"><ds:DigestMethod Algorithm="urn:digest"/></ds:Reference></ds:SignedInfo>${keyInfo(certificate.raw.toString('base64'))}</ds:Signature>`;
const encrypted =
  `<xenc:EncryptedData ${xenc}><xenc:EncryptionMethod Algorithm="urn:content"/><ds:KeyInfo ${ds}><xenc:EncryptedKey Recipient="https://sp"><xenc:EncryptionMethod Algorithm="urn:key"><ds:DigestMethod Algorithm="urn:oaep"/></xenc:EncryptionMethod></xenc:EncryptedKey></ds:KeyInfo></xenc:EncryptedData>` +
  `<xenc:EncryptedKey ${xenc}>${keyInfo('AAAA')}</xenc:EncryptedKey>`;

/** What is said, one fact a line. */
function said(xml: string): string[] {
  return describeMessage(Buffer.from(xml)).parts.flatMap(({ title, signed, facts }) => [
    `${title}${signed === undefined ? '' : ` signed=${signed}`}`,
    ...facts.map(factLine),
  ]);
}

function factLine(fact: DescribedFact): string {
  switch (fact.kind) {
    case 'text':
      return `  ${fact.name}: ${fact.text}`;
    case 'algorithm':
      return `  ${fact.name}: <${fact.text}>`;
    case 'instant':
      return `  ${fact.name}: ${fact.text} = ${fact.instant}${fact.bound === undefined ? '' : ` ${fact.bound}`}`;
    case 'certificate':
      return `  ${fact.name}: ${fact.certificate.subject}`;
  }
}

const encryptionFacts = [
  '  Encrypted with: <urn:content>',
  '  Key for: https://sp',
  '  Key encrypted with: <urn:key>',
  '  … its DigestMethod: <urn:oaep>',
  '  Key for the certificate: not readable',
];
const signatureFacts = (id: string) => [
  `  Signature over: #${id}`,
  '  Signed with: <urn:sign>',
  '  Digested with: <urn:digest>',
  '  Certificate in the message: CN=Countersign fixture rsa',
];

test('a response says what it says, and so do the assertions in it', () => {
  const assertion =
    `<Assertion ${saml} ID="a" IssueInstant="1970-01-01T00:00:01Z"><Issuer>https://idp</Issuer>${signature('a')}` +
    '<Subject><NameID Format="f" NameQualifier="q" SPNameQualifier="s">b<x/>c</NameID><SubjectConfirmation Method="m">' +
    '<SubjectConfirmationData Recipient="r" InResponseTo="i" NotBefore="1970-01-01T00:00:02Z" NotOnOrAfter="noon"/></SubjectConfirmation></Subject>' +
    '<Conditions NotBefore="1970-01-01T00:00:03Z" NotOnOrAfter="1970-01-01T00:00:04Z"><AudienceRestriction><Audience>x</Audience><Audience>y</Audience></AudienceRestriction></Conditions>' +
    '<AuthnStatement AuthnInstant="1970-01-01T00:00:05Z" SessionIndex="n" SessionNotOnOrAfter="1970-01-01T00:00:06Z"><AuthnContext><AuthnContextClassRef>c</AuthnContextClassRef></AuthnContext></AuthnStatement>' +
    '<AttributeStatement><Attribute Name="one"><AttributeValue>1</AttributeValue><AttributeValue/></Attribute><Attribute/><EncryptedAttribute/></AttributeStatement></Assertion>';
  const response =
    `<p:Response ${samlp} ID="r" Destination="d" InResponseTo="i" IssueInstant="1970-01-01T00:00:00Z"><Issuer ${saml}>https://idp</Issuer>` +
    '<p:Status><p:StatusCode Value="outer"><p:StatusCode Value="inner"/></p:StatusCode><p:StatusMessage>why</p:StatusMessage></p:Status>' +
    `${assertion}<EncryptedAssertion ${saml}>${encrypted}</EncryptedAssertion></p:Response>`;
  const inAssertion = [
    'Assertion signed=true',
    '  ID: a',
    '  Issuer: https://idp',
    '  Issued: 1970-01-01T00:00:01Z = 1000',
    ...signatureFacts('a'),
    '  NameID: b<{urn:oasis:names:tc:SAML:2.0:assertion}x>c',
    '  NameID format: f',
    '  NameID qualifier: q',
    '  NameID SP qualifier: s',
    '  Confirmation: m',
    '  … recipient: r',
    '  … in response to: i',
    '  … not before: 1970-01-01T00:00:02Z = 2000 begin',
    '  … until: noon = undefined end',
    '  Valid from: 1970-01-01T00:00:03Z = 3000 begin',
    '  Valid until: 1970-01-01T00:00:04Z = 4000 end',
    '  Audience: x or y',
    '  Signed in: 1970-01-01T00:00:05Z = 5000',
    '  … by means of: c',
    '  Session index: n',
    '  Session until: 1970-01-01T00:00:06Z = 6000 end',
    '  Attribute one: 1',
    '  Attribute one: ',
    '  Attribute : (no value)',
    '  Attributes: 1 encrypted',
  ];
  assert.deepEqual(said(response), [
    'Response signed=false',
    '  ID: r',
    '  Issuer: https://idp',
    '  Destination: d',
    '  In response to: i',
    '  Issued: 1970-01-01T00:00:00Z = 0',
    '  Status: outer',
    '  … more exactly: inner',
    '  Status message: why',
    ...inAssertion,
    'EncryptedAssertion (its content cannot be shown)',
    ...encryptionFacts,
  ]);
  assert.deepEqual(said(assertion), inAssertion);
});

test('a request says what it asks for', () => {
  const request =
    `<p:AuthnRequest ${samlp} ID="r" AssertionConsumerServiceURL="u" AssertionConsumerServiceIndex="1" ProtocolBinding="b" ForceAuthn="true" IsPassive="false" ProviderName="n">` +
    `<Issuer ${saml}>https://sp</Issuer>${signature('r')}<p:NameIDPolicy Format="f"/>` +
    `<p:RequestedAuthnContext><AuthnContextClassRef ${saml}>c</AuthnContextClassRef><AuthnContextClassRef ${saml}>d</AuthnContextClassRef></p:RequestedAuthnContext><p:Scoping ProxyCount="2"/></p:AuthnRequest>`;
  const lines = [
    'AuthnRequest signed=true',
    '  ID: r',
    '  Issuer: https://sp',
    ...signatureFacts('r'),
    '  Answer to: u',
    '  Answer to index: 1',
    '  Answer by: b',
    '  ForceAuthn: true',
    '  IsPassive: false',
    '  Provider name: n',
    '  NameID wanted: f',
    '  Means wanted (exact): c or d',
    '  Proxies allowed: 2',
  ];
  assert.deepEqual(said(request), lines);
  const better = request.replace(
    '<p:RequestedAuthnContext>',
    '<p:RequestedAuthnContext Comparison="better">',
  );
  assert.deepEqual(said(better)[14], '  Means wanted (better): c or d');
});

describe('messages around and beside sign-in', () => {
  test('of logout', () => {
    const logout = `<p:LogoutRequest ${samlp} Reason="why" NotOnOrAfter="1970-01-01T00:00:00Z"><EncryptedID ${saml}>${encrypted}</EncryptedID><p:SessionIndex>1</p:SessionIndex><p:SessionIndex>2</p:SessionIndex></p:LogoutRequest>`;
    assert.deepEqual(said(logout), [
      'LogoutRequest signed=false',
      '  Valid until: 1970-01-01T00:00:00Z = 0 end',
      '  NameID: (encrypted)',
      ...encryptionFacts,
      '  Session index: 1',
      '  Session index: 2',
      '  Reason: why',
    ]);
    assert.deepEqual(said(`<p:LogoutResponse ${samlp}/>`), ['LogoutResponse signed=false']);
  });

  test('in SOAP, and inside each other', () => {
    const inside = `<p:ArtifactResponse ${samlp} ID="o"><p:Response ID="i"/><p:Extensions/></p:ArtifactResponse>`;
    const soap = (content: string) =>
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>${content}</s:Body></s:Envelope>`;
    assert.deepEqual(said(soap(inside)), [
      'ArtifactResponse signed=false',
      '  ID: o',
      'Response signed=false',
      '  ID: i',
    ]);
    const resolve = `<p:ArtifactResolve ${samlp}><p:Artifact>AAQ=</p:Artifact></p:ArtifactResolve>`;
    assert.deepEqual(said(soap(resolve)), ['ArtifactResolve signed=false', '  Artifact: AAQ=']);
  });
});

describe('metadata', () => {
  const entity = `<EntityDescriptor ${md} entityID="https://e" validUntil="1970-01-01T00:00:00Z" cacheDuration="P1D">`;
  const roles =
    '<IDPSSODescriptor WantAuthnRequestsSigned="true"><KeyDescriptor use="signing">' +
    `${keyInfo(certificate.toString())}</KeyDescriptor><KeyDescriptor>${keyInfo(certificate.raw.toString('base64'))}</KeyDescriptor>` +
    '<NameIDFormat>f</NameIDFormat><SingleSignOnService Binding="urn:a:HTTP-POST" Location="https://l"/></IDPSSODescriptor>' +
    '<SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="false"/>';
  const lines = [
    'EntityDescriptor signed=false',
    '  Entity ID: https://e',
    '  Valid until: 1970-01-01T00:00:00Z = 0 end',
    '  Kept for: P1D',
    'IDPSSODescriptor',
    '  Wants requests signed: true',
    '  Certificate (signing): CN=Countersign fixture rsa',
    '  Certificate (signing and encryption): CN=Countersign fixture rsa',
    '  NameID format: f',
    '  SingleSignOnService: https://l (HTTP-POST)',
    'SPSSODescriptor',
    '  Signs requests: true',
    '  Wants assertions signed: false',
  ];

  test('of one entity names its roles, keys and addresses', () => {
    assert.deepEqual(said(`${entity}${roles}<Organization/></EntityDescriptor>`), lines);
  });

  test('of a group counts its entities and names the first', () => {
    const group = (count: number, inside = '') =>
      `<EntitiesDescriptor ${md} Name="g">${inside}${'<EntityDescriptor entityID="e"/>'.repeat(count)}</EntitiesDescriptor>`;
    assert.deepEqual(said(group(2, '<EntitiesDescriptor/>')).slice(0, 5), [
      'EntitiesDescriptor signed=false',
      '  Name: g',
      '  Entities: 2',
      '  Groups inside: 1, not shown',
      'EntityDescriptor signed=false',
    ]);
    const many = said(group(21));
    assert.equal(many[2], '  Entities: 21, of which the first 20 are shown');
    assert.equal(many.filter((line) => line.startsWith('EntityDescriptor')).length, 20);
  });

  test('that is too large to be held names its first entities, and its XML is not shown', () => {
    const padding = `<!--${' '.repeat(limits.metadata.octets / 20)}-->`;
    const content = Array.from({ length: 30 }, (_, i) =>
      innerEntityText({ id: `_${i}`, entityId: `https://e${i}`, content: spRoleText }),
    ).join(padding);
    const text = aggregateText({ content, validUntil: '2030-01-01T00:00:00Z' });
    assert.ok(text.length > limits.metadata.octets);
    const { parts, xml } = describeMessage(Buffer.from(text));
    assert.equal(xml, '');
    assert.equal(parts.length, 21);
    assert.deepEqual(said(text).slice(0, 6), [
      'EntitiesDescriptor signed=false',
      '  Valid until: 2030-01-01T00:00:00.000Z = 1893456000000 end',
      '  Entities: 30, of which the first 20 are shown',
      'EntityDescriptor',
      '  Entity ID: https://e0',
      '  Roles: service-provider',
    ]);
  });
});

test('what is no SAML has no parts, and its name is said', () => {
  for (const [xml, root] of [
    ['<a/>', 'a'],
    ['<Response xmlns="urn:other"/>', '{urn:other}Response'],
    [`<p:Request ${samlp}/>`, '{urn:oasis:names:tc:SAML:2.0:protocol}Request'],
  ] as const) {
    const described = describeMessage(Buffer.from(xml));
    assert.deepEqual(described.parts, []);
    assert.equal(described.root, root);
  }
});

test('comments are objected to in a message, and not in metadata', () => {
  const { objection } = describeMessage(Buffer.from(`<p:Response ${samlp}><!-- --></p:Response>`));
  assert.equal(objection?.code, 'xml-comment');
  assert.equal(
    describeMessage(Buffer.from(`<EntityDescriptor ${md}><!-- --></EntityDescriptor>`)).objection,
    undefined,
  );
  assert.equal(describeMessage(Buffer.from(`<p:Response ${samlp}/>`)).objection, undefined);
  assert.throws(() => describeMessage(Buffer.from('<a>')), { code: 'xml-malformed' });
});
