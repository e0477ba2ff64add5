import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import { fixtureCertificate } from '../fixtures/hand-signer.ts';
import { aggregateText, innerEntityText, signedText } from '../fixtures/metadata-text.ts';
import { aggregateOctets } from './aggregate-octets.ts';

const trust = { certificates: [fixtureCertificate('rsa')] };

/** Every entity declares the long name again: its canonical form is far longer than the document. */
function growing(entities: number, name: string, spaces = 0): Buffer {
  const content = innerEntityText({ content: '<p:x></p:x>' }).repeat(entities);
  return Buffer.from(
    aggregateText({ content: ' '.repeat(spaces) + content }).replace(' ', ` xmlns:p="urn:${name}" `),
  );
}
const written = (octets: Buffer): number =>
  aggregateOctets(octets, {}).pieces.reduce((sum, { length }) => sum + length, 0);

describe('the canonical form of an aggregate', () => {
  test('may have twice the length of the document and 64 KB, and not one octet more', () => {
    const [name, entities] = ['x'.repeat(900), 200];
    const document = growing(entities, name);
    // The name leaves the root and comes into every entity.
    const declaration = ` xmlns:p="urn:${name}"`.length;
    const canonical = document.length + (entities - 1) * declaration;
    const tooLong = canonical - (2 * document.length + 64 * 1024);
    assert.ok(tooLong > 0);
    // A space more allows for two characters, and is one.
    assert.equal(written(growing(entities, name, tooLong)), canonical + tooLong);
    assert.throws(() => written(growing(entities, name, tooLong - 1)), {
      code: 'xml-too-large',
      actual: 'its canonical form',
    });
  });

  test('is measured over all the pieces it is written in', () => {
    assert.throws(() => written(growing(4_000, 'x'.repeat(700))), {
      code: 'xml-too-large',
      actual: 'its canonical form',
    });
  });

  test('comes in pieces of a megabyte and what one entity adds', () => {
    const { pieces } = aggregateOctets(growing(8_000, 'x'), {});
    const lengths = pieces.map(({ length }) => length);
    assert.ok(lengths.length > 1);
    for (const length of lengths.slice(0, -1)) assert.ok(length > 1024 * 1024 && length < 1024 * 1024 + 500);
  });

  test('is what was signed, or no signature is found', () => {
    assert.equal(aggregateOctets(Buffer.from(signedText(aggregateText())), { trust }).signature, 'verified');
    assert.equal(aggregateOctets(Buffer.from(signedText(aggregateText())), {}).signature, 'not-checked');
    assert.equal(aggregateOctets(Buffer.from(aggregateText()), {}).signature, 'absent');
    assert.throws(() => aggregateOctets(Buffer.from(aggregateText()), { trust }), {
      code: 'signature-missing',
    });
  });

  test('is one of an aggregate only', () => {
    const expected = 'EntitiesDescriptor';
    for (const [text, actual] of [
      ['<EntityDescriptor/>', 'EntityDescriptor'],
      ['<x xmlns="urn:x"/>', '{urn:x}x'],
    ] as const)
      assert.throws(() => aggregateOctets(Buffer.from(text), {}), {
        code: 'message-unexpected',
        expected,
        actual,
      });
  });
});
