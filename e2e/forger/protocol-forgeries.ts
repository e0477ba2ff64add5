import type { Forgery } from '../forger.ts';

/** A forgery with its name, a part of a sentence, and the code under which Perform must refuse it. */
export type NamedForgery = Forgery & { name: string; code: string };

const minute = 60_000;

/**
 * Correctly signed with the registered key, with one thing said that must not be accepted (saml-profiles 4.1.4.2 and
 * 4.1.4.3, saml-core 2.4 and 2.5).
 */
export const protocolForgeries: NamedForgery[] = [
  {
    name: 'an expired assertion',
    code: 'conditions-expired',
    says: ({ issueInstant }) => ({
      issueInstant: issueInstant - 90 * minute,
      notBefore: issueInstant - 95 * minute,
      notOnOrAfter: issueInstant - 10 * minute,
    }),
  },
  {
    name: 'an assertion that is not valid yet',
    code: 'conditions-not-yet-valid',
    says: ({ notBefore }) => ({ notBefore: notBefore + 20 * minute }),
  },
  {
    name: 'an assertion for another audience',
    code: 'audience-mismatch',
    says: () => ({ audience: 'https://app.trakstar.example' }),
  },
  {
    name: 'an audience that differs by a slash at its end',
    code: 'audience-mismatch',
    says: ({ audience }) => ({ audience: `${audience}/` }),
  },
  {
    name: 'an assertion without an audience',
    code: 'audience-missing',
    says: () => ({ audience: undefined }),
  },
  {
    name: 'an assertion for another recipient',
    code: 'bearer-recipient-mismatch',
    says: () => ({ recipient: 'https://perform.trakstar.example/auth/saml/callback?namespace=contoso' }),
  },
  {
    name: 'an assertion for another namespace',
    code: 'bearer-recipient-mismatch',
    says: ({ recipient }) => ({ recipient: recipient.replace('namespace=contoso', 'namespace=fabrikam') }),
  },
  {
    name: 'a response with another destination',
    code: 'response-destination-mismatch',
    says: ({ destination }) => ({
      destination: destination.replace('namespace=contoso', 'namespace=fabrikam'),
    }),
  },
  {
    name: 'an assertion of another issuer',
    code: 'response-issuer-mismatch',
    says: () => ({ issuer: 'https://sts.windows.net/11111111-2222-3333-4444-555555555555/' }),
  },
  {
    name: 'an answer to no request',
    code: 'response-unsolicited',
    says: () => ({ inResponseTo: undefined }),
  },
  {
    name: 'an answer to a request that was never made',
    code: 'request-unknown',
    says: () => ({ inResponseTo: '_0123456789abcdef0123456789abcdef01234567' }),
  },
  {
    name: 'a confirmation by holder of key',
    code: 'bearer-missing',
    says: () => ({ method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' }),
  },
  {
    name: 'a bearer confirmation that has a NotBefore',
    code: 'bearer-not-before',
    says: ({ issueInstant }) => ({ confirmationNotBefore: issueInstant - minute }),
  },
  {
    name: 'an assertion that says nothing of a sign-in',
    code: 'authn-statement-missing',
    says: () => ({ withAuthnStatement: false }),
  },
  {
    name: 'a session that is over already',
    code: 'session-expired',
    says: ({ issueInstant }) => ({ sessionNotOnOrAfter: issueInstant - 10 * minute }),
  },
  {
    name: 'a condition nobody knows',
    code: 'condition-unknown',
    says: () => ({
      extraCondition:
        '<Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:f="https://login.forger.example/conditions" xsi:type="f:OnlyOnSundays"/>',
    }),
  },
  {
    name: 'a status other than success',
    code: 'status-not-success',
    says: () => ({ status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }),
  },
  {
    name: 'another version of SAML',
    code: 'version-unsupported',
    says: () => ({ version: '1.1' }),
  },
];
