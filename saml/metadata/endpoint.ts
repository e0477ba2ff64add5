import { reject } from '../rejection.ts';
import { namespaces } from '../names.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';

/** Where a role is spoken to, and how (saml-metadata 2.2.2). */
export type Endpoint = { binding: string; location: string };

/** The content of an endpoint is open and never read. */
export function readEndpoint(endpoint: XmlElement): Endpoint {
  const { Binding, Location } = attributesOf(endpoint, {
    required: ['Binding', 'Location'],
    optional: ['ResponseLocation', 'index', 'isDefault'],
    open: true,
  });
  return { binding: Binding, location: requireHttp(Location) };
}

/** A browser is sent there: `javascript:` and its like must not get so far. */
export function requireHttp(location: string): string {
  const url = URL.parse(location);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    reject('metadata-location', { expected: 'an absolute http or https URL', actual: location });
  }
  return location;
}

export function writeEndpoint(
  local: string,
  endpoint: Endpoint,
  more: Record<string, string | undefined> = {},
): BuiltElement {
  return element(
    { namespace: namespaces.metadata, local },
    { Binding: endpoint.binding, Location: endpoint.location, ...more },
    [],
  );
}
