import { type Html, html, raw } from '@countersign/web';

/**
 * The look of every page the server itself makes, and the pages of signing in and out. Plain HTML that works without
 * scripts; the one script only adds comfort.
 */
export type Chrome = {
  title: string;
  /** Name of the organisation, where it is known. */
  tenantName?: string | null;
  body: Html;
  /** Where the page goes by itself, at once. */
  goesTo?: string;
  /** Wider card, for text rather than a form. */
  wide?: boolean;
};

/** The same mark as in the portal. */
const mark = raw(
  '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">' +
    '<rect width="32" height="32" rx="8"/><path d="M9 16.5l5 5L23.5 11"/></svg>',
);

export function page({ title, tenantName, body, goesTo, wide }: Chrome): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${goesTo ? html`<meta http-equiv="refresh" content="0; url=${goesTo}">` : null}
<title>${title} · Countersign</title>
<link rel="icon" href="/sign-in.svg" type="image/svg+xml">
<link rel="stylesheet" href="/sign-in.css">
<script src="/sign-in.js" defer></script>
</head>
<body>
<div class="page">
<header class="brand">${mark}<span class="product">Countersign</span></header>
<main class="${wide ? 'card wide' : 'card'}">
${tenantName ? html`<p class="tenant">${tenantName}</p>` : null}
${body}
</main>
<footer class="foot">Single sign-on both sides can see through</footer>
</div>
</body>
</html>`;
}

export type Problem = {
  message: string;
  /** AADSTSnnnnn, where there is one. */
  code?: number;
  requestId?: string;
};

function problemOf(problem: Problem | null, id: string): Html | null {
  if (!problem) return null;
  return html`<div class="problem" role="alert" id="${id}">
<p>${problem.message}</p>
${problem.code ? html`<p class="fine">AADSTS${problem.code}${problem.requestId ? html` <br>Request Id ${problem.requestId}` : null}</p>` : null}
</div>`;
}

export type SignInPage = {
  tenantName: string | null;
  /** Name of the application somebody signs in for. */
  applicationName: string | null;
  /** Only this one request is signed in for; the browser's session stays. */
  asksForAccount: boolean;
  userName: string;
  problem: Problem | null;
  /** Path and query the form is sent to. */
  action: string;
};

export function signInPage(input: SignInPage): Html {
  const described = input.problem ? raw(' aria-invalid="true" aria-describedby="problem"') : null;
  const hint = input.asksForAccount ? raw(' aria-describedby="only-this"') : null;
  const focusPassword = input.userName !== '';
  return page({
    title: 'Sign in',
    tenantName: input.tenantName,
    body: html`<h1>Sign in</h1>
${input.applicationName ? html`<p class="lead">to continue to <strong>${input.applicationName}</strong></p>` : null}
${input.asksForAccount ? html`<p class="note" id="only-this">You are asked for an account for this one sign-in. Whoever is signed in to this browser stays signed in.</p>` : null}
<form method="post" action="${input.action}">
${problemOf(input.problem, 'problem')}
<label for="userName">User name</label>
<input id="userName" name="userName" type="text" inputmode="email" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required maxlength="320" value="${input.userName}"${described ?? hint}${focusPassword ? null : raw(' autofocus')}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="256"${described}${focusPassword ? raw(' autofocus') : null}>
<button type="submit" class="primary">Sign in</button>
</form>`,
  });
}

export type ChangePasswordPage = {
  tenantName: string | null;
  applicationName: string | null;
  userName: string;
  problem: Problem | null;
  action: string;
};

export function changePasswordPage(input: ChangePasswordPage): Html {
  const described = input.problem ? raw(' aria-invalid="true" aria-describedby="problem"') : null;
  return page({
    title: 'Update your password',
    tenantName: input.tenantName,
    body: html`<h1>Update your password</h1>
<p class="lead">This is your first sign-in, or your password was reset: choose a password that only you know.</p>
<form method="post" action="${input.action}">
${problemOf(input.problem, 'problem')}
<label for="userName">User name</label>
<input id="userName" name="userName" type="text" autocomplete="username" readonly value="${input.userName}">
<label for="currentPassword">Current password</label>
<input id="currentPassword" name="currentPassword" type="password" autocomplete="current-password" required maxlength="256" autofocus${described}>
<label for="newPassword">New password</label>
<input id="newPassword" name="newPassword" type="password" autocomplete="new-password" required maxlength="256" aria-describedby="rules${input.problem ? ' problem' : ''}">
<p class="hint" id="rules">8 to 256 characters, with three of: lower case, upper case, digits, symbols.</p>
<label for="confirmPassword">Confirm password</label>
<input id="confirmPassword" name="confirmPassword" type="password" autocomplete="new-password" required maxlength="256">
<button type="submit" class="primary">Sign in</button>
</form>`,
  });
}

/** Asks before signing out: a link alone must not be able to do it. */
export function signOutPage(tenantName: string | null, userName: string): Html {
  return page({
    title: 'Sign out',
    tenantName,
    body: html`<h1>Sign out</h1>
<p class="lead">You are signed in as <strong>${userName}</strong>.</p>
<form method="post" action="/sign-out"><button type="submit" class="primary">Sign out</button></form>
<p class="links"><a href="/">Stay signed in</a></p>`,
  });
}

export function signedOutPage(): Html {
  return page({
    title: 'Signed out',
    body: html`<h1>You signed out of your account</h1>
<p class="lead">Applications you opened may still know you: sign out there as well, or close the browser.</p>
<p class="links"><a class="button" href="/sign-in">Sign in again</a></p>`,
  });
}

export type NoticePage = {
  heading: string;
  says: string;
  tenantName?: string | null;
  link?: { href: string; text: string };
};

/** A page that says one thing: an address that does not exist, a request that has run out. */
export function noticePage({ heading, says, tenantName, link }: NoticePage): Html {
  return page({
    title: heading,
    tenantName: tenantName ?? null,
    body: html`<h1>${heading}</h1>
<p class="lead" role="alert">${says}</p>
${link ? html`<p class="links"><a class="button" href="${link.href}">${link.text}</a></p>` : null}`,
  });
}
