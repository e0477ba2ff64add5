import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import {
  aggregateText,
  entityText,
  idpRoleText,
  innerEntityText,
  spRoleText,
} from '../fixtures/metadata-text.ts';
import { limits } from '../limits.ts';
import { readAggregate } from './aggregate.ts';
import { readIdpMetadata } from './idp-metadata.ts';
import { readSpMetadata, writeSpMetadata } from './sp-metadata.ts';

const idp = (text: string) => readIdpMetadata(Buffer.from(text));
const protocols = 'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"';
const rolesIn = (content: string): string[] => {
  const aggregate = readAggregate(Buffer.from(aggregateText({ content: innerEntityText({ content }) })));
  return [...aggregate.entities()].flatMap(({ roles }) => roles);
};

describe('the description of an entity', () => {
  test('keeps the extensions of the entity and those of the role apart, as they stand', () => {
    const extensions = (what: string): string =>
      `<Extensions><x:${what} xmlns:x="urn:x"></x:${what}></Extensions>`;
    const canonical = (what: string): string =>
      extensions(what).replace('<Extensions>', '<Extensions xmlns="urn:oasis:names:tc:SAML:2.0:metadata">');
    const role = idpRoleText();
    const inRole = role.replace('>', `>${extensions('role')}`);
    assert.deepEqual(idp(entityText()).extensions, {});
    assert.deepEqual(idp(entityText({ content: extensions('entity') + role })).extensions, {
      entity: canonical('entity'),
    });
    assert.deepEqual(idp(entityText({ content: inRole })).extensions, { role: canonical('role') });
    assert.deepEqual(idp(entityText({ content: extensions('entity') + inRole })).extensions, {
      entity: canonical('entity'),
      role: canonical('role'),
    });
  });

  test('may have an entityID of 1024 characters, and not of one more', () => {
    const entityId = 'x'.repeat(1024);
    assert.equal(idp(entityText({ entityId })).entityId, entityId);
    assert.throws(() => idp(entityText({ entityId: `${entityId}x` })), { code: 'value-malformed' });
  });

  for (const local of [
    'AuthnAuthorityDescriptor',
    'AttributeAuthorityDescriptor',
    'PDPDescriptor',
    'RoleDescriptor',
  ])
    test(`may hold ${local} in front and behind, whatever stands in it`, () => {
      const other = `<${local} ${protocols}><x xmlns="urn:x"></x></${local}>`;
      const read = idp(entityText({ content: other + idpRoleText() + other }));
      assert.equal(read.certificates.length, 1);
    });

  test('may be reached without TLS', () => {
    const text = entityText().replace('Location="https:', 'Location="http:');
    assert.notEqual(text, entityText());
    assert.match(idp(text).singleSignOnServices[0]?.location ?? '', /^http:/);
  });

  test('passes over what a contact person says in extensions', () => {
    const contact =
      '<ContactPerson contactType="other"><Extensions><x xmlns="urn:x"></x></Extensions><Company>x</Company></ContactPerson>';
    assert.deepEqual(idp(entityText({ content: idpRoleText() + contact })).contactPersons, [
      { type: 'other', company: 'x', emailAddresses: [], telephoneNumbers: [] },
    ]);
    assert.throws(
      () => idp(entityText({ content: idpRoleText() + contact.replaceAll('Extensions', 'Extension') })),
      { code: 'element-unexpected' },
    );
  });

  test('describes roles or an affiliation, not both', () => {
    const affiliation = '<AffiliationDescriptor affiliationOwnerID="urn:x"></AffiliationDescriptor>';
    assert.throws(() => idp(entityText({ content: affiliation })), { code: 'metadata-role-missing' });
    assert.throws(() => idp(entityText({ content: affiliation + idpRoleText() })), {
      code: 'element-unexpected',
    });
  });
});

describe('the roles of an entity in an aggregate', () => {
  test('are those for SAML 2.0, in the words of the standard', () => {
    assert.deepEqual(rolesIn(idpRoleText()), ['identity-provider']);
    assert.deepEqual(rolesIn(`\n${spRoleText}\n${idpRoleText()}\n`), [
      'identity-provider',
      'service-provider',
    ]);
    const older = spRoleText.replace('SAML:2.0:protocol', 'SAML:1.1:protocol');
    assert.deepEqual(rolesIn(older), []);
    assert.deepEqual(rolesIn(older + idpRoleText()), ['identity-provider']);
    const both = spRoleText.replace(
      'SAML:2.0:protocol',
      'SAML:1.1:protocol urn:oasis:names:tc:SAML:2.0:protocol',
    );
    assert.deepEqual(rolesIn(both), ['service-provider']);
  });

  test('are not what only looks like one', () => {
    assert.deepEqual(rolesIn(`<x:SPSSODescriptor xmlns:x="urn:x" ${protocols}></x:SPSSODescriptor>`), []);
    assert.deepEqual(rolesIn(`<?SPSSODescriptor x?><SPSSODescriptor></SPSSODescriptor>`), []);
    const disguised = `<SPSSODescriptor xmlns:x="urn:x" x:${protocols}></SPSSODescriptor>`;
    assert.deepEqual(rolesIn(disguised), []);
    assert.deepEqual(rolesIn(`<Organization ${protocols}></Organization>`), []);
  });
});

describe('what stands in front of an aggregate', () => {
  const withInstructions = (count: number) =>
    Buffer.from(aggregateText().replace('>', `>${'<?x?>'.repeat(count)}`));

  test('may be a thousand instructions, and not one more', () => {
    assert.equal(readAggregate(withInstructions(1_000)).size, 2);
    assert.throws(() => readAggregate(withInstructions(1_001)), { code: 'xml-too-many-elements' });
  });

  test('is looked at only where the whole is no larger than it may be', () => {
    const octets = Buffer.alloc(limits.aggregate.octets + 1);
    assert.throws(() => readAggregate(octets), {
      code: 'xml-too-large',
      actual: `${limits.aggregate.octets + 1} octets`,
    });
    assert.throws(() => readAggregate(octets.subarray(1)), { code: 'xml-character' });
  });
});

test('metadata of a service provider says no to what it does not say', async () => {
  const read = readSpMetadata(Buffer.from(entityText({ content: spRoleText })));
  assert.deepEqual([read.authnRequestsSigned, read.wantAssertionsSigned], [false, false]);
  const xml = await writeSpMetadata({
    entityId: 'urn:x',
    assertionConsumerServiceUrl: 'https://sp.example/acs',
    contactPersons: [{ type: 'technical', emailAddresses: [], telephoneNumbers: [] }],
  });
  assert.match(xml, /<ContactPerson contactType="technical"><\/ContactPerson>/);
  assert.match(xml, / index="0" isDefault="true"/);
});
