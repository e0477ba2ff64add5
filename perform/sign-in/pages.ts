import { type Html, html } from '@countersign/web';
import { alert, field, notice, page, time } from '../frame/pages.ts';
import type { PublicRefusal } from './refusals.ts';

/** Step 1: which company. */
export function companyPage(input: {
  company: string;
  returnTo?: string | undefined;
  error?: string | undefined;
  signedOut: boolean;
}): Html {
  return page({
    title: 'Sign in',
    body: html`<section class="card narrow" aria-labelledby="heading">
<h1 id="heading">Sign in to Perform</h1>
${input.signedOut && notice('You are signed out.')}
${input.error && alert(input.error, 'refusal')}
<form method="post" action="/sign-in">
${field({ name: 'company', label: 'Company name', value: input.company, hint: 'The short name your company uses in Perform.', autocomplete: 'organization', required: true, autofocus: true, alertId: input.error && 'refusal' })}
${hidden('return', input.returnTo)}
<button type="submit">Continue</button>
</form>
</section>`,
  });
}

/** Step 2: password, or single sign-on where the company has it. */
export function passwordPage(input: {
  namespace: string;
  companyName: string;
  userName: string;
  returnTo?: string | undefined;
  singleSignOn: boolean;
  refusal?: { told: PublicRefusal; reference: string; now: number } | undefined;
}): Html {
  const query = new URLSearchParams({ namespace: input.namespace });
  if (input.returnTo) query.set('return', input.returnTo);
  // The focus is where one goes on typing, and what was refused is read out there.
  const alertId = input.refusal && 'refusal';
  const named = input.userName !== '';
  return page({
    title: 'Sign in',
    body: html`<section class="card narrow" aria-labelledby="heading">
<h1 id="heading">Sign in to ${input.companyName}</h1>
${input.refusal && refusalAlert(input.refusal)}
${
  input.singleSignOn &&
  html`<p><a class="button wide" href="/auth/saml/?${query.toString()}">Sign in with single sign-on</a></p>
<p class="or"><span>or with your password</span></p>`
}
<form method="post" action="/sign-in">
${hidden('company', input.namespace)}
${hidden('return', input.returnTo)}
${field({ name: 'userName', label: 'User name', value: input.userName, autocomplete: 'username', required: true, autofocus: !named, alertId })}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true, autofocus: named, alertId })}
<button class="${input.singleSignOn ? 'secondary wide' : 'wide'}" type="submit">Sign in</button>
</form>
<p class="foot"><a href="/sign-in">Another company</a></p>
</section>`,
  });
}

function refusalAlert({
  told,
  reference,
  now,
}: {
  told: PublicRefusal;
  reference: string;
  now: number;
}): Html {
  return alert(
    html`<p>${told.says} ${told.toDo}</p>
<p class="small">Reference <code>${reference}</code>, ${time(now)}</p>`,
    'refusal',
  );
}

function hidden(name: string, value: string | undefined): Html | undefined {
  return value === undefined ? undefined : html`<input type="hidden" name="${name}" value="${value}">`;
}
