import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { SignedXml } from 'xml-crypto';
import { uris } from '../fixtures/hand-signer.ts';
import { responseText } from '../fixtures/response-text.ts';
import {
  acceptInput,
  identityProvider,
  key,
  now,
  posted,
  replyUrl,
  requestId,
  serviceProvider,
} from '../fixtures/web-sso.ts';
import type { AcceptResponseInput } from './accept-response.ts';
import { type AcceptedResponse, judgeResponse } from './judge-response.ts';
import { acceptResponse } from './accept-response.ts';
import { assertionChecks, bearerChecks, issuerChecks } from './assertion-checks.ts';
import { responseChecks } from './response-checks.ts';

const accept = (xml: string, change: Partial<AcceptResponseInput> = {}): AcceptedResponse =>
  acceptResponse(acceptInput(posted(xml), change));

describe('a response signed by an independent library', () => {
  const unsigned = responseText({ sign: 'none' });
  const signedBy = (xml: string, local: 'Assertion' | 'Response', algorithm: string): string => {
    const signer = new SignedXml({
      privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      signatureAlgorithm: algorithm,
      canonicalizationAlgorithm: uris.exclusive,
    });
    const path = `//*[local-name(.)='${local}']`;
    signer.addReference({
      xpath: path,
      transforms: [uris.enveloped, uris.exclusive],
      digestAlgorithm: uris.sha256,
    });
    signer.computeSignature(xml, {
      location: { reference: `${path}/*[local-name(.)='Issuer']`, action: 'after' },
    });
    return signer.getSignedXml();
  };
  const rsa = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha';

  for (const size of [256, 512]) {
    test(`is accepted with the signature on the assertion, RSA with SHA-${size}`, () => {
      assert.equal(accept(signedBy(unsigned, 'Assertion', rsa + size)).signed, 'assertion');
    });
    test(`is accepted with the signature on the response, RSA with SHA-${size}`, () => {
      assert.equal(accept(signedBy(unsigned, 'Response', rsa + size)).signed, 'response');
    });
  }

  test('is accepted with both signatures', () => {
    const both = signedBy(signedBy(unsigned, 'Assertion', `${rsa}256`), 'Response', `${rsa}256`);
    assert.equal(accept(both).signed, 'both');
  });

  test('is refused when a single letter of the NameID differs', () => {
    const forged = signedBy(unsigned, 'Assertion', `${rsa}256`).replace('b.simon@', 'b.simom@');
    assert.throws(() => accept(forged), { name: 'SamlRejection', code: 'signature-digest' });
  });
});

describe('the clock', () => {
  test('may be off by at most three minutes', () => {
    for (const skewMilliseconds of [-1, 180_001, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => accept(responseText(), { skewMilliseconds }), RangeError);
    }
    assert.equal(accept(responseText(), { skewMilliseconds: 180_000 }).signed, 'assertion');
  });

  test('decides from the first instant of the period to the last before its end, whatever the skew', () => {
    const start = Date.parse('2026-11-23T11:55:00.000Z');
    const end = Date.parse('2026-11-23T13:00:00.000Z');
    fc.assert(
      fc.property(
        fc.integer({ min: start - 400_000, max: end + 400_000 }),
        fc.integer({ min: 0, max: 180_000 }),
        (at, skewMilliseconds) => {
          const holds = at >= start - skewMilliseconds && at < end + skewMilliseconds;
          const attempt = () => accept(responseText(), { now: at, skewMilliseconds });
          if (holds) assert.equal(attempt().notOnOrAfter, end);
          else assert.throws(attempt, { code: /^conditions-(expired|not-yet-valid)$/ });
        },
      ),
      { numRuns: 200 },
    );
  });

  test('that is no number accepts nothing', () => {
    assert.throws(() => accept(responseText(), { now: Number.NaN }), { name: 'TypeError' });
    const input = acceptInput(posted(responseText()), { now: Number.NaN });
    assert.throws(() => judgeResponse(input), { name: 'SamlRejection' });
  });
});

test('the assertion may be used until the earlier of its two ends', () => {
  const bearerEnd = ' NotOnOrAfter="2026-11-23T13:00:00.000Z" Recipient';
  const shorter = ' NotOnOrAfter="2026-11-23T12:05:00.000Z" Recipient';
  assert.equal(accept(responseText({ assertion: [[bearerEnd, shorter]] })).notOnOrAfter, now + 300_000);
  const longer = ' NotOnOrAfter="2026-11-23T14:00:00.000Z" Recipient';
  assert.equal(accept(responseText({ assertion: [[bearerEnd, longer]] })).notOnOrAfter, now + 3_600_000);
  const conditions = ' NotOnOrAfter="2026-11-23T13:00:00.000Z"><AudienceRestriction>';
  const endless = responseText({
    assertion: [
      [conditions, '><AudienceRestriction>'],
      [bearerEnd, shorter],
    ],
  });
  assert.equal(accept(endless).notOnOrAfter, now + 300_000);
});

test('the assertion is remembered for as long as any of its bearer confirmations could bring it again', () => {
  const end = now + 3_600_000;
  const bearer = '<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">';
  const early = `${bearer}<SubjectConfirmationData InResponseTo="${requestId}" NotOnOrAfter="2026-11-23T12:05:00.000Z" Recipient="${replyUrl}"></SubjectConfirmationData></SubjectConfirmation>`;
  const twice = responseText({ assertion: [[bearer, early + bearer]] });
  for (const at of [now, now + 300_000, end - 1]) {
    assert.equal(accept(twice, { now: at }).notOnOrAfter, end);
  }
  assert.throws(() => accept(twice, { now: end }), { code: /expired$/ });
});

test('the response names the issuer of its assertion, also where nobody says who that should be', () => {
  const judged = (xml: string) => {
    const { identityProvider, ...expected } = acceptInput(posted(xml));
    return judgeResponse({ ...expected, identityProvider: { certificates: identityProvider.certificates } });
  };
  const issuer = `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${identityProvider}</Issuer>`;
  const other = issuer.replace(identityProvider, `${identityProvider}other`);
  for (const sign of ['assertion', 'response', 'both'] as const) {
    assert.equal(judged(responseText({ sign })).issuer, identityProvider);
    assert.throws(() => judged(responseText({ sign, response: [[issuer, other]] })), {
      code: 'response-issuer-mismatch',
      expected: identityProvider,
      actual: `${identityProvider}other`,
    });
  }
  assert.equal(judged(responseText({ response: [[issuer, '']] })).issuer, identityProvider);
});

test('what may be done on the strength of the assertion is said, for who issues others on it', () => {
  const conditions = (content: string) =>
    accept(responseText({ assertion: [['</AudienceRestriction>', `</AudienceRestriction>${content}`]] }));
  const audience = '<Audience>https://third.example</Audience>';
  const both = conditions(
    `<OneTimeUse></OneTimeUse><ProxyRestriction Count="0">${audience}</ProxyRestriction>`,
  );
  assert.equal(both.oneTimeUse, true);
  assert.deepEqual(both.proxyRestriction, { count: 0, audiences: ['https://third.example'] });
  assert.deepEqual(conditions('<ProxyRestriction></ProxyRestriction>').proxyRestriction, { audiences: [] });
  const neither = accept(responseText());
  assert.ok(!('oneTimeUse' in neither) && !('proxyRestriction' in neither));
});

test('no two checks of one list refuse with the same code', () => {
  for (const checks of [responseChecks, issuerChecks, assertionChecks, bearerChecks]) {
    const codes = checks.map(({ code }) => code);
    assert.equal(new Set(codes).size, codes.length);
  }
});

test('what a response must be judged against cannot be left out, not even in JavaScript', () => {
  const complete = acceptInput(posted(responseText()));
  const broken: [string, Record<string, unknown>][] = [
    ['message.octets', { message: undefined }],
    ['message.octets', { message: responseText() }],
    ['identityProvider.certificates', { identityProvider: { entityId: complete.identityProvider.entityId } }],
    ['skewMilliseconds', { skewMilliseconds: undefined }],
    ['identityProvider.entityId', { identityProvider: { certificates: [] } }],
    ['serviceProvider.entityId', { serviceProvider: { assertionConsumerServiceUrl: replyUrl } }],
    ['serviceProvider.assertionConsumerServiceUrl', { serviceProvider: { entityId: serviceProvider } }],
    ['request.id', { request: undefined }],
    ['request.id', { request: {} }],
    ['now', { now: undefined }],
  ];
  for (const [name, change] of broken) {
    assert.throws(() => acceptResponse({ ...complete, ...change } as AcceptResponseInput), {
      name: 'TypeError',
      message: `${name} is missing.`,
    });
  }
  assert.throws(
    () => acceptResponse({ ...complete, request: 'whatever' } as unknown as AcceptResponseInput),
    {
      name: 'TypeError',
    },
  );
});
