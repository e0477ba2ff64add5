/** What both services need of HTTP and neither should write twice. */
export { cookieName, parseCookies, serializeCookie } from './cookies.ts';
export { registerForms } from './forms.ts';
export { type Html, html, raw } from './html.ts';
export { HttpError } from './http-error.ts';
export { requireSameOrigin } from './same-origin.ts';
export { securityHeaders } from './security-headers.ts';
export { sendHtml } from './send-html.ts';
