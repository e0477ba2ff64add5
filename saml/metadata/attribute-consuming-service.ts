import { booleanOf, requireValue, unsignedShortOf } from '../messages/simple-types.ts';
import { attributeNameFormats, namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { indexAttributes, requireDistinctIndexes, withOneDefault } from './endpoint.ts';
import { type Localized, readLocalized, writeLocalized } from './localized.ts';

/** An attribute a service asks for; which of its values it asks for is never read (saml-metadata 2.4.4.2). */
export type RequestedAttribute = {
  name: string;
  nameFormat: string;
  friendlyName?: string;
  isRequired: boolean;
};

/** What a service provider wants to be told (saml-metadata 2.4.4.1). */
export type AttributeConsumingService = {
  index: number;
  isDefault: boolean;
  names: Localized[];
  descriptions: Localized[];
  requestedAttributes: RequestedAttribute[];
};

const { metadata } = namespaces;
const name = { namespace: metadata, local: 'ServiceName' } as const;
const description = { namespace: metadata, local: 'ServiceDescription' } as const;
const requested = { namespace: metadata, local: 'RequestedAttribute' } as const;

export function readAttributeConsumingServices(services: readonly XmlElement[]): AttributeConsumingService[] {
  return withOneDefault(services.map(readService));
}

function readService(service: XmlElement) {
  const { index, isDefault } = attributesOf(service, { required: ['index'], optional: ['isDefault'] });
  const content = new Content(service);
  const names = [content.one(name), ...content.many(name)];
  const descriptions = content.many(description);
  const attributes = [content.one(requested), ...content.many(requested)];
  content.end();
  return {
    index: unsignedShortOf(index),
    isDefault: booleanOf(isDefault),
    names: names.map(readLocalized),
    descriptions: descriptions.map(readLocalized),
    requestedAttributes: attributes.map(readRequested),
  };
}

function readRequested(attribute: XmlElement): RequestedAttribute {
  const { Name, NameFormat, FriendlyName, isRequired } = attributesOf(attribute, {
    required: ['Name'],
    optional: ['NameFormat', 'FriendlyName', 'isRequired'],
    open: true,
  });
  const content = new Content(attribute);
  content.many({ namespace: namespaces.assertion, local: 'AttributeValue' });
  content.end();
  return {
    name: Name,
    nameFormat: NameFormat ?? attributeNameFormats.unspecified,
    ...(FriendlyName === undefined ? {} : { friendlyName: FriendlyName }),
    isRequired: booleanOf(isRequired) ?? false,
  };
}

export function writeAttributeConsumingServices(
  services: readonly AttributeConsumingService[],
): BuiltElement[] {
  requireDistinctIndexes('AttributeConsumingService', services);
  return services.map((service) => {
    if (service.requestedAttributes.length === 0) {
      reject('value-malformed', { expected: 'at least one RequestedAttribute' });
    }
    return element({ namespace: metadata, local: 'AttributeConsumingService' }, indexAttributes(service), [
      ...writeLocalized(name.local, service.names),
      ...(service.descriptions.length === 0 ? [] : writeLocalized(description.local, service.descriptions)),
      ...service.requestedAttributes.map(writeRequested),
    ]);
  });
}

function writeRequested(attribute: RequestedAttribute): BuiltElement {
  return element(requested, {
    Name: requireValue(attribute.name, 'Name'),
    NameFormat: attribute.nameFormat,
    FriendlyName: attribute.friendlyName,
    isRequired: attribute.isRequired ? 'true' : undefined,
  });
}
