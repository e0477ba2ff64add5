import { type Html, html } from '@countersign/web';
import type { Viewer } from '../access/access.ts';
import { page, time } from '../frame/pages.ts';
import { roleLabels } from '../people/person.ts';

/** Who is signed in, and how. */
export function homePage(viewer: Viewer): Html {
  const single = viewer.method === 'saml';
  return page({
    title: 'Home',
    viewer,
    current: 'home',
    body: html`<h1>Welcome, ${viewer.displayName}</h1>
<section class="card" aria-labelledby="how">
<h2 id="how">Signed in with ${single ? 'single sign-on (SAML)' : 'password'}</h2>
<dl class="facts">
<div><dt>Company</dt><dd>${viewer.companyName}</dd></div>
<div><dt>User name</dt><dd>${viewer.userName}</dd></div>
<div><dt>Role</dt><dd>${roleLabels[viewer.role]}</dd></div>
${
  single &&
  html`<div><dt>NameID</dt><dd>${viewer.nameId}</dd></div>
<div><dt>NameID format</dt><dd class="wrap">${viewer.nameIdFormat}</dd></div>
<div><dt>Identity provider</dt><dd class="wrap">${viewer.issuer}</dd></div>`
}
<div><dt>Signed in at</dt><dd>${time(viewer.createdDateTime)}</dd></div>
<div><dt>Session ends</dt><dd>${time(viewer.expiresDateTime)}</dd></div>
</dl>
</section>`,
  });
}
