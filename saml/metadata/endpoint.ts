import { booleanOf, unsignedShortOf } from '../messages/simple-types.ts';
import { namespaces } from '../names.ts';
import { isHttpAddress } from '../http-address.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';

/** Where a role is spoken to, and how (saml-metadata 2.2.2). */
export type Endpoint = {
  binding: string;
  location: string;
  /** Where answers go, if not to `location`. */
  responseLocation?: string;
};

/** One of several that a message can refer to by number; exactly one of them is the default (saml-metadata 2.2.3). */
export type IndexedEndpoint = Endpoint & { index: number; isDefault: boolean };

const attributes = {
  required: ['Binding', 'Location'],
  optional: ['ResponseLocation', 'index', 'isDefault'],
  open: true,
} as const;

/** The content of an endpoint is open and never read. */
export function readEndpoint(endpoint: XmlElement): Endpoint {
  const { Binding, Location, ResponseLocation } = attributesOf(endpoint, attributes);
  return {
    binding: Binding,
    location: requireHttp(Location),
    ...(ResponseLocation === undefined ? {} : { responseLocation: requireHttp(ResponseLocation) }),
  };
}

/** Reads all endpoints of one kind that have an index. */
export function readIndexedEndpoints(endpoints: readonly XmlElement[]): IndexedEndpoint[] {
  const read = endpoints.map((endpoint) => ({ ...readEndpoint(endpoint), ...readIndex(endpoint) }));
  return withOneDefault(read);
}

type Index = { index: number; isDefault: boolean | undefined };

/** The attributes that make something one of several (saml-metadata 2.2.3, 2.4.4.1). */
function readIndex(indexed: XmlElement): Index {
  const { index, isDefault } = attributesOf(indexed, {
    ...attributes,
    required: ['index'],
    optional: ['Binding', 'Location', 'ResponseLocation', 'isDefault'],
  });
  return { index: unsignedShortOf(index), isDefault: booleanOf(isDefault) };
}

/**
 * The default is the first that says so, else the first that does not say it is not, else the first (saml-metadata
 * 2.2.3).
 */
export function withOneDefault<T extends { isDefault: boolean | undefined }>(
  indexed: readonly T[],
): (T & { isDefault: boolean })[] {
  const chosen =
    indexed.find(({ isDefault }) => isDefault === true) ??
    indexed.find(({ isDefault }) => isDefault === undefined) ??
    indexed[0];
  return indexed.map((one) => ({ ...one, isDefault: one === chosen }));
}

export function requireHttp(location: string): string {
  if (!isHttpAddress(location)) {
    reject('metadata-location', { expected: 'an absolute http or https URL', actual: location });
  }
  return location;
}

export function writeEndpoint(
  local: string,
  { binding, location, responseLocation }: Endpoint,
  more: Readonly<Record<string, string | undefined>> = {},
): BuiltElement {
  return element(
    { namespace: namespaces.metadata, local },
    {
      Binding: binding,
      Location: requireHttp(location),
      ResponseLocation: responseLocation === undefined ? undefined : requireHttp(responseLocation),
      ...more,
    },
  );
}

/** Writes endpoints of one kind; two of one index are refused, because nothing could refer to the second. */
export function writeIndexedEndpoints(local: string, endpoints: readonly IndexedEndpoint[]): BuiltElement[] {
  requireDistinctIndexes(local, endpoints);
  return endpoints.map((endpoint) => writeEndpoint(local, endpoint, indexAttributes(endpoint)));
}

export function indexAttributes({ index, isDefault }: { index: number; isDefault: boolean }) {
  return { index: `${unsignedShortOf(`${index}`)}`, isDefault: isDefault ? 'true' : undefined };
}

export function requireDistinctIndexes(local: string, indexed: readonly { index: number }[]): void {
  if (new Set(indexed.map(({ index }) => index)).size < indexed.length) {
    reject('value-malformed', { expected: `a different index for every ${local}` });
  }
}
