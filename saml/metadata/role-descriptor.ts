import type { X509Certificate } from 'node:crypto';
import { requireNcName } from '../messages/message-id.ts';
import { requireValue, valueOf } from '../messages/simple-types.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import type { Signing } from '../signature/algorithms.ts';
import { signElement } from '../signature/sign.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, type AttributeValues, Content } from '../xml/content.ts';
import { isNamed, type XmlElement } from '../xml/tree.ts';
import { writeXml } from '../xml/write.ts';
import { type ContactPerson, readContactPerson, writeContactPerson } from './contact-person.ts';
import {
  type Endpoint,
  type IndexedEndpoint,
  readEndpoint,
  readIndexedEndpoints,
  requireHttp,
  writeEndpoint,
  writeIndexedEndpoints,
} from './endpoint.ts';
import {
  entityName,
  type FoundEntity,
  type MetadataSignature,
  readEntityDescriptor,
  readExtensions,
  type ReadMetadataOptions,
  requireEntityId,
  speaksSaml2,
} from './entity-descriptor.ts';
import {
  type EncryptionKey,
  readKeyDescriptors,
  type RoleKeys,
  writeKeyDescriptors,
} from './key-descriptor.ts';
import { type Organization, readOrganization, writeOrganization } from './organization.ts';
import { narrowest, readValidity, requireValid, type Validity, validityAttributes } from './validity.ts';

/** What an entity says of either role (saml-metadata 2.3.2, 2.4.1, 2.4.2). */
export type RoleMetadata = Validity &
  RoleKeys & {
    entityId: string;
    signature: MetadataSignature;
    artifactResolutionServices: IndexedEndpoint[];
    singleLogoutServices: Endpoint[];
    nameIdFormats: string[];
    /** Where people are sent who could not be helped. */
    errorUrl?: string;
    /** That of the role, else that of the entity. */
    organization?: Organization;
    /** Those of the role, then those of the entity. */
    contactPersons: ContactPerson[];
    /** Canonical XML of the Extensions, which are opaque and may say anything. */
    extensions: { entity?: string; role?: string };
  };

const { metadata, protocol, signature } = namespaces;
const md = (local: string) => ({ namespace: metadata, local });

/**
 * Reads the one descriptor of this kind that speaks SAML 2.0, as far as the two kinds are alike. `rest` is what is left of
 * its content, `flags` its attributes of those names.
 */
export function readRole<Flag extends string>(
  { root, signature: state, around }: FoundEntity,
  roleName: 'IDPSSODescriptor' | 'SPSSODescriptor',
  flagNames: readonly Flag[],
  options: ReadMetadataOptions,
): { common: RoleMetadata; rest: Content; flags: AttributeValues<never, Flag> } {
  const entity = readEntityDescriptor(root);
  const role = oneRole(entity.roles, roleName);
  const attributes = attributesOf<
    'protocolSupportEnumeration',
    'ID' | 'validUntil' | 'cacheDuration' | 'errorURL' | Flag
  >(role, {
    required: ['protocolSupportEnumeration'],
    optional: ['ID', 'validUntil', 'cacheDuration', 'errorURL', ...flagNames],
    open: true,
  });
  const { errorURL } = attributes;
  const validity = narrowest(narrowest(around, entity.validity), readValidity(attributes));
  requireValid(validity, options);

  const rest = new Content(role);
  rest.optional({ namespace: signature, local: 'Signature' });
  const extensions = readExtensions(rest);
  const keys = readKeyDescriptors(rest.many(md('KeyDescriptor')), options.allow);
  const organization = rest.optional(md('Organization'));
  const contactPersons = rest.many(md('ContactPerson'));
  const artifactResolutionServices = rest.many(md('ArtifactResolutionService'));
  const singleLogoutServices = rest.many(md('SingleLogoutService'));
  rest.many(md('ManageNameIDService'));
  const nameIdFormats = rest.many(md('NameIDFormat'));
  const whose = organization === undefined ? entity.organization : readOrganization(organization);
  const common: RoleMetadata = {
    entityId: entity.entityId,
    ...validity,
    signature: state,
    ...keys,
    artifactResolutionServices: readIndexedEndpoints(artifactResolutionServices),
    singleLogoutServices: singleLogoutServices.map(readEndpoint),
    nameIdFormats: nameIdFormats.map(valueOf),
    ...(errorURL === undefined ? {} : { errorUrl: requireHttp(errorURL) }),
    ...(whose === undefined ? {} : { organization: whose }),
    contactPersons: [...contactPersons.map(readContactPerson), ...entity.contactPersons],
    extensions: {
      ...(entity.extensions === undefined ? {} : { entity: entity.extensions }),
      ...(extensions === undefined ? {} : { role: extensions }),
    },
  };
  return { common, rest, flags: attributes };
}

function oneRole(roles: readonly XmlElement[], local: string): XmlElement {
  const [role, second] = roles.filter((given) => isNamed(given, md(local)) && speaksSaml2(given));
  if (role === undefined) reject('metadata-role-missing', { expected: local });
  if (second !== undefined) reject('metadata-role-ambiguous', { expected: `one ${local}` });
  return role;
}

/** What either side publishes of itself. What is signed needs an `id`; keys are published for all who ask. */
export type WriteRoleInput = Validity & {
  entityId: string;
  id?: string;
  certificates?: readonly X509Certificate[];
  encryptionKeys?: readonly EncryptionKey[];
  artifactResolutionServices?: readonly IndexedEndpoint[];
  singleLogoutServices?: readonly Endpoint[];
  nameIdFormats?: readonly string[];
  errorUrl?: string;
  organization?: Organization;
  contactPersons?: readonly ContactPerson[];
  signing?: Signing;
};

/** Writes the description of an entity with one role: `flags` are its own attributes, `rest` is its own content. */
export async function writeRole(
  roleName: 'IDPSSODescriptor' | 'SPSSODescriptor',
  input: WriteRoleInput,
  flags: Readonly<Record<string, string | undefined>>,
  rest: readonly BuiltElement[],
): Promise<string> {
  if (input.id !== undefined) requireNcName(input.id);
  const role = element(
    md(roleName),
    {
      protocolSupportEnumeration: protocol,
      errorURL: input.errorUrl === undefined ? undefined : requireHttp(input.errorUrl),
      ...flags,
    },
    [
      ...writeKeyDescriptors(input.certificates ?? [], input.encryptionKeys ?? []),
      ...writeIndexedEndpoints('ArtifactResolutionService', input.artifactResolutionServices ?? []),
      ...(input.singleLogoutServices ?? []).map((service) => writeEndpoint('SingleLogoutService', service)),
      ...(input.nameIdFormats ?? []).map((format) =>
        element(md('NameIDFormat'), {}, [requireValue(format, 'NameIDFormat')]),
      ),
      ...rest,
    ],
  );
  const entity = element(
    entityName,
    { ID: input.id, entityID: requireEntityId(input.entityId), ...validityAttributes(input) },
    [
      role,
      input.organization === undefined ? undefined : writeOrganization(input.organization),
      ...(input.contactPersons ?? []).map(writeContactPerson),
    ],
  );
  return writeXml(input.signing === undefined ? entity : await signElement(entity, input.signing));
}
