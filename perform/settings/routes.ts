import { X509Certificate } from 'node:crypto';
import {
  type Connection,
  type ConnectionField,
  type ConnectionForm,
  type ConnectionSettings,
  readConnectionSettings,
  summarizeCertificate,
} from '@countersign/sp-kit';
import { HttpError, sendHtml } from '@countersign/web';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Viewer } from '../access/access.ts';
import { viewerOf } from '../access/routes.ts';
import type { Context } from '../context.ts';
import { recordAudit } from '../logs/record.ts';
import { listAudits, listSignIns } from '../logs/store.ts';
import {
  authenticationPage,
  companySettingsPage,
  type SamlSettingsInput,
  samlSettingsPage,
} from './pages.ts';

const linesShown = 50;

/** Settings: company, Authentication & SSO, SAML 2.0. For administrators. */
export function mountSettings(app: FastifyInstance, context: Context): void {
  const guarded = { config: { admits: 'administrator' as const } };

  app.get('/settings', guarded, async (request, reply) => {
    const viewer = viewerOf(request);
    const audits = await listAudits(context.db, viewer.namespace, linesShown);
    return sendHtml(reply, companySettingsPage(viewer, audits));
  });

  app.get('/settings/authentication', guarded, async (request, reply) => {
    const viewer = withSso(request);
    const connection = await context.saml.store.findConnection(viewer.namespace);
    const signIns = await listSignIns(context.db, viewer.namespace, linesShown);
    return sendHtml(reply, authenticationPage(viewer, connection, signIns));
  });

  app.get<{ Querystring: { saved?: string } }>(
    '/settings/authentication/saml',
    guarded,
    async (request, reply) => {
      const viewer = withSso(request);
      const connection = await context.saml.store.findConnection(viewer.namespace);
      const input = inputOf(context, viewer, connection);
      return sendHtml(
        reply,
        samlSettingsPage(viewer, { ...input, saved: request.query.saved !== undefined }),
      );
    },
  );

  app.post<{ Body: Map<string, string> | undefined }>(
    '/settings/authentication/saml',
    guarded,
    async (request, reply) => {
      const viewer = withSso(request);
      const form = readForm(request.body);
      const before = await context.saml.store.findConnection(viewer.namespace);
      const input = inputOf(context, viewer, before);
      const read = readConnectionSettings(form, input.own, context.now());
      if (!read.ok) {
        const errors = Object.fromEntries(read.errors.map(({ field, says }) => [field, says]));
        // A private key that was pasted by mistake must not come back in a page.
        const keyPasted = read.errors.some(({ code }) => code === 'certificate-is-private-key');
        const shown = keyPasted ? { ...form, certificate: '' } : form;
        return sendHtml(reply, samlSettingsPage(viewer, { ...input, form: shown, errors }), 422);
      }
      await save(context, viewer, before, read.settings);
      return reply.redirect('/settings/authentication/saml?saved=1', 303);
    },
  );
}

async function save(
  context: Context,
  viewer: Viewer,
  before: Connection | undefined,
  settings: ConnectionSettings,
): Promise<void> {
  const now = context.now();
  await context.saml.store.saveConnection(viewer.namespace, {
    id: before?.id ?? context.newId(),
    ...settings,
    createdDateTime: before?.createdDateTime ?? now,
    lastModifiedDateTime: now,
  });
  await recordAudit(context, viewer.namespace, viewer, {
    activity: before ? 'Change SAML settings' : 'Set up SAML',
    target: 'SAML 2.0',
    details: { before: before ? auditable(before) : null, after: auditable(settings) },
  });
}

/** Certificates by thumbprint: what both sides' administrators compare. */
function auditable({ loginUrl, identifier, logoutUrl, certificates }: ConnectionSettings) {
  const thumbprints = certificates.map((pem) => summarizeCertificate(new X509Certificate(pem)).thumbprint);
  return { loginUrl, identifier, logoutUrl, thumbprints };
}

/** The signed-in administrator of a company whose plan includes single sign-on. */
function withSso(request: FastifyRequest): Viewer {
  const viewer = viewerOf(request);
  if (!viewer.ssoInPlan)
    throw new HttpError(
      403,
      'sso-not-in-plan',
      "Single sign-on is not part of your company's plan. Perform's support can add it.",
    );
  return viewer;
}

function inputOf(
  context: Context,
  viewer: Viewer,
  connection: Connection | undefined,
): Omit<SamlSettingsInput, 'errors'> & { errors: Partial<Record<ConnectionField, string>> } {
  const { namespace } = viewer;
  return {
    own: {
      entityId: context.saml.entityId,
      assertionConsumerServiceUrl: context.saml.assertionConsumerServiceUrl(namespace),
      signOnUrl: `${context.config.publicUrl}/auth/saml/?namespace=${namespace}`,
    },
    form: {
      certificate: connection?.certificates.join('') ?? '',
      loginUrl: connection?.loginUrl ?? '',
      identifier: connection?.identifier ?? '',
      logoutUrl: connection?.logoutUrl ?? '',
    },
    errors: {},
    saved: false,
    certificates: connection?.certificates.map((pem) => summarizeCertificate(new X509Certificate(pem))) ?? [],
    lastModifiedDateTime: connection?.lastModifiedDateTime,
    now: context.now(),
  };
}

function readForm(body: Map<string, string> | undefined): ConnectionForm {
  const value = (name: string): string => body?.get(name) ?? '';
  return {
    certificate: value('certificate'),
    loginUrl: value('loginUrl'),
    identifier: value('identifier'),
    logoutUrl: value('logoutUrl'),
  };
}
