import type { X509Certificate } from 'node:crypto';
import { booleanOf, unsignedShortOf, valueOf } from '../messages/simple-types.ts';
import { bindings, namespaces } from '../names.ts';
import type { PeerKeys } from '../signature/algorithms.ts';
import { element } from '../xml/build.ts';
import { writeXml } from '../xml/write.ts';
import { attributesOf, Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { type Endpoint, readEndpoint, requireHttp, writeEndpoint } from './endpoint.ts';
import { readEntityRole, roleAttributes, takeRoleStart } from './entity-descriptor.ts';
import { readSigningCertificates, writeSigningKeys } from './key-descriptor.ts';

/** An address at which responses are taken (saml-metadata 2.4.4, 2.2.3). */
export type AssertionConsumerService = Endpoint & { index: number; isDefault: boolean };

/** What a service provider publishes of itself. */
export type WriteSpMetadataInput = {
  entityId: string;
  /** The Location of the one HTTP POST AssertionConsumerService. */
  assertionConsumerServiceUrl: string;
  nameIdFormats?: string[];
  certificates?: X509Certificate[];
};

/** What the metadata of a service provider says (saml-metadata 2.4.4), as far as single sign-on needs it. */
export type SpMetadata = {
  entityId: string;
  /** In the order of the document; exactly one is the default (saml-metadata 2.4.4). */
  assertionConsumerServices: AssertionConsumerService[];
  singleLogoutServices: Endpoint[];
  nameIdFormats: string[];
  /** Certificates of the keys that may sign, in the order of the document. */
  certificates: X509Certificate[];
  authnRequestsSigned: boolean;
  wantAssertionsSigned: boolean;
  /** Epoch milliseconds. */
  validUntil?: number;
  signature: 'verified' | 'not-checked' | 'absent';
};

const { metadata, protocol } = namespaces;
const consumerName = { namespace: metadata, local: 'AssertionConsumerService' } as const;

/**
 * Writes the metadata of a service provider: one SPSSODescriptor (saml-metadata 2.4.4).
 *
 * @throws SamlRejection `metadata-location` (not http or https), `xml-character`
 */
export function writeSpMetadata(input: WriteSpMetadataInput): string {
  const formats = (input.nameIdFormats ?? []).map((format) =>
    element({ namespace: metadata, local: 'NameIDFormat' }, {}, [format]),
  );
  const role = element(
    { namespace: metadata, local: 'SPSSODescriptor' },
    {
      AuthnRequestsSigned: 'false',
      WantAssertionsSigned: 'true',
      protocolSupportEnumeration: protocol,
    },
    [
      ...writeSigningKeys(input.certificates ?? []),
      ...formats,
      writeEndpoint(
        'AssertionConsumerService',
        { binding: bindings.httpPost, location: requireHttp(input.assertionConsumerServiceUrl) },
        { index: '0', isDefault: 'true' },
      ),
    ],
  );
  return writeXml(
    element({ namespace: metadata, local: 'EntityDescriptor' }, { entityID: input.entityId }, [role]),
  );
}

/**
 * Reads the metadata of one service provider (saml-metadata 2.4.4). Its signature is checked where `trust` pins the keys
 * it must be signed with, and then required; otherwise it is not, and the answer says so.
 *
 * @throws SamlRejection
 */
export function readSpMetadata(octets: Uint8Array, trust?: PeerKeys): SpMetadata {
  const { role, ...entity } = readEntityRole(octets, 'SPSSODescriptor', trust);
  const { AuthnRequestsSigned, WantAssertionsSigned } = attributesOf(role, {
    required: roleAttributes.required,
    optional: [...roleAttributes.optional, 'AuthnRequestsSigned', 'WantAssertionsSigned'],
    open: true,
  });
  const content = new Content(role);
  const keys = takeRoleStart(content);
  const singleLogoutServices = content.many({ namespace: metadata, local: 'SingleLogoutService' });
  content.many({ namespace: metadata, local: 'ManageNameIDService' });
  const formats = content.many({ namespace: metadata, local: 'NameIDFormat' });
  const consumers = [content.one(consumerName), ...content.many(consumerName)];
  content.many({ namespace: metadata, local: 'AttributeConsumingService' });
  content.end();
  return {
    ...entity,
    assertionConsumerServices: withOneDefault(consumers.map(readConsumer)),
    singleLogoutServices: singleLogoutServices.map(readEndpoint),
    nameIdFormats: formats.map(valueOf),
    certificates: readSigningCertificates(keys),
    authnRequestsSigned: booleanOf(AuthnRequestsSigned) ?? false,
    wantAssertionsSigned: booleanOf(WantAssertionsSigned) ?? false,
  };
}

type Consumer = Endpoint & { index: number; isDefault: boolean | undefined };

function readConsumer(consumer: XmlElement): Consumer {
  const { index, isDefault } = attributesOf(consumer, {
    required: ['index'],
    optional: ['Binding', 'Location', 'ResponseLocation', 'isDefault'],
    open: true,
  });
  return {
    ...readEndpoint(consumer),
    index: unsignedShortOf(index) ?? 0,
    isDefault: booleanOf(isDefault),
  };
}

/**
 * The default is the first that says so, else the first that does not say it is not, else the first (saml-metadata
 * 2.4.4).
 */
function withOneDefault(consumers: readonly Consumer[]): AssertionConsumerService[] {
  const chosen =
    consumers.find(({ isDefault }) => isDefault === true) ??
    consumers.find(({ isDefault }) => isDefault === undefined) ??
    consumers[0];
  return consumers.map((consumer) => ({ ...consumer, isDefault: consumer === chosen }));
}
