import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** The few files every page needs, by the name they have in an address. */
export type Assets = { 'perform.css': string; 'perform.js': string; 'perform.svg': string };

const types: Record<keyof Assets, string> = {
  'perform.css': 'text/css; charset=utf-8',
  'perform.js': 'text/javascript; charset=utf-8',
  'perform.svg': 'image/svg+xml',
};

/** Style sheet, script and sign, and the address that says the service is up. */
export function mountFrame(app: FastifyInstance, assets: Assets): void {
  for (const name of Object.keys(types) as (keyof Assets)[]) {
    const text = assets[name];
    const etag = `"${hash('sha256', text, 'hex').slice(0, 16)}"`;
    app.get(`/${name}`, { config: { admits: 'public' } }, (request, reply) => {
      reply.header('cache-control', 'no-cache').header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return reply.type(types[name]).send(text);
    });
  }
  app.get('/healthz', { config: { admits: 'public' } }, () => ({ status: 'ok' }));
}
