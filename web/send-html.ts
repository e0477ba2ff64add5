import type { FastifyReply } from 'fastify';
import type { Html } from './html.ts';

/** Answers with a page that no cache may keep. */
export function sendHtml(reply: FastifyReply, page: Html, status = 200): FastifyReply {
  return reply
    .status(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page.toString());
}
