import { type Html, html, raw } from '@countersign/web';
import { page } from '../sign-in/pages.ts';
import { messageOf, type Mender, type Refusal } from '../sign-in/refusal.ts';

export type RefusalPage = {
  refusal: Refusal;
  tenantName: string | null;
  applicationName: string | null;
  requestId: string;
  correlationId: string;
  /** Epoch milliseconds. */
  at: number;
  /** Where somebody else can sign in for the same request. */
  otherAccountAt?: string | null;
  /** For administrators only: the cause in the words of the standard, and the page where it can be mended. */
  administrator: { details: string | null; mendAt: string | null } | null;
};

/** The page of a refusal: what happened, who can mend it, and what to quote when asking. */
export function refusalPage(input: RefusalPage): Html {
  const { refusal } = input;
  return page({
    title: "Sorry, but we're having trouble signing you in",
    tenantName: input.tenantName,
    wide: true,
    body: html`<h1>Sorry, but we're having trouble signing you in.</h1>
<p class="message" role="alert" id="message">${messageOf(refusal)}</p>
<h2>Who can mend this</h2>
<p class="lead"><strong>${menderOf(refusal.mender, input)}.</strong> ${refusal.mend}</p>
${input.administrator?.details ? html`<details class="details"><summary>Details for administrators</summary><p>${input.administrator.details}</p></details>` : null}
<dl class="facts" id="facts">
<dt>Request Id</dt><dd>${input.requestId}</dd>
<dt>Correlation Id</dt><dd>${input.correlationId}</dd>
<dt>Timestamp</dt><dd>${timestamp(input.at)}</dd>
<dt>Message</dt><dd>AADSTS${refusal.code}</dd>
</dl>
<p class="copy" data-copy="facts" hidden><button type="button">Copy details</button> <span role="status" class="fine"></span></p>
<p class="links">${input.administrator?.mendAt ? html`<a class="button" href="${input.administrator.mendAt}">Open in the admin center</a> ` : null}<a class="button" href="/my-apps">Go to My Apps</a>${input.otherAccountAt ? html` <a href="${input.otherAccountAt}">Sign in with another account</a>` : null}</p>`,
  });
}

/** `2026-11-23 16:30:00Z`. */
function timestamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

function menderOf(mender: Mender, { tenantName, applicationName }: RefusalPage): string {
  const administrator = `An administrator of ${tenantName ?? 'your organisation'}`;
  const application = `whoever runs ${applicationName ?? 'the application'}`;
  const said: Record<Mender, string> = {
    person: 'You',
    administrator,
    application: application.replace('w', 'W'),
    either: `${administrator}, or ${application}`,
    nobody: 'Nobody needs to',
  };
  return said[mender];
}

export type PostPage = {
  /** Where the form goes: a registered address. */
  action: string;
  samlResponse: string;
  relayState?: string | undefined;
  tenantName: string | null;
  applicationName: string;
  /** Of the Content-Security-Policy. */
  nonce: string;
};

/** The form of the HTTP POST binding (saml-bindings 3.5.4). It sends itself; without scripts a button does. */
export function postPage(input: PostPage): Html {
  const { host } = new URL(input.action);
  return page({
    title: `Signing in to ${input.applicationName}`,
    tenantName: input.tenantName,
    body: html`<h1>Signing in to ${input.applicationName}</h1>
<p class="lead">You are being taken to <span class="destination">${host}</span></p>
<form method="post" action="${input.action}">
<input type="hidden" name="SAMLResponse" value="${input.samlResponse}">
${input.relayState === undefined ? null : html`<input type="hidden" name="RelayState" value="${input.relayState}">`}
<noscript><button type="submit" class="primary">Continue</button></noscript>
</form>
<script nonce="${input.nonce}">${raw('document.forms[0].submit();')}</script>`,
  });
}
