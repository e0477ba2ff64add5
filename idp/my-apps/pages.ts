import { type Html, html } from '@countersign/web';
import { page } from '../sign-in/pages.ts';

/** Goes to an application by itself; the link is for browsers that do not. */
export function openingPage(applicationName: string, address: string): Html {
  return page({
    title: `Opening ${applicationName}`,
    goesTo: address,
    body: html`<h1>Opening ${applicationName}</h1>
<p class="lead">You are being taken to <span class="destination">${new URL(address).host}</span></p>
<p class="links"><a class="button" href="${address}">Continue</a></p>`,
  });
}
