import type { FastifyRequest } from 'fastify';
import { HttpError } from './http-error.ts';

/**
 * Lets a request pass that one of our own pages sent, and no other: its Origin is the service's own, or the browser
 * itself says `Sec-Fetch-Site: same-origin`. Browsers set both and pages cannot change them, so a form on a foreign
 * site fails here even where its cookie came along.
 *
 * @throws HttpError 403 `cross-site-request`
 */
export function requireSameOrigin(request: FastifyRequest, publicUrl: string): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const fromHere = origin === undefined ? site === 'same-origin' : origin === new URL(publicUrl).origin;
  if (!fromHere || (site !== undefined && site !== 'same-origin'))
    throw new HttpError(
      403,
      'cross-site-request',
      'This request did not come from one of our own pages. Open the page again and repeat what you did.',
    );
}
