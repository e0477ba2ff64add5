import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The Content-Security-Policy nonce of this one response. */
    cspNonce: string;
  }
  interface FastifyReply {
    /**
     * Lets the form of this page be sent to another site (the SAML POST to an assertion consumer service). Browsers hold
     * every redirect that follows to the same list, and where an application goes after its reply URL is its own business:
     * so this opens all of https, and http on this machine.
     */
    allowForeignForms(): FastifyReply;
    /** Lets this page run scripts and use styles that carry the nonce, and load our own files. */
    allowScripts(): FastifyReply;
  }
}

type Widened = { foreignForms: boolean; scripts: boolean };

const foreignForms = ['https:', 'http://localhost:*', 'http://127.0.0.1:*'];

/**
 * Sends the security headers with every response: nothing may be loaded, framed or posted elsewhere unless a route
 * says so with `allowForeignForms` or `allowScripts`.
 *
 * @param options.secure true where browsers reach the service over https: adds Strict-Transport-Security
 */
export function securityHeaders(app: FastifyInstance, options: { secure: boolean }): void {
  const widened = new WeakMap<FastifyReply, Widened>();
  const of = (reply: FastifyReply): Widened => {
    const known = widened.get(reply) ?? { foreignForms: false, scripts: false };
    widened.set(reply, known);
    return known;
  };
  app.decorateRequest('cspNonce', '');
  app.decorateReply('allowForeignForms', function () {
    of(this).foreignForms = true;
    return this;
  });
  app.decorateReply('allowScripts', function () {
    of(this).scripts = true;
    return this;
  });
  app.addHook('onRequest', async (request) => {
    request.cspNonce = randomBytes(18).toString('base64');
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('content-security-policy', contentSecurityPolicy(request.cspNonce, of(reply)));
    reply.header('x-content-type-options', 'nosniff');
    reply.header('x-frame-options', 'DENY');
    reply.header('referrer-policy', 'strict-origin');
    reply.header('cross-origin-opener-policy', 'same-origin-allow-popups');
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()');
    if (options.secure) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}

function contentSecurityPolicy(nonce: string, widened: Widened): string {
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...(widened.foreignForms ? foreignForms : [])].join(' ')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `style-src 'self'${widened.scripts ? ` 'nonce-${nonce}'` : ''}`,
    `script-src 'self'${widened.scripts ? ` 'nonce-${nonce}'` : ''}`,
  ].join('; ');
}
