import type { FastifyInstance } from 'fastify';
import { principalOf } from '../../access/api.ts';
import type { Context } from '../../context.ts';
import { collection } from '../../graph/collection.ts';
import { notFound } from '../../graph/refusal.ts';
import type { Domain, Organization } from '../../graph/resources.ts';
import { findTenant, verifiedDomains } from './store.ts';

/** The organisation of whoever asks, and its domains. */
export function mountTenants(app: FastifyInstance, context: Context): void {
  const { db, config } = context;

  app.get('/organization', { config: { access: 'organization.read' } }, async (request) => {
    const { tenantId } = principalOf(request);
    const tenant = await findTenant(db.kysely, tenantId);
    if (!tenant) throw notFound('Organization', tenantId);
    const domains = await verifiedDomains(db.kysely, tenantId);
    const organization: Organization = {
      id: tenant.id,
      displayName: tenant.displayName,
      createdDateTime: new Date(tenant.createdDateTime).toISOString(),
      verifiedDomains: domains.map(({ name, isDefault }) => ({ name, isDefault: isDefault === 1 })),
      samlIdentityProvider: {
        entityId: tenant.issuer,
        loginUrl: `${config.publicUrl}/${tenant.id}/saml2`,
        logoutUrl: `${config.publicUrl}/${tenant.id}/saml2`,
      },
    };
    return collection([organization], { publicUrl: config.publicUrl, url: request.url });
  });

  app.get('/domains', { config: { access: 'domains.read' } }, async (request) => {
    const rows = await verifiedDomains(db.kysely, principalOf(request).tenantId);
    const domains = rows.map(
      (row): Domain => ({
        id: row.name,
        isDefault: row.isDefault === 1,
        isVerified: true,
      }),
    );
    return collection(domains, { publicUrl: config.publicUrl, url: request.url });
  });
}
