import { type Html, html } from '@countersign/web';
import type { Viewer } from '../access/access.ts';

export type PageInput = {
  title: string;
  body: Html;
  /** Absent where nobody is signed in: the page then has no menu. */
  viewer?: Viewer | undefined;
  current?: 'home' | 'employees' | 'settings';
};

/** The frame of every page: head, top bar, content. */
export function page({ title, body, viewer, current }: PageInput): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title} · Perform</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/perform.svg" type="image/svg+xml">
<link rel="stylesheet" href="/perform.css">
<script src="/perform.js" defer></script>
</head>
<body class="${viewer ? 'inside' : 'outside'}">
<a class="skip" href="#content">Skip to content</a>
<header class="bar">
<a class="brand" href="/"><img src="/perform.svg" alt="" width="24" height="24">Perform</a>
${viewer && menu(viewer, current)}
</header>
<main id="content" tabindex="-1">
${body}
</main>
</body>
</html>
`;
}

function menu(viewer: Viewer, current: PageInput['current']): Html {
  const item = (name: string, href: string, label: string): Html =>
    html`<a href="${href}"${current === name ? html` aria-current="page"` : null}>${label}</a>`;
  return html`<nav aria-label="Main">
${item('home', '/', 'Home')}
${viewer.role === 'administrator' && [item('employees', '/employees', 'Employees'), item('settings', '/settings', 'Settings')]}
</nav>
<div class="who"><span class="who-name">${viewer.displayName}</span><span class="who-company">${viewer.companyName}</span></div>
<form method="post" action="/sign-out"><button class="quiet" type="submit">Sign out</button></form>`;
}

/** A point in time as people read it, in UTC because both sides' logs are compared. */
export function time(epochMilliseconds: number): Html {
  const iso = new Date(epochMilliseconds).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}

/** A day in UTC. */
export function day(epochMilliseconds: number): Html {
  const iso = new Date(epochMilliseconds).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)}</time>`;
}

export type FieldInput = {
  name: string;
  label: string;
  value?: string;
  hint?: string | Html | undefined;
  error?: string | undefined;
  type?: 'text' | 'password' | 'email' | 'url';
  autocomplete?: string;
  required?: boolean;
  autofocus?: boolean;
  /** Of the message that is about this field among others. */
  alertId?: string | undefined;
  /** More than one: a text area. */
  rows?: number;
  spellcheck?: boolean;
};

/** A labelled field with its hint and its error tied to it. */
export function field(input: FieldInput): Html {
  const { name, label, value = '', hint, error, type = 'text', rows = 1, alertId } = input;
  const described = [hint && `${name}-hint`, error && `${name}-error`, alertId].filter(Boolean).join(' ');
  const attributes = html`id="${name}" name="${name}"${described && html` aria-describedby="${described}"`}${
    error && html` aria-invalid="true"`
  }${input.required && html` required`}${input.autofocus && html` autofocus`}${
    input.autocomplete && html` autocomplete="${input.autocomplete}"`
  } spellcheck="false" autocapitalize="none"`;
  return html`<div class="field${error ? ' wrong' : ''}">
<label for="${name}">${label}</label>
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
${
  rows > 1
    ? html`<textarea ${attributes} rows="${rows}">${value}</textarea>`
    : html`<input ${attributes} type="${type}" value="${value}">`
}
${error && html`<p class="error" id="${name}-error">${error}</p>`}
</div>`;
}

/** A value to copy into the other side's console. The button appears where scripts run; without them it can be selected. */
export function copyField(name: string, label: string, value: string): Html {
  return html`<div class="field">
<label for="${name}">${label}</label>
<div class="copy"><input id="${name}" type="text" readonly value="${value}"><button type="button" class="secondary" data-copy="${name}" hidden><span>Copy</span><span class="unseen"> ${label}</span></button></div>
</div>`;
}

/** A message that assistive technology reads out at once. */
export function alert(body: Html | string, id?: string): Html {
  return html`<div class="alert" role="alert"${id && html` id="${id}"`}>${body}</div>`;
}

/** A message that things went well. */
export function notice(text: string): Html {
  return html`<div class="notice" role="status">${text}</div>`;
}

export type RefusalInput = {
  heading: string;
  says: string;
  /** Who must act, and what to do. */
  whoActs: string;
  toDo: string;
  reference: string;
  now: number;
  back: { href: string; label: string };
  viewer?: Viewer | undefined;
};

/** The page of every refusal: what happened, who must act, and by what an administrator finds it in the log. */
export function refusalPage(input: RefusalInput): Html {
  return page({
    title: input.heading,
    viewer: input.viewer,
    body: html`<section class="card narrow" aria-labelledby="heading">
<h1 id="heading">${input.heading}</h1>
<div role="alert"><p class="lead">${input.says}</p></div>
<dl class="facts">
<div><dt>Who must act</dt><dd>${capital(input.whoActs)}</dd></div>
<div><dt>What to do</dt><dd>${input.toDo}</dd></div>
<div><dt>Reference</dt><dd><code>${input.reference}</code></dd></div>
<div><dt>Time</dt><dd>${time(input.now)}</dd></div>
</dl>
<p><a class="button secondary" href="${input.back.href}">${input.back.label}</a></p>
</section>`,
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
