import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { arbitraryIdpInput, arbitrarySpInput } from '../fixtures/arbitrary-metadata.ts';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { schemaComplaint } from '../fixtures/oasis-schemas.ts';
import * as given from '../fixtures/web-sso.ts';
import { bindings } from '../names.ts';
import type { ContactPerson } from './contact-person.ts';
import { readIdpMetadata, writeIdpMetadata } from './idp-metadata.ts';
import type { RoleMetadata, WriteRoleInput } from './role-descriptor.ts';
import { readSpMetadata, writeSpMetadata } from './sp-metadata.ts';

/** What must be read where this was written. */
function common(input: WriteRoleInput): RoleMetadata {
  const { id: _, certificates = [], encryptionKeys = [], signing: __, ...rest } = input;
  return {
    artifactResolutionServices: [],
    singleLogoutServices: [],
    nameIdFormats: [],
    contactPersons: [],
    extensions: {},
    signature: 'absent',
    ...rest,
    certificates: [...certificates],
    encryptionKeys: [...encryptionKeys],
  } as RoleMetadata;
}

/** Certificates compare by their octets. */
function plain<T extends RoleMetadata>({ certificates, encryptionKeys, ...rest }: T) {
  return {
    ...rest,
    certificates: certificates.map(({ fingerprint256 }) => fingerprint256),
    encryptionKeys: encryptionKeys.map(({ certificate, methods }) => [certificate.fingerprint256, methods]),
  };
}

describe('what is written is valid by the OASIS schema, and read as it was written, for every option', () => {
  test('of an identity provider', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryIdpInput, async (input) => {
        const xml = await writeIdpMetadata(input);
        assert.equal(schemaComplaint(xml, 'metadata'), '');
        const { singleSignOnUrl, singleLogoutUrl, wantAuthnRequestsSigned = false, ...rest } = input;
        const expected = common(rest);
        if (singleLogoutUrl !== undefined) {
          const first = { binding: bindings.httpRedirect, location: singleLogoutUrl };
          expected.singleLogoutServices = [first, ...expected.singleLogoutServices];
        }
        assert.deepEqual(plain(readIdpMetadata(Buffer.from(xml))), {
          ...plain(expected),
          singleSignOnServices: [
            { binding: bindings.httpRedirect, location: singleSignOnUrl },
            { binding: bindings.httpPost, location: singleSignOnUrl },
          ],
          wantAuthnRequestsSigned,
        });
      }),
      { numRuns: 200 },
    );
  });

  test('of a service provider', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySpInput, async (input) => {
        const xml = await writeSpMetadata(input);
        assert.equal(schemaComplaint(xml, 'metadata'), '');
        const { assertionConsumerServiceUrl: location, assertionConsumerServices = [], ...rest } = input;
        const { attributeConsumingServices = [], authnRequestsSigned, wantAssertionsSigned, ...roles } = rest;
        assert.deepEqual(plain(readSpMetadata(Buffer.from(xml))), {
          ...plain(common(roles)),
          assertionConsumerServices: [
            { binding: bindings.httpPost, location, index: 0, isDefault: true },
            ...assertionConsumerServices,
          ],
          attributeConsumingServices,
          authnRequestsSigned: authnRequestsSigned ?? false,
          wantAssertionsSigned: wantAssertionsSigned ?? true,
        });
      }),
      { numRuns: 200 },
    );
  });

  test('signed, by every kind of key', async () => {
    for (const [algorithm, name] of [
      ['rsa-sha512', 'rsa'],
      ['ecdsa-sha256', 'ec-p256'],
      ['ecdsa-sha384', 'ec-p384'],
    ] as const) {
      const key = fixtureKey(name);
      const signing = { key, certificate: fixtureCertificate(name), algorithm };
      const trust = { certificates: [fixtureCertificate(name)] };
      const idp = await writeIdpMetadata({ ...idpInput, signing });
      assert.equal(schemaComplaint(idp, 'metadata'), '');
      assert.equal(readIdpMetadata(Buffer.from(idp), { trust }).signature, 'verified');
      const sp = await writeSpMetadata({ ...spInput, id: '_sp', signing });
      assert.equal(schemaComplaint(sp, 'metadata'), '');
      assert.equal(readSpMetadata(Buffer.from(sp), { trust }).signature, 'verified');
    }
  });
});

const idpInput = {
  entityId: 'x',
  id: '_m',
  singleSignOnUrl: given.endpoint,
  certificates: [given.certificate],
};
const spInput = { entityId: 'x', assertionConsumerServiceUrl: given.replyUrl };
const organization = {
  names: [{ language: 'en', text: 'x' }],
  displayNames: [{ language: 'en', text: 'x' }],
  urls: [{ language: 'en', text: 'https://x.example/' }],
};
const contact: ContactPerson = { type: 'technical', emailAddresses: [], telephoneNumbers: [] };

describe('what would not be accepted is not written', () => {
  const badly: Record<string, [code: string, write: () => Promise<string>, expected?: string]> = {
    'an ID that is none': ['id-not-ncname', () => writeIdpMetadata({ ...idpInput, id: '0190a1b2' })],
    'an ID of a service provider that is none': [
      'id-not-ncname',
      () => writeSpMetadata({ ...spInput, id: 'a b' }),
    ],
    'an empty entityID': ['value-malformed', () => writeSpMetadata({ ...spInput, entityId: '' })],
    'an entityID that is too long': [
      'value-malformed',
      () => writeSpMetadata({ ...spInput, entityId: 'x'.repeat(1025) }),
    ],
    'a script to sign on': [
      'metadata-location',
      () => writeIdpMetadata({ ...idpInput, singleSignOnUrl: 'javascript:alert(1)' }),
    ],
    'a path to log out': [
      'metadata-location',
      () => writeIdpMetadata({ ...idpInput, singleLogoutUrl: '/saml2' }),
    ],
    'a script to answer to': [
      'metadata-location',
      () =>
        writeIdpMetadata({
          ...idpInput,
          singleLogoutServices: [
            { binding: 'urn:x', location: given.endpoint, responseLocation: 'javascript:x' },
          ],
        }),
    ],
    'a script to consume': [
      'metadata-location',
      () => writeSpMetadata({ ...spInput, assertionConsumerServiceUrl: 'data:,x' }),
    ],
    'a script for errors': [
      'metadata-location',
      () => writeSpMetadata({ ...spInput, errorUrl: 'javascript:x' }),
    ],
    'an organization at no address': [
      'metadata-location',
      () =>
        writeSpMetadata({
          ...spInput,
          organization: { ...organization, urls: [{ language: 'en', text: 'javascript:x' }] },
        }),
    ],
    'an organization without a name': [
      'value-malformed',
      () => writeSpMetadata({ ...spInput, organization: { ...organization, names: [] } }),
      'at least one OrganizationName',
    ],
    'a name in no language': [
      'value-malformed',
      () =>
        writeSpMetadata({
          ...spInput,
          organization: { ...organization, names: [{ language: 'en_US', text: 'x' }] },
        }),
      'the language of OrganizationName',
    ],
    'an empty surname': [
      'value-malformed',
      () => writeSpMetadata({ ...spInput, contactPersons: [{ ...contact, surname: '' }] }),
    ],
    'an empty format': ['value-malformed', () => writeSpMetadata({ ...spInput, nameIdFormats: [''] })],
    'an empty encryption method': [
      'value-malformed',
      () =>
        writeSpMetadata({ ...spInput, encryptionKeys: [{ certificate: given.certificate, methods: [''] }] }),
    ],
    'two addresses of one index': [
      'value-malformed',
      () =>
        writeSpMetadata({
          ...spInput,
          assertionConsumerServices: [
            { binding: 'urn:x', location: given.replyUrl, index: 0, isDefault: false },
          ],
        }),
      'a different index for every AssertionConsumerService',
    ],
    'two services of one index': [
      'value-malformed',
      () => {
        const requestedAttributes = [{ name: 'mail', nameFormat: 'urn:x', isRequired: true }];
        const { names } = organization;
        const service = { index: 1, isDefault: false, names, descriptions: [], requestedAttributes };
        return writeSpMetadata({ ...spInput, attributeConsumingServices: [service, service] });
      },
      'a different index for every AttributeConsumingService',
    ],
    'an index that is too large': [
      'value-malformed',
      () =>
        writeSpMetadata({
          ...spInput,
          assertionConsumerServices: [
            { binding: 'urn:x', location: given.replyUrl, index: 65_536, isDefault: false },
          ],
        }),
    ],
    'a service that asks for nothing': [
      'value-malformed',
      () =>
        writeSpMetadata({
          ...spInput,
          attributeConsumingServices: [
            {
              index: 0,
              isDefault: true,
              names: organization.names,
              descriptions: [],
              requestedAttributes: [],
            },
          ],
        }),
      'at least one RequestedAttribute',
    ],
    'a character that XML cannot represent': [
      'xml-character',
      () => writeSpMetadata({ ...spInput, entityId: 'x\u0000' }),
    ],
  };
  for (const [what, [code, write, expected]] of Object.entries(badly)) {
    test(what, async () => {
      await assert.rejects(write, expected === undefined ? { code } : { code, expected });
    });
  }
});
