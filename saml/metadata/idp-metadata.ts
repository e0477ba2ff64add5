import type { X509Certificate } from 'node:crypto';
import { requireNcName } from '../messages/message-id.ts';
import { bindings, namespaces } from '../names.ts';
import type { PeerKeys, Signing } from '../signature/algorithms.ts';
import { signElement } from '../signature/sign.ts';
import { element } from '../xml/build.ts';
import { writeXml } from '../xml/write.ts';
import { attributesOf, Content } from '../xml/content.ts';
import { type Endpoint, readEndpoint, requireHttp, writeEndpoint } from './endpoint.ts';
import { readEntityRole, roleAttributes, takeRoleStart } from './entity-descriptor.ts';
import { readSigningCertificates, writeSigningKeys } from './key-descriptor.ts';

/** What an identity provider publishes of itself. */
export type WriteIdpMetadataInput = {
  entityId: string;
  id: string;
  singleSignOnUrl: string;
  singleLogoutUrl?: string;
  certificates: X509Certificate[];
  signing?: Signing;
};

/** What the metadata of an identity provider says (saml-metadata 2.4.3), as far as single sign-on needs it. */
export type IdpMetadata = {
  entityId: string;
  /** Certificates of the keys that may sign, in the order of the document. */
  certificates: X509Certificate[];
  singleSignOnServices: Endpoint[];
  singleLogoutServices: Endpoint[];
  /** Epoch milliseconds. */
  validUntil?: number;
  signature: 'verified' | 'not-checked' | 'absent';
};

const { metadata, protocol } = namespaces;
const signOnName = { namespace: metadata, local: 'SingleSignOnService' } as const;

/**
 * Writes the metadata of an identity provider: one IDPSSODescriptor (saml-metadata 2.4.3).
 *
 * @throws SamlRejection `id-not-ncname`, `metadata-location` (not http or https), `xml-character`
 */
export async function writeIdpMetadata(input: WriteIdpMetadataInput): Promise<string> {
  requireNcName(input.id);
  const { httpPost, httpRedirect } = bindings;
  const signOn = requireHttp(input.singleSignOnUrl);
  const role = element(
    { namespace: metadata, local: 'IDPSSODescriptor' },
    { protocolSupportEnumeration: protocol },
    [
      ...writeSigningKeys(input.certificates),
      input.singleLogoutUrl === undefined
        ? undefined
        : writeEndpoint('SingleLogoutService', {
            binding: httpRedirect,
            location: requireHttp(input.singleLogoutUrl),
          }),
      writeEndpoint('SingleSignOnService', { binding: httpRedirect, location: signOn }),
      writeEndpoint('SingleSignOnService', { binding: httpPost, location: signOn }),
    ],
  );
  const entity = element(
    { namespace: metadata, local: 'EntityDescriptor' },
    { ID: input.id, entityID: input.entityId },
    [role],
  );
  return writeXml(input.signing === undefined ? entity : await signElement(entity, input.signing));
}

/**
 * Reads the metadata of one identity provider (saml-metadata 2.4.3). Its signature is checked where `trust` pins the keys
 * it must be signed with, and then required; otherwise it is not, and the answer says so.
 *
 * @throws SamlRejection
 */
export function readIdpMetadata(octets: Uint8Array, trust?: PeerKeys): IdpMetadata {
  const { role, ...entity } = readEntityRole(octets, 'IDPSSODescriptor', trust);
  attributesOf(role, {
    required: roleAttributes.required,
    optional: [...roleAttributes.optional, 'WantAuthnRequestsSigned'],
    open: true,
  });
  const content = new Content(role);
  const keys = takeRoleStart(content);
  const singleLogoutServices = content.many({ namespace: metadata, local: 'SingleLogoutService' });
  content.many({ namespace: metadata, local: 'ManageNameIDService' });
  content.many({ namespace: metadata, local: 'NameIDFormat' });
  const singleSignOnServices = [content.one(signOnName), ...content.many(signOnName)];
  content.many({ namespace: metadata, local: 'NameIDMappingService' });
  content.many({ namespace: metadata, local: 'AssertionIDRequestService' });
  content.many({ namespace: metadata, local: 'AttributeProfile' });
  content.many({ namespace: namespaces.assertion, local: 'Attribute' });
  content.end();
  return {
    ...entity,
    certificates: readSigningCertificates(keys),
    singleSignOnServices: singleSignOnServices.map(readEndpoint),
    singleLogoutServices: singleLogoutServices.map(readEndpoint),
  };
}
