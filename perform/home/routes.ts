import { sendHtml } from '@countersign/web';
import type { FastifyInstance } from 'fastify';
import { viewerOf } from '../access/routes.ts';
import { homePage } from './pages.ts';

/** The page after signing in. */
export function mountHome(app: FastifyInstance): void {
  app.get('/', { config: { admits: 'employee' } }, (request, reply) =>
    sendHtml(reply, homePage(viewerOf(request))),
  );
}
