import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import { fixtureCertificate, fixtureKey } from '../fixtures/hand-signer.ts';
import {
  logoutResponseText,
  logoutRequestId,
  logoutRequestText,
  signedLogoutText,
} from '../fixtures/logout-text.ts';
import { requestText, signedRequestText } from '../fixtures/request-text.ts';
import { type ResponseText, responseText } from '../fixtures/response-text.ts';
import * as given from '../fixtures/web-sso.ts';
import { writeIdpMetadata } from '../metadata/idp-metadata.ts';
import { writeSpMetadata } from '../metadata/sp-metadata.ts';
import { createAuthnRequest } from '../profiles/create-authn-request.ts';
import { createLogoutRequest } from '../profiles/create-logout-request.ts';
import { examineMessage } from './examine-message.ts';
import type { ExamineInput } from './expectations.ts';

const other = fixtureCertificate('rsa-other');
const everything = {
  certificates: [given.certificate],
  idpEntityId: given.identityProvider,
  audience: given.serviceProvider,
  acs: given.replyUrl,
  inResponseTo: given.requestId,
  now: given.now,
  skewMilliseconds: 0,
};
const examine = (xml: string, change: Partial<ExamineInput> = {}) => {
  const isAnswer = /^<(\w+:)?(Response|LogoutResponse)/.test(xml);
  const parameter = isAnswer ? 'SAMLResponse' : 'SAMLRequest';
  return examineMessage({
    message: { binding: 'post', parameter, octets: Buffer.from(xml) },
    ...everything,
    ...change,
  });
};
const without = (...names: (keyof typeof everything)[]): Partial<ExamineInput> =>
  Object.fromEntries(names.map((name) => [name, undefined]));
const refusal = (code: string) => ({ name: 'SamlRejection', code });

describe('a response', () => {
  test('is held against everything that is given', () => {
    assert.deepEqual(examine(responseText()).unchecked, []);
    for (const [name, code] of [
      ['idpEntityId', 'response-issuer-mismatch'],
      ['audience', 'audience-mismatch'],
      ['acs', 'response-destination-mismatch'],
      ['inResponseTo', 'response-in-response-to-mismatch'],
    ] as const)
      assert.throws(() => examine(responseText(), { [name]: 'https://other.example' }), refusal(code));
  });

  test('names each expectation that is not given, and is accepted without it', () => {
    for (const name of ['idpEntityId', 'audience', 'acs', 'inResponseTo'] as const)
      assert.deepEqual(examine(responseText(), without(name)).unchecked, [name]);
  });

  test('is never accepted without a key, or with the wrong one', () => {
    assert.throws(() => examine(responseText(), { certificates: [] }), refusal('signature-key-missing'));
    assert.throws(() => examine(responseText(), { certificates: [other] }), refusal('signature-invalid'));
    assert.throws(
      () => examine(responseText({ sign: 'none' }), { certificates: [] }),
      refusal('signature-missing'),
    );
  });

  test('says that an audience was not compared where there was none', () => {
    const restriction = /<AudienceRestriction>.*<\/AudienceRestriction>/.exec(responseText())?.[0] ?? '';
    const endless = responseText({ assertion: [[restriction, '']] });
    assert.throws(() => examine(endless), refusal('audience-missing'));
    assert.deepEqual(examine(endless, { allow: ['audience-optional'] }).unchecked, ['audience']);
  });

  describe('says that an address was not compared', () => {
    const allow = ['recipient-optional', 'destination-optional'] as const;
    const noRecipient = [` Recipient="${given.replyUrl}"`, ''] as const;
    const noDestination = [` Destination="${given.replyUrl}"`, ''] as const;
    const cases: [string, ResponseText, string[]][] = [
      ['where it is nowhere', { assertion: [noRecipient], response: [noDestination] }, ['acs']],
      ['where it stands only outside what is signed', { assertion: [noRecipient] }, ['acs']],
      ['but not where both are there', {}, []],
      ['but not where the Recipient alone is there', { response: [noDestination] }, []],
      ['but not where the Destination alone is, signed', { assertion: [noRecipient], sign: 'response' }, []],
      [
        'where a signed message has neither',
        { assertion: [noRecipient], response: [noDestination], sign: 'both' },
        ['acs'],
      ],
    ];
    for (const [where, change, unchecked] of cases)
      test(where, () =>
        assert.deepEqual(examine(responseText(change), { allow: [...allow] }).unchecked, unchecked),
      );
  });
});

describe('a request to authenticate', () => {
  const atEndpoint = { acs: given.endpoint, certificates: [] };

  test('is held against its issuer and its address', () => {
    const { issuer, signed, unchecked } = examine(requestText(), { ...atEndpoint, inResponseTo: null });
    assert.deepEqual(
      { issuer, signed, unchecked },
      { issuer: given.serviceProvider, signed: null, unchecked: ['certificates', 'idpEntityId'] },
    );
    const elsewhere = { ...atEndpoint, acs: 'https://other.example' };
    assert.throws(() => examine(requestText(), elsewhere), refusal('request-destination-mismatch'));
    const another = { ...atEndpoint, audience: 'https://other.example' };
    assert.throws(() => examine(requestText(), another), refusal('request-issuer-mismatch'));
  });

  test('must be signed where there is a certificate', () => {
    assert.throws(
      () => examine(requestText(), { acs: given.endpoint, certificates: [other] }),
      refusal('request-not-signed'),
    );
  });

  test('is accepted with nothing given, and all of it unchecked', () => {
    const nothing = without('idpEntityId', 'audience', 'acs', 'inResponseTo');
    assert.deepEqual(examine(requestText(), { ...nothing, certificates: [] }).unchecked, [
      'certificates',
      'idpEntityId',
      'audience',
      'acs',
      'inResponseTo',
    ]);
  });
});

describe('a request by redirect', () => {
  const signing = { key: fixtureKey('rsa-other'), algorithm: 'rsa-sha256' } as const;
  const asked = (change: object = {}) => {
    const { url } = createAuthnRequest({
      id: '_request',
      now: given.now,
      issuer: given.serviceProvider,
      destination: given.endpoint,
      assertionConsumerServiceUrl: given.replyUrl,
      signing,
      ...change,
    });
    const message = decodeRedirect(url.slice(url.indexOf('?') + 1));
    return examine('', { message, acs: given.endpoint, certificates: [other] });
  };

  test('is verified by its query', () => {
    assert.deepEqual(asked(), {
      type: 'AuthnRequest',
      issuer: given.serviceProvider,
      signed: 'query',
      unchecked: ['idpEntityId', 'inResponseTo'],
    });
  });

  test('may ask for whatever an identity provider can be able to do', () => {
    const nameId = { value: 'b.simon@contoso.example', format: 'urn:x' };
    const wishes = [
      { subject: { nameId } },
      { scoping: { proxyCount: 0, requesterIds: ['https://x'] } },
      { nameIdFormat: 'urn:made-up' },
      { protocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact' },
      { assertionConsumerServiceUrl: undefined, assertionConsumerServiceIndex: 7 },
      ...(['exact', 'minimum', 'maximum', 'better'] as const).map((comparison) => ({
        requestedAuthnContext: { comparison, classRefs: ['urn:c'] },
      })),
      { requestedAuthnContext: { comparison: 'exact', declRefs: ['urn:d'] } },
    ];
    for (const wish of wishes) assert.equal(asked(wish).signed, 'query', JSON.stringify(wish));
    assert.deepEqual(asked(wishes[0]).nameId, nameId);
    assert.equal(asked().nameId, undefined);
  });
});

describe('a request without an address', () => {
  const bare = requestText([[` Destination="${given.endpoint}"`, '']]);

  test('leaves the address unchecked, also where one is given', () => {
    const { unchecked } = examine(bare, { certificates: [], acs: given.endpoint, inResponseTo: null });
    assert.deepEqual(unchecked, ['certificates', 'idpEntityId', 'acs']);
  });

  test('is accepted signed as well only where no address is expected', () => {
    const signed = signedRequestText([[` Destination="${given.endpoint}"`, '']]);
    const anywhere = { ...without('acs'), certificates: [other], inResponseTo: null };
    assert.deepEqual(examine(signed, anywhere).unchecked, ['idpEntityId', 'acs']);
    assert.throws(
      () => examine(signed, { ...anywhere, acs: given.endpoint }),
      refusal('request-destination-missing'),
    );
  });
});

describe('a logout message', () => {
  const sent = { acs: given.endpoint, certificates: [other] };
  const request = signedLogoutText(logoutRequestText());
  const response = signedLogoutText(logoutResponseText());

  test('says whose sessions end, and may come from either side', () => {
    const { nameId, sessionIndex, signed, unchecked } = examine(request, { ...sent, inResponseTo: null });
    assert.equal(nameId?.value, 'b.simon@contoso.example');
    assert.equal(sessionIndex, given.assertionId);
    // Its issuer is the service provider: the identity provider was held against nothing.
    assert.deepEqual({ signed, unchecked }, { signed: 'message', unchecked: ['idpEntityId'] });
    const onlyIdp = { ...sent, ...without('audience') };
    assert.throws(() => examine(request, onlyIdp), refusal('logout-issuer-mismatch'));
  });

  test('is accepted with nothing given but the key, and all else unchecked', () => {
    const nothing = { ...sent, ...without('idpEntityId', 'audience', 'acs', 'inResponseTo') };
    for (const [xml, type] of [
      [request, 'LogoutRequest'],
      [response, 'LogoutResponse'],
    ] as const) {
      const { unchecked, issuer, ...said } = examine(xml, nothing);
      assert.deepEqual(unchecked, ['idpEntityId', 'audience', 'acs', 'inResponseTo']);
      assert.deepEqual([said.type, issuer], [type, given.serviceProvider]);
    }
  });

  test('by redirect is verified by its query', async () => {
    const redirected = await createLogoutRequest({
      id: '_logout',
      now: given.now,
      issuer: given.serviceProvider,
      nameId: { value: 'x', format: 'urn:x' },
      binding: 'redirect',
      destination: given.endpoint,
      signing: { key: fixtureKey('rsa-other'), algorithm: 'rsa-sha256' },
    });
    assert.ok(redirected.binding === 'redirect');
    const message = decodeRedirect(redirected.url.slice(redirected.url.indexOf('?') + 1));
    const { signed, sessionIndex } = examine('', { ...sent, message });
    assert.deepEqual({ signed, sessionIndex }, { signed: 'query', sessionIndex: null });
  });

  test('without an address leaves it unchecked', () => {
    const bare = logoutRequestText([[` Destination="${given.endpoint}"`, '']]);
    const { unchecked } = examine(bare, { ...sent, allow: ['unsigned-logout'], inResponseTo: null });
    assert.deepEqual(unchecked, ['certificates', 'idpEntityId', 'acs']);
    const signed = signedLogoutText(bare);
    const anywhere = { ...sent, ...without('idpEntityId', 'acs') };
    assert.deepEqual(examine(signed, { ...anywhere, inResponseTo: null }).unchecked, ['idpEntityId', 'acs']);
    assert.throws(() => examine(signed, sent), refusal('logout-destination-missing'));
  });

  test('is never accepted unsigned, or without a key, but by its switch', () => {
    assert.throws(() => examine(logoutRequestText(), sent), refusal('logout-not-signed'));
    assert.throws(() => examine(request, { ...sent, certificates: [] }), refusal('signature-key-missing'));
    const { signed, unchecked } = examine(logoutRequestText(), { ...sent, allow: ['unsigned-logout'] });
    assert.deepEqual(
      { signed, unchecked },
      { signed: null, unchecked: ['certificates', 'idpEntityId', 'inResponseTo'] },
    );
  });

  test('leaves unchecked which of the two entities did not send it', () => {
    const issuer = given.serviceProvider;
    const cases = [
      [{ idpEntityId: 'urn:x', audience: issuer }, ['idpEntityId']],
      [{ idpEntityId: issuer, audience: 'urn:x' }, ['audience']],
      [{ ...without('audience'), idpEntityId: issuer }, ['audience']],
      [{ ...without('idpEntityId'), audience: issuer }, ['idpEntityId']],
      [{ idpEntityId: issuer, audience: issuer }, []],
    ] as const;
    for (const [entities, unchecked] of cases) {
      const asked = { ...sent, ...entities };
      assert.deepEqual(examine(request, { ...asked, inResponseTo: null }).unchecked, unchecked);
      assert.deepEqual(examine(response, { ...asked, inResponseTo: logoutRequestId }).unchecked, unchecked);
    }
  });

  test('that answers must answer the request that is expected', () => {
    const { outcome, unchecked } = examine(response, { ...sent, inResponseTo: logoutRequestId });
    assert.deepEqual({ outcome, unchecked }, { outcome: 'success', unchecked: ['idpEntityId'] });
    assert.deepEqual(examine(response, { ...sent, ...without('inResponseTo') }).unchecked, [
      'idpEntityId',
      'inResponseTo',
    ]);
    for (const inResponseTo of [null, '_other'])
      assert.throws(
        () => examine(response, { ...sent, inResponseTo }),
        refusal('logout-in-response-to-mismatch'),
      );
  });
});

describe('metadata', async () => {
  const signing = { key: fixtureKey('rsa'), algorithm: 'rsa-sha256' } as const;
  const ofIdp = await writeIdpMetadata({
    entityId: given.identityProvider,
    id: '_metadata',
    singleSignOnUrl: given.endpoint,
    certificates: [given.certificate],
    signing,
  });
  const ofSp = await writeSpMetadata({
    entityId: given.serviceProvider,
    assertionConsumerServiceUrl: given.replyUrl,
  });
  const bare = ofIdp.replace(/^<\?xml[^>]*>/, '');
  const unsigned = bare.replace(/<(?:ds:)?Signature[^]*<\/(?:ds:)?Signature>/, '');
  const group = `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" Name="all">${bare}${ofSp.replace(/^<\?xml[^>]*>/, '')}</EntitiesDescriptor>`;

  test('of one entity is held against the entity ID of its role', () => {
    const { issuer, signed, unchecked } = examine(ofIdp);
    assert.deepEqual(
      { issuer, signed, unchecked },
      { issuer: given.identityProvider, signed: 'message', unchecked: ['audience', 'acs', 'inResponseTo'] },
    );
    assert.deepEqual(examine(ofSp, { certificates: [], inResponseTo: null }).unchecked, [
      'certificates',
      'idpEntityId',
      'acs',
    ]);
    assert.throws(
      () => examine(ofIdp, { idpEntityId: 'https://other.example' }),
      refusal('metadata-entity-mismatch'),
    );
    assert.throws(
      () => examine(ofSp, { certificates: [], audience: 'https://other.example' }),
      refusal('metadata-entity-mismatch'),
    );
  });

  test('of an entity in both roles must be one of those that are expected', () => {
    const role = /<SPSSODescriptor[^]*<\/SPSSODescriptor>/.exec(ofSp)?.[0] ?? '';
    const both = unsigned.replace('</EntityDescriptor>', `${role}</EntityDescriptor>`);
    const alone = { certificates: [], inResponseTo: null };
    assert.deepEqual(examine(both, alone).unchecked, ['certificates', 'audience', 'acs']);
    const asSp = { ...alone, idpEntityId: 'https://other.example', audience: given.identityProvider };
    assert.deepEqual(examine(both, asSp).unchecked, ['certificates', 'idpEntityId', 'acs']);
    const neither = { ...alone, idpEntityId: 'https://a.example', audience: 'https://b.example' };
    assert.throws(() => examine(both, neither), {
      ...refusal('metadata-entity-mismatch'),
      expected: 'https://a.example https://b.example',
      actual: given.identityProvider,
    });
  });

  test('that describes neither role is no metadata of ours', () => {
    const nobody = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>';
    assert.throws(() => examine(nobody, { certificates: [] }), {
      ...refusal('metadata-role-missing'),
      expected: 'IDPSSODescriptor or SPSSODescriptor',
    });
  });

  test('must be signed by the certificate that is given', () => {
    assert.throws(() => examine(ofIdp, { certificates: [other] }), refusal('signature-invalid'));
    assert.throws(() => examine(ofSp), refusal('signature-missing'));
    assert.equal(examine(ofIdp, { certificates: [] }).signed, null);
  });

  test('of many entities must have one of those that are expected', () => {
    const { issuer, unchecked } = examine(group, { certificates: [] });
    assert.deepEqual(
      { issuer, unchecked },
      { issuer: 'all', unchecked: ['certificates', 'acs', 'inResponseTo'] },
    );
    const strangers = { certificates: [], idpEntityId: 'https://a.example', audience: 'https://b.example' };
    assert.throws(() => examine(group, strangers), {
      ...refusal('metadata-entity-mismatch'),
      expected: 'https://a.example https://b.example',
      actual: '2 other entities',
    });
    const one = { certificates: [], idpEntityId: 'https://a.example' };
    assert.deepEqual(examine(group, one).unchecked, ['certificates', 'idpEntityId', 'acs', 'inResponseTo']);
    const another = { certificates: [], audience: 'https://b.example', inResponseTo: null };
    assert.deepEqual(examine(group, another).unchecked, ['certificates', 'audience', 'acs']);
    const nameless = { ...without('idpEntityId', 'audience'), certificates: [] };
    assert.equal(examine(group.replace(' Name="all"', ''), nameless).issuer, null);
    // A role that an entity does not have is not made up.
    const turned = { certificates: [], idpEntityId: given.serviceProvider, audience: given.identityProvider };
    assert.throws(() => examine(group, turned), refusal('metadata-role-missing'));
    const anybody = { certificates: [], ...without('idpEntityId', 'audience') };
    assert.equal(examine(group, anybody).issuer, 'all');
  });

  test('that has expired is refused, the skew allowed for', () => {
    const until = '2026-11-23T12:00:00Z';
    const expired = ofSp.replace('entityID=', `validUntil="${until}" entityID=`);
    assert.throws(() => examine(expired, { certificates: [] }), refusal('metadata-expired'));
    assert.equal(examine(expired, { certificates: [], skewMilliseconds: 1 }).issuer, given.serviceProvider);
    for (const skewMilliseconds of [-1, 180_001, Number.NaN]) {
      assert.throws(() => examine(expired, { certificates: [], skewMilliseconds }), RangeError);
    }
  });
});

test('what is no message of ours is said to be none, after what is wrong with it as XML', () => {
  assert.throws(() => examine('<a/>'), refusal('message-unexpected'));
  assert.throws(() => examine('<a>'), refusal('xml-malformed'));
  assert.throws(() => examine('<!DOCTYPE Response><Response/>'), refusal('xml-doctype'));
  assert.throws(() => examine('<Response xmlns="urn:other"/>'), refusal('message-unexpected'));
  assert.throws(() => examine(responseText(), { type: 'LogoutRequest' }), refusal('message-unexpected'));
});
