import type { FixAt, RefusalCode, SignInRefusal } from '@countersign/sp-kit';

export type WhoActs = 'you' | 'your administrator' | "the identity provider's administrator";

/** What a person is told of a refusal. The cause itself, with the strings that were compared, is in the log. */
export type PublicRefusal = { status: number; says: string; whoActs: WhoActs; toDo: string };

const again = 'Start again from the sign-in page.';
const compare =
  "Tell your administrator. Under Settings › Authentication & SSO the sign-in log names what differs, by this page's reference.";

/** Perform's own reasons to refuse; `says` is the sentence of the log. */
export const ownRefusals = {
  'company-unknown': 'No company has this namespace.',
  'sso-not-in-plan': "The company's plan does not include single sign-on.",
  'person-not-created': 'No employee has the asserted NameID as user name.',
  'person-not-activated': 'The employee was created but is not activated.',
  'person-terminated': 'The employee is terminated.',
  'user-name-unknown': 'No employee has this user name.',
  'password-wrong': 'The password is wrong, or the employee has none.',
  'user-name-locked': 'The user name is locked for a minute after ten wrong passwords in a row.',
} as const;

export type OwnRefusalCode = keyof typeof ownRefusals;

const own: Record<OwnRefusalCode, PublicRefusal> = {
  'company-unknown': {
    status: 404,
    says: 'There is no company with this name in Perform.',
    whoActs: 'you',
    toDo: 'Check the company name; your administrator knows it.',
  },
  'sso-not-in-plan': {
    status: 403,
    says: "Single sign-on is not part of your company's plan.",
    whoActs: 'your administrator',
    toDo: "Sign in with your password. Your administrator can ask Perform's support to add single sign-on.",
  },
  'person-not-created': {
    status: 403,
    says: 'Your identity provider signed you in, but your company has no employee with your user name in Perform.',
    whoActs: 'your administrator',
    toDo: 'Ask your administrator to create you under Employees, with exactly the user name that the identity provider sends, upper and lower case included, and to activate you.',
  },
  'person-not-activated': {
    status: 403,
    says: 'You have been created in Perform but not activated yet.',
    whoActs: 'your administrator',
    toDo: 'Ask your administrator to activate you under Employees.',
  },
  'person-terminated': {
    status: 403,
    says: 'Your access to Perform has been ended.',
    whoActs: 'your administrator',
    toDo: 'If that is a mistake, ask your administrator to activate you again under Employees.',
  },
  'user-name-unknown': wrongPassword(),
  'password-wrong': wrongPassword(),
  'user-name-locked': wrongPassword(),
};

/** One text for three causes: it must not tell which user names exist. */
function wrongPassword(): PublicRefusal {
  return {
    status: 403,
    says: 'The user name or the password is not right. After ten wrong passwords a user name is locked for a minute.',
    whoActs: 'you',
    toDo: 'Try again, or ask your administrator for a new password.',
  };
}

type Told = Omit<PublicRefusal, 'status'> & { status?: number };

const expired: Told = {
  says: "Your identity provider's answer is too old.",
  whoActs: 'you',
  toDo: `${again} If it happens at once every time, tell your administrator: the clocks of both sides differ.`,
};
const usedBefore: Told = {
  says: 'This sign-in has been used already.',
  whoActs: 'you',
  toDo: `${again} Going back in the browser does not sign in again.`,
};
const otherAddress: Told = {
  says: "Your identity provider's answer is meant for another address.",
  whoActs: "the identity provider's administrator",
  toDo: 'Its Reply URL must be exactly the ACS (Consumer) URL that Perform shows under Settings › Authentication & SSO › SAML 2.0.',
};
const otherAudience: Told = {
  says: "Your identity provider's answer is meant for another application.",
  whoActs: "the identity provider's administrator",
  toDo: 'Its Identifier (Entity ID) must be exactly the Entity ID that Perform shows under Settings › Authentication & SSO › SAML 2.0.',
};
const otherIssuer: Told = {
  says: 'The answer came from another identity provider than the one your company saved in Perform.',
  whoActs: 'your administrator',
  toDo: 'The Identifier under Settings › Authentication & SSO › SAML 2.0 must be exactly the one that the identity provider shows.',
};
const otherKey: Told = {
  says: "Your identity provider's answer is not signed with the certificate your company saved in Perform.",
  whoActs: 'your administrator',
  toDo: 'Download the active certificate from the identity provider and save it under Settings › Authentication & SSO › SAML 2.0.',
};
const otherRequest: Told = {
  says: 'Your identity provider answered a request that was not made for this company.',
  whoActs: 'you',
  toDo: `${again} If it happens again, ${lower(compare)}`,
};
const changed: Told = {
  says: "Your identity provider's answer was changed on its way.",
  whoActs: 'you',
  toDo: `${again} If it happens again, ${lower(compare)}`,
};

/** The words for the codes that people meet; every other one speaks by who can mend it. */
const special: Partial<Record<RefusalCode, Told>> = {
  'connection-missing': {
    says: 'Your company has not set up single sign-on in Perform yet.',
    whoActs: 'your administrator',
    toDo: 'Sign in with your password. Your administrator sets it up under Settings › Authentication & SSO › SAML 2.0.',
  },
  'response-missing': {
    status: 400,
    says: "Your identity provider's answer was empty.",
    whoActs: 'you',
    toDo: again,
  },
  'conditions-expired': expired,
  'bearer-expired': expired,
  'session-expired': expired,
  'request-expired': { says: 'Signing in took too long.', whoActs: 'you', toDo: again },
  'assertion-replayed': usedBefore,
  'request-used': usedBefore,
  'request-unknown': otherRequest,
  'request-for-another-identity-provider': otherRequest,
  'request-for-another-reply-url': otherRequest,
  'response-in-response-to-mismatch': otherRequest,
  'response-unsolicited': {
    says: 'This sign-in was started at the identity provider; Perform takes only those that are started here.',
    whoActs: "the identity provider's administrator",
    toDo: "Start from Perform's sign-in page. The identity provider's administrator can set the Sign on URL, so that its tile starts here too.",
  },
  'response-destination-mismatch': otherAddress,
  'response-destination-missing': otherAddress,
  'bearer-recipient-mismatch': otherAddress,
  'bearer-recipient-missing': otherAddress,
  'audience-mismatch': otherAudience,
  'audience-missing': otherAudience,
  'response-issuer-mismatch': otherIssuer,
  'assertion-issuer-mismatch': otherIssuer,
  'signature-invalid': otherKey,
  'signature-key-missing': otherKey,
  'signature-key-type': otherKey,
  'signature-digest': changed,
  'signature-missing': {
    says: "Your identity provider's answer is not signed.",
    whoActs: "the identity provider's administrator",
    toDo: 'The identity provider must sign the assertion, the response, or both.',
  },
  'signing-certificate-expired': {
    says: "Your identity provider's signing certificate has expired.",
    whoActs: "the identity provider's administrator",
    toDo: 'The identity provider needs a new signing certificate; your administrator then saves it under Settings › Authentication & SSO › SAML 2.0.',
  },
  'signing-certificate-not-yet-valid': {
    says: "Your identity provider's signing certificate is not valid yet.",
    whoActs: "the identity provider's administrator",
    toDo: 'The identity provider must sign with a certificate that is valid now.',
  },
  'status-not-success': {
    says: 'Your identity provider did not sign you in.',
    whoActs: "the identity provider's administrator",
    toDo: `${again} If it happens again, ${lower(compare)}`,
  },
  'replay-store-unavailable': {
    status: 503,
    says: 'Perform could not check this sign-in just now, so you were not signed in.',
    whoActs: 'you',
    toDo: 'Wait a minute and start again. If it happens again, tell your administrator.',
  },
  'outcome-unknown': {
    says: 'This sign-in has been used already, or it was left for too long.',
    whoActs: 'you',
    toDo: again,
  },
  'other-browser': {
    says: 'This sign-in was started in another browser.',
    whoActs: 'you',
    toDo: 'Start again from the sign-in page, in this browser, with cookies allowed.',
  },
};

const byFixAt: Record<FixAt, PublicRefusal> = {
  idp: {
    status: 403,
    says: "Your identity provider's answer cannot be accepted.",
    whoActs: "the identity provider's administrator",
    toDo: compare,
  },
  sp: {
    status: 403,
    says: 'Single sign-on of your company is not set up correctly in Perform.',
    whoActs: 'your administrator',
    toDo: compare,
  },
  either: {
    status: 403,
    says: "The single sign-on settings of your company's identity provider and of Perform do not fit together.",
    whoActs: 'your administrator',
    toDo: compare,
  },
  nobody: {
    status: 403,
    says: 'The answer that arrived is not what your identity provider sent.',
    whoActs: 'you',
    toDo: `${again} If it happens again, ${lower(compare)}`,
  },
};

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What a person is told where Perform itself refuses. */
export function publicOwnRefusal(code: OwnRefusalCode): PublicRefusal {
  return own[code];
}

/** What a person is told where the kit or the engine refuses. */
export function publicRefusal(refusal: SignInRefusal): PublicRefusal {
  const found = special[refusal.code];
  return found ? { status: 403, ...found } : byFixAt[refusal.fixAt];
}
