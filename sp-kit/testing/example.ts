import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { migrate, open, uuidv7 } from '@countersign/database';
import {
  acceptSignInResponse,
  finishSignIn,
  readConnectionSettings,
  SignInRefusal,
  type ServiceProvider,
  spKitMigrations,
  type SpKitTables,
  sqlStore,
  startSignIn,
} from '@countersign/sp-kit';

/** A whole application with single sign-on: http://localhost:4300/login?namespace=contoso */
export async function startExample(port: number, pasted: Record<string, string>): Promise<Server> {
  const db = await open<SpKitTables>('sqlite::memory:');
  await migrate(db, spKitMigrations, Date.now);
  const base = `http://localhost:${port}`;
  const saml: ServiceProvider = {
    entityId: `${base}/`,
    assertionConsumerServiceUrl: (namespace) => `${base}/callback?namespace=${namespace}`,
    store: sqlStore(db),
    now: Date.now,
    newId: () => uuidv7(Date.now()),
    newSecret: () => randomBytes(32).toString('base64url'),
    skewMilliseconds: 180_000,
  };

  // What a customer pastes into your settings page: certificate, Login URL, Identifier, Logout URL.
  const form = { certificate: '', loginUrl: '', identifier: '', logoutUrl: '', ...pasted };
  const own = {
    entityId: saml.entityId,
    assertionConsumerServiceUrl: saml.assertionConsumerServiceUrl('contoso'),
  };
  const read = readConnectionSettings(form, own, Date.now());
  if (!read.ok) throw new Error(read.errors.map(({ field, says }) => `${field}: ${says}`).join('\n'));
  const times = { createdDateTime: Date.now(), lastModifiedDateTime: Date.now() };
  await saml.store.saveConnection('contoso', { id: saml.newId(), ...read.settings, ...times });

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', base);
    const namespace = url.searchParams.get('namespace') ?? '';
    const go = (status: number, location: string, headers: Record<string, string> = {}) =>
      response.writeHead(status, { location, ...headers }).end();
    try {
      if (url.pathname === '/login') {
        // 1. Mark this browser and leave for the identity provider.
        const browser = markOf(request) ?? saml.newSecret();
        const sent = await startSignIn(saml, { namespace, browser });
        go(302, sent.url, { 'set-cookie': `mark=${browser}; HttpOnly; SameSite=Lax; Path=/` });
      } else if (url.pathname === '/callback' && request.method === 'POST') {
        // 2. Another site posts here, so no cookie came along. Verify, and come back by our own redirect.
        const fields = Object.fromEntries(new URLSearchParams(await text(request)));
        const { handle } = await acceptSignInResponse(saml, { namespace, fields });
        go(303, `/finish?namespace=${namespace}&handle=${handle}`);
      } else if (url.pathname === '/finish') {
        // 3. The browser that began? Then find the person, and only now make your session.
        const handle = url.searchParams.get('handle') ?? '';
        const done = await finishSignIn(saml, { namespace, handle, browser: markOf(request) });
        const person = done.accountId ?? (await done.link(`person-${done.identity.nameId.value}`));
        response.end(`Welcome, ${person}`);
      } else response.writeHead(404).end();
    } catch (error) {
      if (!(error instanceof SignInRefusal)) throw error;
      // The code and both strings are for your log; the person gets a sentence and who must act.
      console.log(error.code, error.expected, error.actual);
      response.writeHead(403).end(error.says);
    }
  });
  return new Promise((resolve) => {
    server.listen(port, 'localhost', () => resolve(server));
  });
}

function markOf(request: IncomingMessage): string | undefined {
  return /(?:^|; )mark=([\w-]{43})/.exec(request.headers.cookie ?? '')?.[1];
}

const { IDP_CERTIFICATE: certificate, IDP_LOGIN_URL: loginUrl, IDP_IDENTIFIER: identifier } = process.env;
if (certificate && loginUrl && identifier) await startExample(4300, { certificate, loginUrl, identifier });
