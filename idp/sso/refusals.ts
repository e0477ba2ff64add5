import { type RuleCode, rules, type SamlRejection } from '@countersign/saml';
import type { Refusal } from '../sign-in/refusal.ts';
import type { RefusalReason } from './next-step.ts';

/** What a refusal's sentence may speak about. Values from outside are shown as text and never trusted. */
export type About = {
  /** Name of the organisation. */
  tenant?: string;
  application?: { displayName: string; appId: string };
  userPrincipalName?: string;
  /** The value the request brought, where one is at fault. */
  received?: string;
};

/** Pages of the admin center where a refusal can be mended. */
export type MendingPage = 'single-sign-on' | 'users-and-groups' | 'properties' | 'applications' | 'user';

/** A refusal whose sentence names what it is about. */
type Kind = Omit<Refusal, 'says'> & { says: (about: About) => string; mendedAt?: MendingPage };

const settingsPage = 'Enterprise applications › the application › Single sign-on › Basic SAML Configuration';

/**
 * Every refusal of single sign-on: the number of AADSTSnnnnn, what happened, who can mend it and how.
 * Engine rules lead here by `kindOfRule`, our own reasons by their name.
 */
export const refusals = {
  'tenant-unknown': {
    code: 90002,
    status: 404,
    says: ({ received }) => `There is no organisation ${quoted(received)} here.`,
    mender: 'application',
    mend: 'The Login URL set in the application must be the one that is shown under Set up … on its Single sign-on page.',
  },
  'message-missing': {
    code: 750054,
    status: 400,
    says: () => 'This address expects a SAML request, and none came with the visit (SAMLRequest is missing).',
    mender: 'person',
    mend: 'Start at the application or at its tile in My Apps; this address is not one to open by hand or to bookmark.',
  },
  'message-malformed': {
    code: 75005,
    status: 400,
    says: () => 'What the application sent is not a valid SAML 2.0 request.',
    mender: 'application',
    mend: 'The sign-in log names the rule that was broken and its section of the standard.',
  },
  'xml-malformed': {
    code: 7500525,
    status: 400,
    says: () => 'The XML of the SAML request is faulty or of a kind that is not accepted.',
    mender: 'application',
    mend: 'The sign-in log names the rule that was broken and its section of the standard.',
  },
  'query-too-long': {
    code: 90015,
    status: 414,
    says: () => 'The SAML request is longer than an address may be.',
    mender: 'application',
    mend: 'Requests of this size must be sent by HTTP POST.',
  },
  'id-invalid': {
    code: 7500529,
    status: 400,
    says: ({ received }) =>
      `The ID of the SAML request is not a valid one${received ? `: ${quoted(received)}` : ''}.`,
    mender: 'application',
    mend: 'An ID starts with a letter or an underscore; "id" followed by a GUID is common.',
  },
  'logout-not-supported': {
    code: 50061,
    status: 400,
    says: () => 'The application asked to sign you out here as well, which is not supported yet.',
    mender: 'person',
    mend: 'To sign out here, open the sign-out page of My Apps. You are signed out of the application itself.',
  },
  'application-unknown': {
    code: 700016,
    status: 400,
    says: ({ received, tenant }) =>
      `No application with the identifier ${quoted(received)} was found in ${tenant ?? 'this organisation'}.`,
    mender: 'either',
    mend: `The Identifier (Entity ID) under ${settingsPage} must equal the Issuer of the request, octet for octet. Or the request was sent to the wrong organisation.`,
    mendedAt: 'applications',
  },
  'reply-url-unknown': {
    code: 50011,
    status: 400,
    says: ({ received, application }) =>
      `The reply URL ${quoted(received)} of the request is none of those registered for ${application?.displayName ?? 'the application'}.`,
    mender: 'either',
    mend: `Add it as Reply URL (Assertion Consumer Service URL) under ${settingsPage}, octet for octet and with its query, or correct it in the application.`,
    mendedAt: 'single-sign-on',
  },
  'reply-url-missing': {
    code: 900971,
    status: 400,
    says: ({ application }) =>
      `No reply URL is registered for ${application?.displayName ?? 'the application'}, so there is nowhere to send you.`,
    mender: 'administrator',
    mend: `Add a Reply URL (Assertion Consumer Service URL) under ${settingsPage}.`,
    mendedAt: 'single-sign-on',
  },
  'name-id-policy': {
    code: 75016,
    status: 400,
    says: ({ received }) =>
      `The request asks for a NameID format that is not issued${received ? `: ${quoted(received)}` : ''}.`,
    mender: 'application',
    mend: 'Formats that are issued: emailAddress, persistent, transient and unspecified.',
  },
  'property-unsupported': {
    code: 900236,
    status: 400,
    says: ({ received }) =>
      `The request has a property that is not supported and must not be set: ${received ?? 'Subject'}.`,
    mender: 'application',
    mend: 'To suggest a user name, add the parameter login_hint to the Login URL instead.',
  },
  'context-unsupported': {
    code: 90011,
    status: 400,
    says: () =>
      'The request asks for an authentication context in a way that is not supported: only Comparison="exact" with class references is.',
    mender: 'application',
    mend: 'Best leave RequestedAuthnContext out of the request altogether.',
  },
  'binding-unsupported': {
    code: 75003,
    status: 400,
    says: () => 'The request asks for the response by another binding than HTTP POST.',
    mender: 'application',
    mend: 'Set ProtocolBinding to HTTP-POST, or leave it out.',
  },
  'destination-mismatch': {
    code: 75008,
    status: 400,
    says: ({ received }) =>
      `The request is addressed to another place${received ? `: ${quoted(received)}` : ''}.`,
    mender: 'application',
    mend: 'The Destination of the request must be the Login URL that is shown on the Single sign-on page.',
  },
  'not-signed': {
    code: 76021,
    status: 400,
    says: () => 'The application requires signed requests, and this one is not signed.',
    mender: 'either',
    mend: 'By the Redirect binding the signature belongs in the query, by POST in the message. Or requests need not be signed: see Verification certificates.',
    mendedAt: 'single-sign-on',
  },
  'signature-invalid': {
    code: 50006,
    status: 400,
    says: () => 'The signature of the request could not be verified.',
    mender: 'either',
    mend: 'The certificate under Verification certificates must be the one the application signs with.',
    mendedAt: 'single-sign-on',
  },
  'application-disabled': {
    code: 7000112,
    status: 403,
    says: ({ application }) => `${application?.displayName ?? 'The application'} is disabled.`,
    mender: 'administrator',
    mend: 'Set Enabled for users to sign-in? to Yes under Enterprise applications › the application › Properties.',
    mendedAt: 'properties',
  },
  'signing-key-missing': {
    code: 50003,
    status: 400,
    says: ({ application }) => `${application?.displayName ?? 'The application'} has no signing certificate.`,
    mender: 'administrator',
    mend: 'Select SAML under Enterprise applications › the application › Single sign-on; the certificate is made then.',
    mendedAt: 'single-sign-on',
  },
  'context-not-met': {
    code: 75011,
    status: 400,
    says: () => 'The way you sign in here is not one of those the application accepts for this request.',
    mender: 'application',
    mend: 'Best leave RequestedAuthnContext out of the request; here people sign in with a password (Password, PasswordProtectedTransport).',
  },
  'no-passive': {
    code: 50058,
    status: 400,
    says: () =>
      'The application asked for a sign-in without showing anything, and nobody is signed in to this browser.',
    mender: 'person',
    mend: 'Open the application again and sign in.',
  },
  'user-disabled': {
    code: 50057,
    status: 403,
    says: () => 'Your user account is disabled.',
    mender: 'administrator',
    mend: 'A User Administrator can enable the account under Identity › Users › All users.',
    mendedAt: 'user',
  },
  'not-assigned': {
    code: 50105,
    status: 403,
    says: ({ userPrincipalName, application }) =>
      `${userPrincipalName ?? 'Your account'} has no access to ${application ? `${application.displayName} (${application.appId})` : 'the application'}: it is open only to people it was assigned to, directly or by a group they are a member of.`,
    mender: 'administrator',
    mend: 'Assign the person or one of their groups under Enterprise applications › the application › Users and groups › Add user/group.',
    mendedAt: 'users-and-groups',
  },
} as const satisfies Record<string, Kind> & Record<RefusalReason, Kind>;

export type RefusalKind = keyof typeof refusals;

/** Fills a refusal's sentence in. */
export function refusalOf(kind: RefusalKind, about: About): Refusal {
  const { code, status, says, mender, mend }: Kind = refusals[kind];
  return { code, status, says: says(about), mender, mend };
}

/** Where in the admin center an administrator can mend it; null where nothing there would. */
export function mendingAddress(
  kind: RefusalKind,
  ids: { servicePrincipalId?: string | undefined; userId?: string | undefined },
): string | null {
  const { mendedAt }: Kind = refusals[kind];
  if (mendedAt === undefined) return null;
  if (mendedAt === 'applications') return '/admin/enterprise-applications';
  if (mendedAt === 'user') return ids.userId ? `/admin/users/${ids.userId}` : null;
  return ids.servicePrincipalId
    ? `/admin/enterprise-applications/${ids.servicePrincipalId}/${mendedAt}`
    : null;
}

/** Which refusal each rule of the engine becomes. A rule that is not named here is a malformed message. */
const kindOfRule: Partial<Record<RuleCode, RefusalKind>> = {
  'message-parameter-missing': 'message-missing',
  'query-too-long': 'query-too-long',
  'id-not-ncname': 'id-invalid',
  'request-issuer-mismatch': 'application-unknown',
  'request-reply-url-unknown': 'reply-url-unknown',
  'request-reply-url-index-unknown': 'reply-url-unknown',
  'reply-url-missing': 'reply-url-missing',
  'request-name-id-format-unsupported': 'name-id-policy',
  'request-subject-present': 'property-unsupported',
  'request-scoping-unsupported': 'property-unsupported',
  'request-authn-context-comparison': 'context-unsupported',
  'request-authn-context-declaration': 'context-unsupported',
  'request-protocol-binding-unsupported': 'binding-unsupported',
  'request-destination-mismatch': 'destination-mismatch',
  'request-destination-missing': 'destination-mismatch',
  'request-not-signed': 'not-signed',
};

/** Where signatures stand and how many there are is the message's shape; no other key would mend it. */
const shapesOfSignatures: readonly RuleCode[] = ['signature-misplaced', 'signature-too-many'];

/** The refusal a rejection of the engine becomes. */
export function kindOfRejection(rejection: SamlRejection): RefusalKind {
  const { code, actual } = rejection;
  if (code === 'message-unexpected' && actual?.includes('LogoutRequest')) return 'logout-not-supported';
  if (code.startsWith('xml-')) return 'xml-malformed';
  if (code.startsWith('signature-') && !shapesOfSignatures.includes(code)) return 'signature-invalid';
  return kindOfRule[code] ?? 'message-malformed';
}

/** What administrators read in the log: the rule, its section, what was expected and what came. */
export function detailsOf({ code, expected, actual }: SamlRejection): string {
  const rule = rules[code];
  const values = [expected && `expected ${expected}`, actual && `received ${actual}`]
    .filter(Boolean)
    .join('; ');
  return `${code} (${rule.section}): ${rule.says}${values ? ` ${values}` : ''}`;
}

function quoted(text: string | undefined): string {
  return text ? `'${text}'` : '(none)';
}
