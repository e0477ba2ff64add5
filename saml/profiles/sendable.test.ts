import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import * as given from '../fixtures/web-sso.ts';
import { statusCodes } from '../names.ts';
import { acceptResponse } from './accept-response.ts';
import { createAuthnRequest, createPostedAuthnRequest } from './create-authn-request.ts';
import { createLogoutRequest } from './create-logout-request.ts';
import { type IssueInput, issueErrorResponse, issueResponse } from './issue-response.ts';

const { now } = given;
const input = given.issueInput();
const { sign: _, ...signing } = input.signing;
const encryption = { certificate: fixtureCertificate('sp') };
const attribute = (values: string[]) => [{ name: 'urn:x', values }];
const manyValues = attribute(Array.from({ length: 5_000 }, (_, i) => `${i}`));
const longValue = attribute(['x'.repeat(600_000)]);
const notHttp = [
  'javascript:alert(1)',
  'data:,x',
  '/acs',
  '',
  ' https://sp.example',
  'https://sp.example/\nx',
];

describe('a response that no reader would take is not issued', () => {
  const wrong: [what: string, change: Partial<IssueInput>, code: string][] = [
    ['one ID for both', { assertionId: input.responseId }, 'xml-id-duplicate'],
    ['a lifetime of nothing', { lifetime: { notBefore: now, notOnOrAfter: now } }, 'conditions-empty-period'],
    [
      'a lifetime backwards',
      { lifetime: { notBefore: now + 1, notOnOrAfter: now } },
      'conditions-empty-period',
    ],
    ['too many values', { attributes: manyValues }, 'xml-too-many-elements'],
    ['too many values, encrypted', { attributes: manyValues, encryption }, 'xml-too-many-elements'],
    ['a value that is too long', { attributes: longValue }, 'xml-too-large'],
    ['a value that is too long, encrypted', { attributes: longValue, encryption }, 'xml-too-large'],
    ['an attribute without a name', { attributes: [{ name: '', values: ['x'] }] }, 'value-malformed'],
    ...notHttp.map(
      (replyUrl) =>
        [`to ${JSON.stringify(replyUrl)}`, { replyUrl }, 'value-malformed'] as [string, object, string],
    ),
  ];
  for (const [what, change, code] of wrong)
    test(what, () => assert.rejects(issueResponse({ ...input, ...change }), { name: 'SamlRejection', code }));

  test('with the certificate of another key', async () => {
    const stale = { ...input.signing, certificate: fixtureCertificate('rsa-other') };
    await assert.rejects(issueResponse({ ...input, signing: stale }), TypeError);
    // Nor once it was right for another key.
    await issueResponse({ ...input, signing: { ...stale, key: fixtureKey('rsa-other') } });
    await assert.rejects(issueResponse({ ...input, signing: stale }), TypeError);
  });

  test('about a failure: with a status of nothing, or to what is no address', async () => {
    const failure = { ...input, signing, status: { code: statusCodes.responder } };
    await issueErrorResponse(failure);
    await assert.rejects(issueErrorResponse({ ...failure, status: { ...failure.status, subCode: '' } }), {
      code: 'value-malformed',
    });
    await assert.rejects(issueErrorResponse({ ...failure, replyUrl: 'javascript:x' }), {
      code: 'value-malformed',
    });
  });

  test('while one of nearly the largest size is, and is accepted', async () => {
    const large = { ...input, attributes: attribute(Array.from({ length: 4_900 }, (_, i) => `${i}`)) };
    const { xml } = await issueResponse(large);
    const accepted = acceptResponse(given.acceptInput(given.posted(xml)));
    assert.equal(accepted.attributes[0]?.values.length, 4_900);
  });
});

test('a request is not sent to what is no address, nor larger than it may be', async () => {
  const request = { id: '_q', now, issuer: given.serviceProvider, destination: given.endpoint };
  for (const destination of notHttp) {
    const refused = { code: 'value-malformed' };
    assert.throws(() => createAuthnRequest({ ...request, destination }), refused);
    await assert.rejects(createPostedAuthnRequest({ ...request, destination }), refused);
  }
  const providerName = 'x'.repeat(600_000);
  await assert.rejects(createPostedAuthnRequest({ ...request, providerName }), { code: 'xml-too-large' });
  const logout = { ...request, nameId: input.nameId, signing };
  for (const binding of ['redirect', 'post'] as const) {
    await assert.rejects(createLogoutRequest({ ...logout, binding, destination: 'javascript:x' }), {
      code: 'value-malformed',
    });
    await assert.rejects(createLogoutRequest({ ...logout, binding, sessionIndexes: [providerName] }), {
      code: 'xml-too-large',
    });
  }
});
