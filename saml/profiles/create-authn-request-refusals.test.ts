import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { plainRequest } from '../fixtures/request-options.ts';
import * as given from '../fixtures/web-sso.ts';
import { bindings } from '../names.ts';
import {
  createAuthnRequest,
  type CreateAuthnRequestInput,
  createPostedAuthnRequest,
} from './create-authn-request.ts';

describe('what would be refused is not written', () => {
  const cases: [name: string, code: string, change: Partial<CreateAuthnRequestInput>][] = [
    ['an ID that is none', 'id-not-ncname', { id: '7' }],
    ['a relay state that nobody takes', 'relay-state-too-long', { relayState: 'é'.repeat(2_049) }],
    ['an issuer without a name', 'value-malformed', { issuer: '' }],
    ['text that XML cannot carry', 'xml-character', { providerName: 'a\u0000b' }],
    ['an index beside an address', 'request-reply-url-ambiguous', { assertionConsumerServiceIndex: 0 }],
    ['an index that is none', 'value-malformed', { attributeConsumingServiceIndex: 65_536 }],
    ['an index below nothing', 'value-malformed', { attributeConsumingServiceIndex: -1 }],
    ['half an index', 'value-malformed', { attributeConsumingServiceIndex: 0.5 }],
    ['an authentication context that names none', 'element-missing', { requestedAuthnContext: {} }],
    [
      'classes and declarations at once',
      'element-unexpected',
      { requestedAuthnContext: { classRefs: ['urn:x'], declRefs: ['urn:y'] } },
    ],
    ['a class without a name', 'value-malformed', { requestedAuthnContext: { classRefs: [''] } }],
    ['a declaration without a name', 'value-malformed', { requestedAuthnContext: { declRefs: [''] } }],
    [
      'a list of no identity providers',
      'element-missing',
      { scoping: { idpList: { entries: [] }, requesterIds: [] } },
    ],
    [
      'an identity provider without a name',
      'value-malformed',
      { scoping: { idpList: { entries: [{ providerId: '' }] }, requesterIds: [] } },
    ],
    [
      'a list that is complete nowhere',
      'value-malformed',
      { scoping: { idpList: { entries: [{ providerId: 'a' }], getComplete: '' }, requesterIds: [] } },
    ],
    ['a requester without a name', 'value-malformed', { scoping: { requesterIds: [''] } }],
    ['fewer than no indirections', 'value-malformed', { scoping: { proxyCount: -1, requesterIds: [] } }],
    ['half an indirection', 'value-malformed', { scoping: { proxyCount: 1.5, requesterIds: [] } }],
    [
      'more indirections than anybody counts',
      'value-malformed',
      { scoping: { proxyCount: 1_000_000_000, requesterIds: [] } },
    ],
    ['a subject without a name', 'value-malformed', { subject: { nameId: { value: '', format: 'urn:x' } } }],
    ['an audience without a name', 'value-malformed', { conditions: { audiences: [''] } }],
    ['an extension of no vocabulary', 'element-unexpected', { extensions: [{ namespace: '', local: 'x' }] }],
    [
      'an extension of the vocabulary of messages',
      'element-unexpected',
      { extensions: [{ namespace: 'urn:oasis:names:tc:SAML:2.0:protocol', local: 'Status' }] },
    ],
    [
      'a signature in an extension',
      'element-unexpected',
      {
        extensions: [
          {
            namespace: 'urn:x',
            local: 'x',
            children: [{ namespace: 'http://www.w3.org/2000/09/xmldsig#', local: 'Signature' }],
          },
        ],
      },
    ],
    [
      'an assertion in an extension',
      'element-unexpected',
      { extensions: [{ namespace: 'urn:oasis:names:tc:SAML:2.0:assertion', local: 'Assertion' }] },
    ],
    [
      'an extension with a relative namespace',
      'xml-namespace-relative',
      { extensions: [{ namespace: 'x', local: 'x' }] },
    ],
    [
      'an extension with a prefix that XML keeps',
      'xml-namespace-reserved',
      { extensions: [{ namespace: 'urn:x', local: 'x', prefix: 'xml' }] },
    ],
    ['an extension without a name', 'xml-malformed', { extensions: [{ namespace: 'urn:x', local: '' }] }],
    [
      'markup as the name of an extension',
      'xml-malformed',
      { extensions: [{ namespace: 'urn:x', local: 'x><evil' }] },
    ],
    [
      'markup as a prefix',
      'xml-malformed',
      { extensions: [{ namespace: 'urn:x', local: 'x', prefix: 'a b' }] },
    ],
    [
      'markup as the name of an attribute',
      'xml-malformed',
      { extensions: [{ namespace: 'urn:x', local: 'x', attributes: { 'a="" b': '' } }] },
    ],
    [
      'a namespace declaration as an attribute',
      'xml-malformed',
      { extensions: [{ namespace: 'urn:x', local: 'x', attributes: { xmlns: 'urn:y' } }] },
    ],
  ];
  for (const [name, code, change] of cases) {
    test(name, async () => {
      const input = { ...plainRequest, ...change };
      assert.throws(() => createAuthnRequest(input), { name: 'SamlRejection', code });
      await assert.rejects(createPostedAuthnRequest(input), { name: 'SamlRejection', code });
    });
  }

  test('and it is said what is wrong', () => {
    const said: [Partial<CreateAuthnRequestInput>, { expected?: string; actual?: string }][] = [
      [{ assertionConsumerServiceIndex: 7 }, { expected: 'an index alone', actual: '7' }],
      [{ requestedAuthnContext: {} }, { expected: 'AuthnContextClassRef' }],
      [{ requestedAuthnContext: { classRefs: ['a'], declRefs: ['b'] } }, { actual: 'AuthnContextDeclRef' }],
      [{ scoping: { idpList: { entries: [] }, requesterIds: [] } }, { expected: 'IDPEntry' }],
      [
        { scoping: { idpList: { entries: [{ providerId: '' }] }, requesterIds: [] } },
        { expected: 'text in ProviderID' },
      ],
      [
        { scoping: { idpList: { entries: [{ providerId: 'a' }], getComplete: '' }, requesterIds: [] } },
        { expected: 'text in GetComplete' },
      ],
      [{ scoping: { requesterIds: [''] } }, { expected: 'text in RequesterID' }],
      [{ requestedAuthnContext: { classRefs: [''] } }, { expected: 'text in AuthnContextClassRef' }],
      [{ requestedAuthnContext: { declRefs: [''] } }, { expected: 'text in AuthnContextDeclRef' }],
      [{ extensions: [{ namespace: '', local: 'x' }] }, { expected: 'a namespace of its own', actual: '' }],
      [
        { extensions: [{ namespace: 'urn:x', local: 'x', prefix: 'a b' }] },
        { expected: 'a name', actual: 'a b' },
      ],
    ];
    for (const [change, detail] of said) {
      assert.throws(() => createAuthnRequest({ ...plainRequest, ...change }), detail);
    }
  });

  test('an index beside a binding', () => {
    const { assertionConsumerServiceUrl: _url, ...input } = plainRequest;
    assert.throws(
      () =>
        createAuthnRequest({
          ...input,
          assertionConsumerServiceIndex: 0,
          protocolBinding: bindings.httpPost,
        }),
      { code: 'request-reply-url-ambiguous' },
    );
  });

  test('a destination with a fragment, by Redirect', () => {
    const input = { ...plainRequest, destination: `${given.endpoint}#x` };
    assert.throws(() => createAuthnRequest(input), RangeError);
  });
});
