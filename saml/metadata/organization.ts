import { namespaces } from '../names.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { requireHttp } from './endpoint.ts';
import { type Localized, readLocalized, writeLocalized } from './localized.ts';

/** Who answers for an entity or a role, in each language it is given in (saml-metadata 2.3.2.1). */
export type Organization = { names: Localized[]; displayNames: Localized[]; urls: Localized[] };

const { metadata } = namespaces;
const name = { namespace: metadata, local: 'OrganizationName' } as const;
const displayName = { namespace: metadata, local: 'OrganizationDisplayName' } as const;
const url = { namespace: metadata, local: 'OrganizationURL' } as const;

export function readOrganization(organization: XmlElement): Organization {
  attributesOf(organization, { open: true });
  const content = new Content(organization);
  content.optional({ namespace: metadata, local: 'Extensions' });
  const names = [content.one(name), ...content.many(name)];
  const displayNames = [content.one(displayName), ...content.many(displayName)];
  const urls = [content.one(url), ...content.many(url)];
  content.end();
  return {
    names: names.map(readLocalized),
    displayNames: displayNames.map(readLocalized),
    urls: urls.map(readLocalized).map(requireAddress),
  };
}

export function writeOrganization({ names, displayNames, urls }: Organization): BuiltElement {
  return element({ namespace: metadata, local: 'Organization' }, {}, [
    ...writeLocalized(name.local, names),
    ...writeLocalized(displayName.local, displayNames),
    ...writeLocalized(url.local, urls.map(requireAddress)),
  ]);
}

/** It is shown as a link. Text is often printed on a line of its own. */
function requireAddress(address: Localized): Localized {
  requireHttp(address.text.trim());
  return address;
}
