import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { describe, test } from 'node:test';
import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import { deflated } from '../fixtures/request-text.ts';
import { decodeRedirect, encodeRedirect } from './http-redirect.ts';
import { inflate } from './inflate.ts';

const text = (octets: Uint8Array): string => Buffer.from(octets).toString('utf8');
const queryOf = (url: string): string => url.slice(url.indexOf('?') + 1);

test('what is encoded is decoded, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }).filter((value) => value.isWellFormed()),
      fc.option(
        fc.string({ unit: 'binary', maxLength: 100 }).filter((value) => value.isWellFormed()),
        {
          nil: undefined,
        },
      ),
      fc.constantFrom<'SAMLRequest' | 'SAMLResponse'>('SAMLRequest', 'SAMLResponse'),
      (xml, relayState, parameter) => {
        const url = encodeRedirect({
          endpoint: 'https://id.example/saml2',
          parameter,
          xml,
          ...(relayState === undefined ? {} : { relayState }),
        });
        const message = decodeRedirect(queryOf(url));
        assert.equal(text(message.octets), xml);
        assert.equal(message.relayState, relayState);
        assert.equal(message.parameter, parameter);
        assert.equal(message.redirectSignature, undefined);
      },
    ),
    { numRuns: 300 },
  );
});

describe('the address', () => {
  test('keeps the query the endpoint has', () => {
    const url = encodeRedirect({
      endpoint: 'https://id.example/?a=b',
      parameter: 'SAMLRequest',
      xml: '<a/>',
    });
    assert.match(url, /^https:\/\/id\.example\/\?a=b&SAMLRequest=[^&]+$/);
  });

  test('must have no fragment, behind which a query would be lost', () => {
    const endpoint = 'https://id.example/#top';
    assert.throws(() => encodeRedirect({ endpoint, parameter: 'SAMLRequest', xml: '<a/>' }), {
      name: 'RangeError',
      message: 'An endpoint of this binding has no fragment.',
    });
  });

  test('brings no parameter of the binding, which would be read in place of ours', () => {
    for (const query of [
      'SAMLRequest=x',
      'a=b&RelayState=x',
      'sigalg=x',
      'S%41MLResponse=x',
      'Signature',
      'SAMLart=x',
      'SAMLEncoding=x',
    ]) {
      const endpoint = `https://id.example/?${query}`;
      assert.throws(() => encodeRedirect({ endpoint, parameter: 'SAMLRequest', xml: '<a/>' }), {
        name: 'RangeError',
        message: /^The query of an endpoint has the parameter [A-Za-z]+, which belongs to the binding\.$/,
      });
    }
  });
});

test('the one encoding there is may be named', () => {
  const encoding = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';
  const query = `SAMLRequest=${encodeURIComponent(deflated('<a/>'))}&SAMLEncoding=`;
  assert.equal(text(decodeRedirect(query + encodeURIComponent(encoding)).octets), '<a/>');
  assert.throws(() => decodeRedirect(query), { code: 'saml-encoding-unsupported', expected: encoding });
});

describe('at the limit', () => {
  const message = `SAMLRequest=${encodeURIComponent(deflated('<a/>'))}`;

  test('a query of 32 KB is read, and of one character more is not', () => {
    const longest = `${message}&x=`.padEnd(32 * 1024, 'x');
    assert.equal(text(decodeRedirect(longest).octets), '<a/>');
    assert.throws(() => decodeRedirect(`${longest}x`), { code: 'query-too-long', actual: '32769' });
  });

  test('a relay state of 4096 octets is handed on, and of one more is not', () => {
    const longest = 'é'.repeat(2048);
    const query = `${message}&RelayState=${encodeURIComponent(longest)}`;
    assert.equal(decodeRedirect(query).relayState, longest);
    assert.throws(() => decodeRedirect(`${query}x`), { code: 'relay-state-too-long' });
  });
});

describe('the signed octets', () => {
  const url = encodeRedirect({
    endpoint: 'https://id.example/saml2',
    parameter: 'SAMLRequest',
    xml: '<a/>',
    relayState: 'x/y z',
    signing: { key: fixtureKey('rsa'), algorithm: 'rsa-sha256' },
  });
  const query = queryOf(url);
  const signedPart = query.slice(0, query.indexOf('&Signature='));

  test('are the octets of the query as they were sent, in the order of the standard', () => {
    const message = decodeRedirect(query);
    assert.equal(text(message.redirectSignature?.signedOctets ?? assert.fail()), signedPart);
    const [request = '', relayState = '', algorithm = '', signature = ''] = query.split('&');
    const shuffled = decodeRedirect([signature, 'other=1', algorithm, relayState, request].join('&'));
    assert.equal(text(shuffled.redirectSignature?.signedOctets ?? assert.fail()), signedPart);
  });

  test('keep the spelling of the escapes that the sender chose', () => {
    const lower = query.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
    const signed = text(decodeRedirect(lower).redirectSignature?.signedOctets ?? assert.fail());
    assert.equal(signed, lower.slice(0, lower.indexOf('&Signature=')));
    assert.notEqual(signed, signedPart);
  });

  test('have an empty relay state where an empty one was sent, and none where none was', () => {
    const withEmpty = query.replace('RelayState=x%2Fy+z', 'RelayState=');
    assert.match(
      text(decodeRedirect(withEmpty).redirectSignature?.signedOctets ?? assert.fail()),
      /&RelayState=&SigAlg=/,
    );
    const without = query.replace('&RelayState=x%2Fy+z', '');
    assert.doesNotMatch(
      text(decodeRedirect(without).redirectSignature?.signedOctets ?? assert.fail()),
      /RelayState/,
    );
  });
});

describe('a signed query is one that', () => {
  const ascii = Array.from({ length: 0x7f }, (_, i) => String.fromCharCode(i)).join('');
  const relayStates = ['https://app/x?a=1&b=(c)', "name=O'Neil", '!*', 'a b+c%20d', 'naïve 💡', '', ascii];
  const sent = (relayState: string): string =>
    queryOf(
      encodeRedirect({
        endpoint: 'https://id.example/saml2',
        parameter: 'SAMLResponse',
        xml: '<a/>',
        relayState,
        signing: { key: fixtureKey('rsa'), algorithm: 'rsa-sha256' },
      }),
    );
  /** Whether the signature verifies over the values of the query, decoded and encoded again. */
  function verifiesAgain(query: string, encode: (value: string) => string): boolean {
    const values = new URLSearchParams(query);
    const octets = ['SAMLResponse', 'RelayState', 'SigAlg'].map(
      (name) => `${name}=${encode(values.get(name) ?? '')}`,
    );
    const signature = Buffer.from(values.get('Signature') ?? '', 'base64');
    return verify('sha256', Buffer.from(octets.join('&')), fixtureCertificate('rsa').publicKey, signature);
  }
  const escaped =
    (left: RegExp) =>
    (value: string): string =>
      [...Buffer.from(value)]
        .map((octet) => {
          const character = String.fromCharCode(octet);
          if (character === ' ') return '+';
          return left.test(character) ? character : `%${octet.toString(16).toUpperCase().padStart(2, '0')}`;
        })
        .join('');
  const quotePlus = escaped(/[A-Za-z0-9_.~-]/);
  const phpUrlencode = escaped(/[A-Za-z0-9_.-]/);

  for (const relayState of relayStates) {
    test(`peers read that encode it anew before they verify: ${JSON.stringify(relayState)}`, () => {
      const query = sent(relayState);
      assert.equal(decodeRedirect(query).relayState, relayState);
      assert.ok(verifiesAgain(query, quotePlus));
      if (relayState !== ascii) assert.ok(verifiesAgain(query, phpUrlencode));
    });

    test(`no browser spells anew: ${JSON.stringify(relayState)}`, () => {
      const query = sent(relayState);
      assert.equal(new URL(`https://id.example/saml2?${query}`).search, `?${query}`);
    });
  }

  test('has no relay state that the other direction would refuse', () => {
    assert.throws(() => sent('a\ud800'), {
      code: 'value-malformed',
      expected: 'whole characters in RelayState',
    });
    assert.throws(() => sent('x'.repeat(4097)), { code: 'relay-state-too-long' });
  });
});

describe('inflating', () => {
  test('stops at the limit, and not one octet before', () => {
    const octets = Buffer.alloc(1000, 'a');
    const compressed = deflateRawSync(octets);
    assert.deepEqual(Buffer.from(inflate(compressed, 1000)), octets);
    assert.throws(() => inflate(compressed, 999), { code: 'xml-too-large' });
  });

  test('takes a stream stored without compression, and one in several blocks', () => {
    const octets = Buffer.from('<a/>'.repeat(50));
    assert.deepEqual(Buffer.from(inflate(deflateRawSync(octets, { level: 0 }), 1000)), octets);
    const flushed = deflateRawSync(octets, {
      flush: constants.Z_FULL_FLUSH,
      finishFlush: constants.Z_FINISH,
    });
    assert.deepEqual(Buffer.from(inflate(flushed, 1000)), octets);
  });

  test('refuses a stream that is not finished', () => {
    const flushed = deflateRawSync(Buffer.from('<a/>'), { finishFlush: constants.Z_SYNC_FLUSH });
    assert.throws(() => inflate(flushed, 1000), { code: 'deflate-malformed' });
  });

  test('refuses any octets behind the stream, however many', () => {
    const compressed = deflateRawSync(Buffer.alloc(100_000, 'b'));
    for (const more of [1, 2, 100, 65_536, 200_000]) {
      assert.throws(() => inflate(Buffer.concat([compressed, Buffer.alloc(more)]), 200_000), {
        code: 'deflate-trailing-octets',
      });
    }
  });

  test('of a hostile query takes no longer than of any other', () => {
    const bomb = `SAMLRequest=${encodeURIComponent(deflated(Buffer.alloc(20_000_000)))}`;
    const start = process.cpuUsage();
    assert.throws(() => decodeRedirect(bomb), { code: 'xml-too-large' });
    assert.ok(process.cpuUsage(start).user < 1_000_000);
  });
});

test('no query makes anything but a message or a rejection', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom('SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'),
          fc.constantFrom('&', '=', '%', '+', '%00', '%ff', '&&', '==', deflated('<a/>')),
          fc.string({ unit: 'binary', maxLength: 8 }),
        ),
        { maxLength: 24 },
      ),
      (pieces) => {
        try {
          decodeRedirect(pieces.join(''));
        } catch (error) {
          assert.equal((error as Error).name, 'SamlRejection');
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
