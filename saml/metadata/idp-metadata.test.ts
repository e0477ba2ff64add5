import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FixtureKey, fixtureCertificate } from '../fixtures/hand-signer.ts';
import * as given from '../fixtures/web-sso.ts';
import { xmlsec1Complaint } from '../fixtures/xmlsec1.ts';
import { bindings } from '../names.ts';
import { SamlRejection } from '../rejection.ts';
import { readIdpMetadata, writeIdpMetadata } from './idp-metadata.ts';

const certificates = (...names: FixtureKey[]) => names.map(fixtureCertificate);
const fingerprints = (list: { fingerprint256: string }[]): string[] =>
  list.map(({ fingerprint256 }) => fingerprint256);

describe('metadata of an identity provider', () => {
  const input = {
    entityId: given.identityProvider,
    id: '_0190a1b2',
    singleSignOnUrl: given.endpoint,
    singleLogoutUrl: given.endpoint,
    certificates: certificates('rsa', 'rsa-other', 'ec-p256'),
  };

  test('is read as it was written, every certificate in its order', async () => {
    const read = readIdpMetadata(Buffer.from(await writeIdpMetadata(input)));
    assert.deepEqual(fingerprints(read.certificates), fingerprints(input.certificates));
    const { certificates: _, ...rest } = read;
    assert.deepEqual(rest, {
      entityId: given.identityProvider,
      singleSignOnServices: [
        { binding: bindings.httpRedirect, location: given.endpoint },
        { binding: bindings.httpPost, location: given.endpoint },
      ],
      singleLogoutServices: [{ binding: bindings.httpRedirect, location: given.endpoint }],
      signature: 'absent',
      encryptionKeys: [],
      artifactResolutionServices: [],
      nameIdFormats: [],
      contactPersons: [],
      extensions: {},
      wantAuthnRequestsSigned: false,
    });
  });

  test('names logout in front of the two addresses to sign on', async () => {
    const xml = await writeIdpMetadata(input);
    const services = [...xml.matchAll(/<(Single\w+) Binding="[^"]*:([A-Z-]+[a-z]*)"/gi)].map(
      ([, name, binding]) => `${name} ${binding}`,
    );
    assert.deepEqual(services, [
      'SingleLogoutService HTTP-Redirect',
      'SingleSignOnService HTTP-Redirect',
      'SingleSignOnService HTTP-POST',
    ]);
    const { singleLogoutUrl, ...withoutLogout } = input;
    assert.ok(singleLogoutUrl !== undefined);
    assert.ok(!(await writeIdpMetadata(withoutLogout)).includes('SingleLogoutService'));
  });

  test('is signed where a key is given, and xmlsec1 verifies it', async () => {
    const xml = await writeIdpMetadata({ ...input, signing: given.issueInput().signing });
    assert.equal(xmlsec1Complaint([xml], 'rsa'), '');
    assert.equal(readIdpMetadata(Buffer.from(xml)).signature, 'not-checked');
  });

  test('is read from what was signed where the key of the publisher is pinned', async () => {
    const signed = await writeIdpMetadata({ ...input, signing: given.issueInput().signing });
    const trust = { certificates: certificates('rsa-other', 'rsa') };
    const read = readIdpMetadata(Buffer.from(signed), { trust });
    assert.equal(read.signature, 'verified');
    assert.equal(read.entityId, given.identityProvider);
    assert.equal(read.certificates.length, 3);
  });

  test('is refused where a key is pinned and it is not signed, by another key, or was changed', async () => {
    const signed = await writeIdpMetadata({ ...input, signing: given.issueInput().signing });
    const unsigned = await writeIdpMetadata(input);
    const trust = { certificates: certificates('rsa') };
    const code = (expected: string) => (error: unknown) =>
      error instanceof SamlRejection && error.code === expected;
    const read =
      (xml: string, pinned = trust) =>
      () =>
        readIdpMetadata(Buffer.from(xml), { trust: pinned });
    assert.throws(read(unsigned), code('signature-missing'));
    assert.throws(read(signed, { certificates: certificates('rsa-other') }), code('signature-invalid'));
    const changed = signed.replaceAll(given.endpoint, `${given.endpoint}/elsewhere`);
    assert.notEqual(changed, signed);
    assert.throws(read(changed), code('signature-digest'));
    // Wrapping: an unsigned entity around the signed one, which stands where no entity may stand.
    const wrapped = unsigned.replace('</EntityDescriptor>', `${signed}</EntityDescriptor>`);
    assert.notEqual(wrapped, unsigned);
    assert.throws(read(wrapped), (error) => error instanceof SamlRejection);
  });

  test('is refused while writing when an address or the ID is none', async () => {
    await assert.rejects(writeIdpMetadata({ ...input, singleSignOnUrl: 'javascript:alert(1)' }), {
      code: 'metadata-location',
    });
    await assert.rejects(writeIdpMetadata({ ...input, singleLogoutUrl: '/saml2' }), {
      code: 'metadata-location',
    });
    await assert.rejects(writeIdpMetadata({ ...input, id: '0190a1b2' }), { code: 'id-not-ncname' });
  });

  test('takes the keys for signing and those for everything, not those for encryption', async () => {
    const xml = await writeIdpMetadata(input);
    const [first, second, third] = xml.split(' use="signing"');
    const mixed = `${first}${second} use="encryption"${third}`;
    const [rsa, , ec] = fingerprints(input.certificates);
    const changed = mixed + xml.slice(xml.lastIndexOf(' use="signing"'));
    assert.deepEqual(fingerprints(readIdpMetadata(Buffer.from(changed)).certificates), [rsa, ec]);
  });
});
