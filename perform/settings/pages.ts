import {
  type CertificateSummary,
  type Connection,
  type ConnectionField,
  connectionFields,
  type ConnectionForm,
} from '@countersign/sp-kit';
import { type Html, html } from '@countersign/web';
import type { Viewer } from '../access/access.ts';
import { alert, copyField, day, field, notice, page, time } from '../frame/pages.ts';
import type { AuditRow, SignInRow } from '../tables.ts';

/** The tabs of the settings; the second one is there only where the plan includes single sign-on. */
function tabs(viewer: Viewer, current: 'company' | 'authentication'): Html {
  const tab = (name: string, href: string, label: string): Html =>
    html`<a href="${href}"${current === name && html` aria-current="page"`}>${label}</a>`;
  return html`<h1>Settings</h1>
<nav class="tabs" aria-label="Settings">
${tab('company', '/settings', 'Company')}
${viewer.ssoInPlan && tab('authentication', '/settings/authentication', 'Authentication & SSO')}
</nav>`;
}

/** The company and what was changed last. */
export function companySettingsPage(viewer: Viewer, audits: AuditRow[]): Html {
  return page({
    title: 'Settings',
    viewer,
    current: 'settings',
    body: html`${tabs(viewer, 'company')}
<section class="card" aria-labelledby="company">
<h2 id="company">Company</h2>
<dl class="facts">
<div><dt>Full name</dt><dd>${viewer.companyName}</dd></div>
<div><dt>Company name for signing in (namespace)</dt><dd><code>${viewer.namespace}</code></dd></div>
<div><dt>Plan</dt><dd>${viewer.ssoInPlan ? 'Includes single sign-on' : "Without single sign-on. Perform's support can add it."}</dd></div>
</dl>
</section>
<section class="card flush" aria-labelledby="changes">
<h2 id="changes">Recent changes</h2>
${
  audits.length === 0
    ? html`<p class="empty">Nothing has been changed yet.</p>`
    : html`<table>
<thead><tr><th scope="col">Time</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Target</th></tr></thead>
<tbody>
${audits.map(
  (row) => html`<tr>
<td data-label="Time">${time(row.createdDateTime)}</td>
<td data-label="Who" class="wrap">${row.actorName}</td>
<td data-label="What">${row.activity}</td>
<td data-label="Target" class="wrap">${row.target}</td>
</tr>`,
)}
</tbody></table>`
}
</section>`,
  });
}

/** How people sign in to this company, and how the last sign-ins went. */
export function authenticationPage(
  viewer: Viewer,
  connection: Connection | undefined,
  signIns: SignInRow[],
): Html {
  return page({
    title: 'Authentication & SSO',
    viewer,
    current: 'settings',
    body: html`${tabs(viewer, 'authentication')}
<section class="card" aria-labelledby="methods">
<h2 id="methods">Ways to sign in</h2>
<ul class="methods">
<li><div><h3>Password</h3><p>For everybody who has one. It stays, so that administrators can come in when single sign-on does not work.</p></div><span class="status active">On</span></li>
<li><div><h3>SAML 2.0</h3><p>${
      connection
        ? html`Single sign-on through <span class="wrap">${connection.identifier}</span>.`
        : "Single sign-on through your company's identity provider."
    }</p></div>${
      connection
        ? html`<span class="status active">On</span>`
        : html`<span class="status created">Not set up</span>`
    }<a class="button secondary" href="/settings/authentication/saml">Configure<span class="unseen"> SAML 2.0</span></a></li>
</ul>
</section>
${recentSignIns(signIns)}`,
  });
}

function recentSignIns(rows: SignInRow[]): Html {
  return html`<section class="card flush" aria-labelledby="recent">
<h2 id="recent">Recent sign-ins</h2>
${
  rows.length === 0
    ? html`<p class="empty">Nobody has signed in yet.</p>`
    : html`<table class="log">
<thead><tr><th scope="col">Time</th><th scope="col">User name</th><th scope="col">With</th><th scope="col">Result</th></tr></thead>
<tbody>${rows.map(signInLine)}</tbody></table>`
}
</section>`;
}

function signInLine(row: SignInRow): Html {
  const good = row.code === 'signed-in';
  return html`<tr>
<td data-label="Time">${time(row.createdDateTime)}</td>
<td data-label="User name" class="wrap">${row.userName ?? html`<span class="muted">Not known</span>`}</td>
<td data-label="With">${row.method === 'saml' ? 'Single sign-on' : 'Password'}</td>
<td data-label="Result"><span class="status ${good ? 'active' : 'terminated'}">${good ? 'Signed in' : 'Refused'}</span>
${!good && html`<p>${row.says} <code>${row.code}</code></p>`}
<details><summary>Details</summary><dl class="facts small">
${fact('Who must act', row.whoActs && row.whoActs.charAt(0).toUpperCase() + row.whoActs.slice(1))}
${fact('Expected', row.expected)}
${fact('Actual', row.actual)}
${fact('Identity provider', row.issuer)}
${fact('Request', row.requestId)}
${fact('Assertion', row.assertionId)}
${fact('Address', row.ipAddress)}
${fact('Reference', row.id)}
</dl></details></td>
</tr>`;
}

function fact(label: string, value: string | null): Html | null {
  return value === null || value === ''
    ? null
    : html`<div><dt>${label}</dt><dd class="wrap">${value}</dd></div>`;
}

export type SamlSettingsInput = {
  own: { entityId: string; assertionConsumerServiceUrl: string; signOnUrl: string };
  form: ConnectionForm;
  errors: Partial<Record<ConnectionField, string>>;
  saved: boolean;
  certificates: CertificateSummary[];
  lastModifiedDateTime?: number | undefined;
  now: number;
};

/** SAML 2.0 › Configure: what to copy to the identity provider, and what to paste from it. */
export function samlSettingsPage(viewer: Viewer, input: SamlSettingsInput): Html {
  const { own, form, errors } = input;
  const wrong = connectionFields.find((name) => errors[name]);
  const text = (name: ConnectionField) => ({
    name,
    value: form[name],
    error: errors[name],
    autofocus: name === wrong,
  });
  return page({
    title: 'SAML 2.0',
    viewer,
    current: 'settings',
    body: html`${tabs(viewer, 'authentication')}
<p class="crumbs"><a href="/settings/authentication">Authentication &amp; SSO</a></p>
<h2 class="page">SAML 2.0</h2>
${input.saved && notice('The settings were saved. They hold for the next sign-in; test it in another browser.')}
${wrong && alert('Nothing was saved. Correct the fields that are marked.')}
<section class="card" aria-labelledby="copy">
<h3 id="copy">1. Copy these to the identity provider</h3>
${copyField('acs', 'ACS (Consumer) URL', own.assertionConsumerServiceUrl)}
${copyField('entityId', 'Entity ID', own.entityId)}
${copyField('signOn', 'Sign on URL', own.signOnUrl)}
<p class="hint">Every character counts, also the part after the question mark. The NameID must be the user name of the employee in Perform.</p>
</section>
<form class="card" method="post" action="/settings/authentication/saml" aria-labelledby="paste">
<h3 id="paste">2. Paste these from the identity provider</h3>
${field({
  ...text('certificate'),
  label: 'Certificate',
  rows: 8,
  hint: 'The whole content of the downloaded Certificate (Base64). While the identity provider changes its certificate paste both, one below the other.',
})}
${field({
  ...text('loginUrl'),
  label: 'Login URL',
  hint: 'Other products call it IdP SSO Target URL or Single sign-on URL.',
})}
${field({
  ...text('identifier'),
  label: 'Identifier',
  hint: "The identity provider's own name; other products call it Issuer or IdP Entity ID.",
})}
${field({
  ...text('logoutUrl'),
  label: 'Logout URL',
  hint: 'May be empty.',
})}
<div class="actions"><button type="submit">Save</button><a class="button secondary" href="/settings/authentication">Cancel</a></div>
</form>
${input.certificates.length > 0 && certificateSection(input)}`,
  });
}

function certificateSection({ certificates, lastModifiedDateTime, now }: SamlSettingsInput): Html {
  return html`<section class="card">
<h3>${certificates.length === 1 ? 'Saved certificate' : 'Saved certificates'}</h3>
${certificates.map(
  (each) => html`<dl class="facts certificate">
<div><dt>Subject</dt><dd class="wrap">${each.subject || 'None'}</dd></div>
<div><dt>Valid until</dt><dd>${!Number.isNaN(each.validTo) && day(each.validTo)} ${validity(each, now)}</dd></div>
<div><dt>Thumbprint (SHA-1)</dt><dd class="wrap"><code>${each.thumbprint}</code></dd></div>
<div><dt>Thumbprint (SHA-256)</dt><dd class="wrap"><code>${each.thumbprint256}</code></dd></div>
</dl>`,
)}
${lastModifiedDateTime !== undefined && html`<p class="small muted">Last saved ${time(lastModifiedDateTime)}</p>`}
</section>`;
}

const soon = 30 * 24 * 60 * 60 * 1000;

function validity(certificate: CertificateSummary, now: number): Html {
  if (Number.isNaN(certificate.validFrom) || Number.isNaN(certificate.validTo))
    return html`<span class="status terminated">No readable dates</span>`;
  if (certificate.validTo < now) return html`<span class="status terminated">Expired</span>`;
  if (certificate.validFrom > now)
    return html`<span class="status created">Valid from ${day(certificate.validFrom)}</span>`;
  if (certificate.validTo < now + soon) return html`<span class="status created">Expires soon</span>`;
  return html`<span class="status active">Valid</span>`;
}
