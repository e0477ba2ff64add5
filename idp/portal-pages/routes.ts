import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { sendHtml } from '@countersign/web';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAdministrator } from '../access/roles.ts';
import type { Context } from '../context.ts';
import { noticePage } from '../sign-in/pages.ts';
import { principalOf, readSession } from '../sign-in/session/routes.ts';

/** Where the build of the portal lies. */
export const builtPortal = fileURLToPath(new URL('../static/', import.meta.url));
/** Stands in the built page wherever the nonce of the Content-Security-Policy belongs. */
const noncePlaceholder = '__CSP_NONCE__';

/**
 * The portal: one page for the admin center and My Apps, which finds its way by its address, and its files.
 *
 *   GET /                        to /admin for administrators, else to /my-apps
 *   GET /admin, /admin/…, /my-apps, /my-apps/…    the page, for whoever is signed in
 *   GET /assets/…                its files, named by their content and therefore kept by browsers for ever
 */
export function mountPortalPages(app: FastifyInstance, context: Context, folder: string): void {
  const access = { config: { access: 'public' as const } };

  app.get('/', access, async (request, reply) => {
    const session = await readSession(context, request);
    const principal = session && (await principalOf(context, session));
    if (!principal) return reply.redirect('/sign-in', 303);
    return reply.redirect(isAdministrator(principal.roles) ? '/admin' : '/my-apps', 303);
  });
  for (const path of ['/admin', '/admin/*', '/my-apps', '/my-apps/*'])
    app.get(path, access, (request, reply) => sendPortal(request, reply));
  serveFiles(app, folder);

  async function sendPortal(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const session = await readSession(context, request);
    if (!session || session.user.accountEnabled === 0)
      return reply.redirect(`/sign-in?${new URLSearchParams({ return: request.url })}`, 303);
    const index = join(folder, 'index.html');
    if (!existsSync(index))
      return sendHtml(
        reply,
        noticePage({
          heading: 'The portal has not been built yet',
          says: 'Run npm run build in the folder of Countersign and start it again. Signing in to applications works without it.',
        }),
        503,
      );
    reply.allowScripts();
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(readFileSync(index, 'utf8').replaceAll(noncePlaceholder, request.cspNonce));
  }
}

/** One route for each file of the build, so that no address reaches any other file. */
function serveFiles(app: FastifyInstance, folder: string): void {
  if (!existsSync(folder)) return;
  app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, preCompressed: true });
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // What begins with a dot is a note of the build to itself; compressed copies are sent in their original's place.
    if (!file.isFile() || file.name === 'index.html' || /^\.|\.(br|gz)$/.test(file.name)) continue;
    const path = relative(folder, join(file.parentPath, file.name)).replaceAll('\\', '/');
    const forEver = path.startsWith('assets/');
    app.get(`/${path}`, { config: { access: 'public' } }, (_request, reply) =>
      reply
        .header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
        .sendFile(path),
    );
  }
}
