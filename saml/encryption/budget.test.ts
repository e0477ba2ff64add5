import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, test } from 'node:test';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { encryptedAttribute, encryptedNameId, encryptedResponse } from '../fixtures/encryption-parts.ts';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { nameId, response, statement } from '../fixtures/response-parts.ts';
import * as given from '../fixtures/web-sso.ts';
import { limits } from '../limits.ts';
import { acceptResponse } from '../profiles/accept-response.ts';
import { SamlRejection } from '../rejection.ts';

const most = limits.message.octets;
/** What base64 and the message around it leave for a plaintext. */
const room = Math.floor((most - 8_000) * 0.75);
const eight = <T>(value: T): T[] => Array.from({ length: 8 }, () => value);
const filled = (unit: string, length = room) => unit.repeat(Math.floor(length / unit.length));
const inConfirmation = (content: string) => (assertion: string) =>
  assertion.replace('</SubjectConfirmationData>', `${content}</SubjectConfirmationData>`);

const hostile: Record<string, () => string> = {
  'eight keys that open nothing': () =>
    encryptedResponse({ keys: eight({ contentKey: Buffer.alloc(32) }) }).message,
  'eight keys that open nothing around as much as may be': () =>
    encryptedResponse(
      { keys: eight({ contentKey: Buffer.alloc(32) }) },
      { plaintext: () => Buffer.alloc(room) },
    ).message,
  'keys without number': () => encryptedResponse({ keys: Array.from({ length: 500 }, () => ({})) }).message,
  'a key of half a million characters': () =>
    encryptedResponse({ keys: [{ wrapped: () => Buffer.alloc(room) }] }).message,
  'hints without number': () =>
    encryptedResponse({
      change: (text) =>
        text.replace('<xenc:EncryptedKey>', `${filled('<a></a>', 34_000)}<xenc:EncryptedKey>`),
    }).message,
  'a plaintext as large as may be': () =>
    encryptedResponse({}, { plaintext: inConfirmation(filled('x', room - 4_000)) }).message,
  'a plaintext of less-than signs': () => encryptedResponse({}, { plaintext: () => filled('<') }).message,
  'a plaintext of open tags': () => encryptedResponse({}, { plaintext: () => filled('<a>') }).message,
  'a plaintext of ampersands': () =>
    encryptedResponse({}, { plaintext: () => `<a>${filled('&')}</a>` }).message,
  'a plaintext of elements': () =>
    encryptedResponse({}, { plaintext: () => `<a>${filled('<b/>')}</a>` }).message,
  'a plaintext of signatures': () =>
    encryptedResponse({}, { plaintext: (text) => `<a>${filled(text)}</a>` }).message,
  'white space in front of the padding': () =>
    encryptedResponse({ content: 'aes128-cbc' }, { plaintext: (text) => text + filled(' ', room - 8_000) })
      .message,
  'base64 of nothing but line ends': () =>
    encryptedResponse({
      change: (text) => text.replaceAll('<xenc:CipherValue>', `<xenc:CipherValue>${filled('\n', 200_000)}`),
    }).message,
  'encrypted attributes without number': () =>
    response({ assertion: [[statement, statement + encryptedAttribute().repeat(200)]] }).message,
  'eight keys around a name with eight keys': () =>
    encryptedResponse(
      { keys: [...eight({ contentKey: Buffer.alloc(32) }).slice(1), {}] },
      { text: { assertion: [[nameId, encryptedNameId({ keys: eight({ contentKey: Buffer.alloc(32) }) })]] } },
    ).message,
  'eight attributes with eight keys each, from whoever signs': () =>
    response({
      assertion: [
        [
          statement,
          statement +
            encryptedAttribute({ keys: [...eight({ contentKey: Buffer.alloc(32) }).slice(1), {}] }).repeat(8),
        ],
      ],
    }).message,
};

const allow: CompatibilitySwitch[] = ['cbc', 'cbc-unauthenticated', 'inherited-namespaces'];

describe('hostile input about encryption, as large as a message may be', () => {
  // A generous multiple of what is measured (at most 60 ms), so that a busy machine passes and a square does not.
  const budget = 1_000;
  for (const [what, make] of Object.entries(hostile)) {
    test(`${what} is answered in time and within 64 MB`, () => {
      const octets = Buffer.from(make());
      assert.ok(octets.length <= most, `${octets.length} octets are too many to be read at all`);
      const input = given.acceptInput(
        { binding: 'post', parameter: 'SAMLResponse', octets },
        {
          identityProvider: {
            entityId: given.identityProvider,
            certificates: [fixtureCertificate('rsa')],
            allow,
            recentDecryptionFailures: 0,
          },
          serviceProvider: {
            entityId: given.serviceProvider,
            assertionConsumerServiceUrl: given.replyUrl,
            decryptionKeys: [fixtureKey('sp')],
          },
        },
      );
      const memory = process.memoryUsage().rss;
      const start = process.cpuUsage();
      try {
        acceptResponse(input);
      } catch (error) {
        assert.ok(error instanceof SamlRejection, String(error));
      }
      const spent = process.cpuUsage(start).user / 1000;
      assert.ok(spent < budget, `${spent} ms`);
      const grown = process.memoryUsage().rss - memory;
      assert.ok(grown < 64 * 1024 * 1024, `${grown} octets`);
    });
  }
});
