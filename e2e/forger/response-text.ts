/** Everything one response says. A forgery is a genuine one with one of these changed, or its text changed afterwards. */
export type Statement = {
  responseId: string;
  assertionId: string;
  /** Undefined leaves the attribute out, on the Response and in the SubjectConfirmationData. */
  inResponseTo: string | undefined;
  issuer: string;
  destination: string;
  recipient: string;
  audience: string | undefined;
  nameId: string;
  nameIdFormat: string;
  method: string;
  status: string;
  version: string;
  /** Epoch milliseconds, like every time here. */
  issueInstant: number;
  notBefore: number;
  notOnOrAfter: number;
  confirmationNotBefore: number | undefined;
  sessionNotOnOrAfter: number | undefined;
  withAuthnStatement: boolean;
  extraCondition: string;
};

const time = (epochMs: number) => new Date(epochMs).toISOString();
const optional = (name: string, value: string | undefined) =>
  value === undefined ? '' : ` ${name}="${escapeXml(value)}"`;

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}

/** The Assertion alone, not signed. */
export function assertionText(s: Statement): string {
  const authn = `<AuthnStatement AuthnInstant="${time(s.issueInstant)}" SessionIndex="${s.assertionId}"${optional(
    'SessionNotOnOrAfter',
    s.sessionNotOnOrAfter === undefined ? undefined : time(s.sessionNotOnOrAfter),
  )}><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement>`;
  const audience =
    s.audience === undefined
      ? ''
      : `<AudienceRestriction><Audience>${escapeXml(s.audience)}</Audience></AudienceRestriction>`;
  return [
    `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="${s.assertionId}" IssueInstant="${time(s.issueInstant)}" Version="${s.version}">`,
    `<Issuer>${escapeXml(s.issuer)}</Issuer>`,
    `<Subject><NameID Format="${s.nameIdFormat}">${escapeXml(s.nameId)}</NameID>`,
    `<SubjectConfirmation Method="${s.method}"><SubjectConfirmationData${optional('InResponseTo', s.inResponseTo)}`,
    optional('NotBefore', s.confirmationNotBefore === undefined ? undefined : time(s.confirmationNotBefore)),
    ` NotOnOrAfter="${time(s.notOnOrAfter)}" Recipient="${escapeXml(s.recipient)}"/></SubjectConfirmation></Subject>`,
    `<Conditions NotBefore="${time(s.notBefore)}" NotOnOrAfter="${time(s.notOnOrAfter)}">${audience}${s.extraCondition}</Conditions>`,
    s.withAuthnStatement ? authn : '',
    '<AttributeStatement><Attribute Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name">',
    `<AttributeValue>${escapeXml(s.nameId)}</AttributeValue></Attribute></AttributeStatement>`,
    '</Assertion>',
  ].join('');
}

/** A Response around whatever stands in `inside`. */
export function responseText(s: Statement, inside: string): string {
  return [
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${s.responseId}" Version="${s.version}"`,
    ` IssueInstant="${time(s.issueInstant)}" Destination="${escapeXml(s.destination)}"${optional('InResponseTo', s.inResponseTo)}>`,
    `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${escapeXml(s.issuer)}</Issuer>`,
    `<samlp:Status><samlp:StatusCode Value="${s.status}"/></samlp:Status>`,
    inside,
    '</samlp:Response>',
  ].join('');
}
