import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { principalOf } from '../../access/api.ts';
import type { Context } from '../../context.ts';
import { readBody } from '../../graph/body.ts';
import { toJson } from '../../graph/codec.ts';
import { collection, contextOf } from '../../graph/collection.ts';
import { listInMemory } from '../../graph/list-in-memory.ts';
import { readListQuery } from '../../graph/list-query.ts';
import { alreadyExists, notFound } from '../../graph/refusal.ts';
import type { ApplicationTemplate } from '../../graph/resources.ts';
import { byOf } from '../by/api.ts';
import { instantiation } from '../bodies.ts';
import { addedApplication } from '../changes.ts';
import { applicationProperties, servicePrincipalProperties } from '../properties.ts';
import { insertRegisteredApplication, type RegisteredApplication } from '../store.ts';
import { viewServicePrincipal } from '../views/store.ts';
import { anyOtherApplicationId, findTemplate, templateProperties, templateRows } from './templates.ts';

type ById = { Params: { id: string } };

/** The gallery, and adding an application from it. */
export function mountTemplates(app: FastifyInstance, context: Context): void {
  const { db, config } = context;

  app.get('/applicationTemplates', { config: { access: 'applicationTemplates.read' } }, async (request) => {
    const query = readListQuery(request.query, templateProperties, {
      property: 'displayName',
      descending: false,
    });
    const page = listInMemory(templateRows, templateProperties, query);
    const value = page.rows.map((row) => toJson(templateProperties, row, query.select));
    return collection(value, { publicUrl: config.publicUrl, url: request.url, ...page });
  });

  app.get<ById>(
    '/applicationTemplates/:id',
    { config: { access: 'applicationTemplates.read' } },
    async (request) => find(request.params.id),
  );

  app.post<ById>(
    '/applicationTemplates/:id/instantiate',
    { config: { access: 'applicationTemplates.instantiate' } },
    async (request, reply) => {
      const template = find(request.params.id);
      const { displayName } = readBody(instantiation, request.body);
      const registered = instantiate(template, displayName, {
        tenantId: principalOf(request).tenantId,
        applicationId: context.newId(),
        servicePrincipalId: context.newId(),
        appId: randomUUID(),
        now: context.now(),
      });
      const audit = addedApplication(registered, byOf(request, context));
      if (!(await insertRegisteredApplication(db, registered, audit))) throw alreadyExists('identifierUris');
      const view = await viewServicePrincipal(db.kysely, registered, {
        publicUrl: config.publicUrl,
        showsKeys: false,
      });
      return reply.code(201).send({
        '@odata.context': contextOf(config.publicUrl, 'microsoft.graph.applicationServicePrincipal'),
        application: toJson(applicationProperties, { ...registered.application, ...registered }),
        servicePrincipal: toJson(servicePrincipalProperties, view),
      });
    },
  );
}

function find(id: string): ApplicationTemplate {
  const template = findTemplate(id);
  if (!template) throw notFound('Application template', id);
  return template;
}

/** The application and service principal a template makes; values that are the same everywhere are filled in. */
function instantiate(
  template: ApplicationTemplate,
  displayName: string,
  about: { tenantId: string; applicationId: string; servicePrincipalId: string; appId: string; now: number },
): RegisteredApplication {
  const { tenantId, appId, applicationId, now } = about;
  const fixed = (usage: string): string[] =>
    template.configurationUris.find((uri) => uri.usage === usage && uri.isFixed)?.values ?? [];
  const isFromGallery = template.id !== anyOtherApplicationId;
  return {
    application: {
      tenantId,
      id: applicationId,
      appId,
      displayName,
      applicationTemplateId: template.id,
      appRoles: JSON.stringify(template.appRoles),
      createdDateTime: now,
    },
    servicePrincipal: {
      tenantId,
      id: about.servicePrincipalId,
      applicationId,
      appId,
      displayName,
      accountEnabled: 1,
      appRoleAssignmentRequired: 1,
      loginUrl: fixed('loginUrl')[0] ?? null,
      logoutUrl: fixed('logoutUrl')[0] ?? null,
      preferredSingleSignOnMode: null,
      preferredTokenSigningKeyThumbprint: null,
      relayState: null,
      notes: null,
      // The tags Microsoft Graph gives the same objects: scripts tell enterprise applications by them.
      tags: JSON.stringify([
        'WindowsAzureActiveDirectoryIntegratedApp',
        ...(isFromGallery ? [] : ['WindowsAzureActiveDirectoryCustomSingleSignOnApplication']),
      ]),
      notificationEmailAddresses: '[]',
      createdDateTime: now,
    },
    identifierUris: fixed('identifierUri'),
    replyUrls: fixed('redirectUri').map((uri, index) => ({ uri, index, isDefault: index === 0 })),
  };
}
