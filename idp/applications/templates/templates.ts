import { anyOtherApplicationId, loadTemplates } from '@countersign/gallery';
import { toRow } from '../../graph/codec.ts';
import type { Properties } from '../../graph/properties.ts';
import type { ApplicationTemplate } from '../../graph/resources.ts';

export { anyOtherApplicationId };

export const templateProperties: Properties = {
  id: { kind: 'id', filter: true, sort: true },
  displayName: { kind: 'string', filter: true, sort: true, search: true },
  publisher: { kind: 'string', filter: true, sort: true, search: true },
  description: { kind: 'string', search: true },
  homePageUrl: { kind: 'string' },
  logoUrl: { kind: 'string' },
  categories: { kind: 'stringCollection', filter: { any: '', text: true } },
  supportedSingleSignOnModes: { kind: 'stringCollection' },
  supportedProvisioningTypes: { kind: 'stringCollection' },
  singleSignOnInitiation: { kind: 'string' },
  configurationUris: { kind: 'json' },
  appRoles: { kind: 'json' },
  applicationSettings: { kind: 'json' },
  setUpSteps: { kind: 'json' },
};

/** The gallery as the API shows it, by name. */
export const templates: readonly ApplicationTemplate[] = loadTemplates().map((template) => ({
  ...template,
  logoUrl: null,
  supportedSingleSignOnModes: ['saml'],
  supportedProvisioningTypes: [],
  configurationUris: template.configurationUris.map((uri) => ({ ...uri, appliesToSingleSignOnMode: 'saml' })),
  appRoles: template.appRoles.map((role) => ({ ...role, allowedMemberTypes: ['User'] })),
}));

/** The same as rows: what a list query looks at. */
export const templateRows = templates.map((template) => toRow(templateProperties, template));

export function findTemplate(id: string): ApplicationTemplate | undefined {
  return templates.find((template) => template.id === id.toLowerCase());
}
