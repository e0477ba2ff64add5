import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type FixtureKey, fixtureCertificate, uris } from '../fixtures/hand-signer.ts';
import { entityIdOf, largeAggregate } from '../fixtures/large-aggregate.ts';
import {
  aggregateText,
  idpRoleText,
  innerAggregateText,
  innerEntityText,
  signedText,
} from '../fixtures/metadata-text.ts';
import * as given from '../fixtures/web-sso.ts';
import { limits } from '../limits.ts';
import { readAggregate } from './aggregate.ts';
import { readIdpMetadata } from './idp-metadata.ts';

const trust = { certificates: [fixtureCertificate('rsa')] };
const read = (text: string, options = {}) => readAggregate(Buffer.from(text), options);

describe('an aggregate', () => {
  test('answers for an entity by its name, octet for octet, and for no other', () => {
    const aggregate = read(aggregateText());
    assert.equal(aggregate.find(given.identityProvider)?.entityId, given.identityProvider);
    assert.equal(aggregate.find(given.identityProvider.toUpperCase()), undefined);
    assert.equal(aggregate.find(`${given.identityProvider} `), undefined);
    for (const name of ['__proto__', 'constructor', '']) assert.equal(aggregate.find(name), undefined);
  });

  test('holds as many entities as any federation could have, and no more', () => {
    const entities = Array.from(
      { length: limits.aggregate.entities },
      (_, i) => `<EntityDescriptor entityID="${i}"/>`,
    ).join('');
    assert.equal(read(aggregateText({ content: entities })).size, limits.aggregate.entities);
    assert.throws(() => read(aggregateText({ content: `${entities}<EntityDescriptor entityID="x"/>` })), {
      code: 'xml-too-many-elements',
    });
  });

  test('refuses a role that an entity has not, or that is badly described, and only that', () => {
    const content =
      innerEntityText({ content: idpRoleText().replace('MII', '!!!') }) +
      innerEntityText({ entityId: 'urn:other' });
    const aggregate = read(aggregateText({ content }));
    const [bad, good] = [...aggregate.entities()];
    assert.throws(() => bad?.identityProvider(), { code: 'certificate-unreadable' });
    assert.throws(() => good?.serviceProvider(), { code: 'metadata-role-missing' });
    assert.equal(good?.identityProvider().entityId, 'urn:other');
  });

  test('is refused where it holds nothing, text, or what has no place or comes too late', () => {
    const extensions = '<Extensions><x xmlns="urn:x"/></Extensions>';
    const inner = innerEntityText();
    const nested = (content: string): string => `<EntitiesDescriptor>${content}</EntitiesDescriptor>`;
    assert.equal(read(aggregateText({ content: extensions + inner })).size, 1);
    assert.equal(read(aggregateText({ content: ` ${nested(extensions + inner)}\n` })).size, 1);
    for (const [content, code, detail] of [
      ['', 'element-missing', { expected: 'EntityDescriptor' }],
      [extensions, 'element-missing', { expected: 'EntityDescriptor' }],
      [inner + nested(''), 'element-missing', { expected: 'EntityDescriptor' }],
      [`${inner}text`, 'text-unexpected', { actual: 'text' }],
      [inner + extensions, 'element-unexpected', { expected: 'EntityDescriptor' }],
      [extensions + extensions + inner, 'element-unexpected', { expected: 'EntityDescriptor' }],
      [nested(inner) + extensions, 'element-unexpected', { expected: 'EntityDescriptor' }],
      [`<x xmlns="urn:x"/>${inner}`, 'element-unexpected', { actual: '{urn:x}x' }],
    ] as const)
      assert.throws(() => read(aggregateText({ content })), { code, ...detail }, content);
    const root = 'message-unexpected';
    assert.throws(() => read('<x xmlns="urn:x"/>'), { code: root, actual: '{urn:x}x' });
    assert.throws(() => read(''), { code: 'xml-malformed' });
  });

  test('may have a name, and need not', () => {
    assert.equal(read(aggregateText({ name: 'urn:federation' })).name, 'urn:federation');
    assert.equal('name' in read(aggregateText()), false);
  });

  test('narrows the times of an entity to those of all that is around it, and of nothing else', () => {
    const [late, later] = ['2030-01-01T00:00:00Z', '2040-01-01T00:00:00Z'];
    const entity = (entityId: string, more = {}) => innerEntityText({ entityId, ...more });
    const inner = innerAggregateText({ validUntil: late, content: entity('urn:inner') });
    const middle = innerAggregateText({
      validUntil: later,
      content: inner + entity('urn:middle') + entity('urn:kept', { cacheDuration: 'PT1H' }),
    });
    const aggregate = read(aggregateText({ content: middle + entity('urn:outer') }));
    const untilOf = (entityId: string) => aggregate.find(entityId)?.validUntil;
    assert.equal(untilOf('urn:inner'), Date.parse(late));
    assert.equal(untilOf('urn:middle'), Date.parse(later));
    assert.equal(untilOf('urn:outer'), undefined);
    assert.equal(untilOf('urn:kept'), Date.parse(later));
    assert.equal(aggregate.find('urn:kept')?.cacheDuration, 3_600_000);
    assert.equal(aggregate.validUntil, undefined);
  });

  test('may hold aggregates with signatures of their own, which nobody checks', () => {
    const group = innerAggregateText({ id: '_group', content: innerEntityText() });
    const signedGroup = signedText(group, { key: 'rsa-other' });
    const signed = signedText(aggregateText({ content: signedGroup }));
    assert.equal(read(signed, { trust }).size, 1);
    assert.equal(read(aggregateText({ content: signedGroup })).size, 1);
    assert.throws(() => read(signedText(signed, { key: 'rsa' })), { code: 'signature-misplaced' });
  });

  test('can be gone through as often as one likes', () => {
    const aggregate = read(aggregateText());
    const names = () => Array.from(aggregate.entities(), ({ entityId }) => entityId);
    assert.deepEqual(names(), [given.identityProvider, given.serviceProvider]);
    assert.deepEqual(names(), names());
  });

  test('does not change with the octets it was read from', () => {
    const octets = Buffer.from(signedText(aggregateText()));
    const aggregate = readAggregate(octets, { trust });
    octets.fill(0);
    assert.equal(aggregate.find(given.identityProvider)?.identityProvider().signature, 'verified');
  });

  test('says of every entity what the entity says of itself alone', () => {
    const alone = readIdpMetadata(
      Buffer.from(
        innerEntityText().replace(
          '<EntityDescriptor',
          '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"',
        ),
      ),
    );
    const inside = read(aggregateText()).find(given.identityProvider)?.identityProvider();
    assert.deepEqual(
      { ...inside, certificates: inside?.certificates.map(({ fingerprint256 }) => fingerprint256) },
      { ...alone, certificates: alone.certificates.map(({ fingerprint256 }) => fingerprint256) },
    );
  });

  test('is verified whatever key, digest and canonicalization signed it', () => {
    const inclusive = 'http://www.w3.org/2006/12/xml-c14n11';
    const changes: { key: FixtureKey; change: object }[] = [
      {
        key: 'ec-p256',
        change: {
          hash: 'sha256',
          signatureMethod: method('ecdsa-sha256'),
          signingOptions: { dsaEncoding: 'ieee-p1363' },
        },
      },
      { key: 'rsa-other', change: { hash: 'sha512', signatureMethod: method('rsa-sha512') } },
      { key: 'rsa', change: { transforms: transform(uris.enveloped) + transform(inclusive) } },
    ];
    for (const { key, change } of changes) {
      const text = signedText(aggregateText(), { key, ...change });
      const aggregate = read(text, { trust: { certificates: [fixtureCertificate(key)] } });
      assert.equal(aggregate.find(given.identityProvider)?.identityProvider().signature, 'verified');
    }
  });

  test('is refused, or says what was signed, wherever it is changed', () => {
    const text = signedText(aggregateText({ content: innerEntityText() }));
    const octets = Buffer.from(text);
    const genuine = said(octets);
    let refused = 0;
    fc.assert(
      fc.property(
        fc.nat({ max: octets.length - 1 }),
        fc.constantFrom(0x20, 0x3c, 0x3e, 0x22, 0x41, 0x2f, 0),
        (at, octet) => {
          const changed = Buffer.from(octets);
          changed[at] = octet;
          try {
            assert.deepEqual(said(changed), genuine);
          } catch (error) {
            if (!(error instanceof Error) || error.name !== 'SamlRejection') throw error;
            refused += 1;
          }
        },
      ),
      { numRuns: 2_000 },
    );
    assert.ok(refused > 1_000);
  });
});

const method = (name: string): string =>
  `<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#${name}"></ds:SignatureMethod>`;
const transform = (uri: string): string => `<ds:Transform Algorithm="${uri}"></ds:Transform>`;

function said(octets: Uint8Array): unknown {
  return Array.from(readAggregate(octets, { trust }).entities(), ({ entityId, identityProvider }) => {
    const { certificates, ...rest } = identityProvider();
    return [entityId, rest, certificates.map(({ fingerprint256 }) => fingerprint256)];
  });
}

describe('a large aggregate', () => {
  test('of 5 MB is verified, and every entity found at its place', () => {
    const text = largeAggregate(5 * 1024 * 1024);
    const octets = Buffer.from(text);
    const start = process.cpuUsage();
    const aggregate = readAggregate(octets, { trust, now: given.now });
    const spent = process.cpuUsage(start).user / 1000;
    assert.equal(aggregate.signature, 'verified');
    assert.ok(aggregate.size > 1_000);
    for (let i = 0; i < aggregate.size; i += 97) {
      const entity = aggregate.find(entityIdOf(i)) ?? assert.fail(entityIdOf(i));
      const role = i % 2 === 0 ? entity.identityProvider() : entity.serviceProvider();
      assert.equal(role.entityId, entityIdOf(i));
      assert.equal(role.organization?.displayNames[0]?.text, 'Contoso 東京');
    }
    // Measured: half a second.
    assert.ok(spent < 5_000, `${spent} ms`);
  });

  test('is not read before its signature is known to be of a pinned key', () => {
    const filler = '<EntityDescriptor entityID="x">'.repeat(1);
    const text = signedText(aggregateText(), { key: 'rsa-other' }).replace(
      '</ds:Signature>',
      `</ds:Signature>${filler.repeat(200_000)}`,
    );
    const octets = Buffer.from(text);
    const start = process.cpuUsage();
    assert.throws(() => readAggregate(octets, { trust }), { code: 'signature-invalid' });
    // It is looked at as far as the first piece, of which nothing is read.
    assert.ok(process.cpuUsage(start).user / 1000 < 500);
  });

  test('is refused where it, an entity or one token in it is larger than it may be', () => {
    const padded = (content: string) => aggregateText({ content: innerEntityText({ content }) });
    const tooLarge = { code: 'xml-too-large' };
    assert.throws(() => readAggregate(Buffer.alloc(limits.aggregate.octets + 1, 0x20)), tooLarge);
    assert.throws(
      () =>
        read(
          padded(`<Extensions><x xmlns="urn:x">${'x'.repeat(5_000_000)}</x></Extensions>${idpRoleText()}`),
        ),
      tooLarge,
    );
    assert.throws(() => read(padded(`<Extensions>${'<x/>'.repeat(90_000)}</Extensions>${idpRoleText()}`)), {
      code: 'xml-too-many-elements',
    });
    const wide = `<x xmlns="urn:x">${'y'.repeat(1_000)}</x>`.repeat(3_000);
    assert.throws(() => read(padded(`<Extensions>${wide}</Extensions>${idpRoleText()}`)), tooLarge);
    assert.throws(
      () => read(aggregateText({ content: `${' '.repeat(7_000_000)}${innerEntityText()}` })),
      tooLarge,
    );
    assert.throws(
      () => read(aggregateText({ content: `<!--${'x'.repeat(7_000_000)}-->${innerEntityText()}` })),
      {
        code: 'xml-malformed',
      },
    );
  });

  test('may have as many elements as it likes, and each entity its own share', () => {
    const fill = `<Extensions>${'<x xmlns="urn:x"></x>'.repeat(15_000)}</Extensions>${idpRoleText()}`;
    const content = ['urn:a', 'urn:b', 'urn:c']
      .map((entityId) => innerEntityText({ entityId, content: fill }))
      .join('');
    assert.equal(read(aggregateText({ content })).size, 3);
    const more = `<Extensions>${'<x xmlns="urn:x"></x>'.repeat(20_000)}</Extensions>${idpRoleText()}`;
    assert.throws(() => read(aggregateText({ content: innerEntityText({ content: more }) })), {
      code: 'xml-too-many-elements',
    });
  });
});
