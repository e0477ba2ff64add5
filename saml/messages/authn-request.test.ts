import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestText } from '../fixtures/request-text.ts';
import * as given from '../fixtures/web-sso.ts';
import { limits } from '../limits.ts';
import { readXml } from '../xml/reader.ts';
import { type AuthnRequest, readAuthnRequestElement } from './authn-request.ts';

const read = (xml: string): AuthnRequest =>
  readAuthnRequestElement(readXml(Buffer.from(xml), limits.message).root);

test('a request to authenticate is read', () => {
  assert.deepEqual(read(requestText()), {
    id: given.requestId,
    issueInstant: given.now,
    issuer: given.serviceProvider,
    destination: given.endpoint,
    assertionConsumerServiceUrl: given.replyUrl,
    forceAuthn: false,
    isPassive: false,
  });
});

test('a request is read also where it says the least', () => {
  const xml = requestText([
    [` AssertionConsumerServiceURL="${given.replyUrl}" Destination="${given.endpoint}"`, ''],
  ]);
  assert.deepEqual(read(xml), {
    id: given.requestId,
    issueInstant: given.now,
    issuer: given.serviceProvider,
    forceAuthn: false,
    isPassive: false,
  });
});

test('a request is read with the subject it names, and with no other', () => {
  const subjectOf = (content: string) => {
    const subject = `<Subject xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${content}</Subject></samlp:AuthnRequest>`;
    return read(requestText([['</samlp:AuthnRequest>', subject]])).subject;
  };
  const confirmation = '<SubjectConfirmation Method="urn:x"></SubjectConfirmation>';
  assert.deepEqual(subjectOf(confirmation), { confirmationMethods: ['urn:x'] });
  assert.deepEqual(subjectOf(`<BaseID></BaseID>${confirmation}`), { confirmationMethods: ['urn:x'] });
  assert.deepEqual(subjectOf('<NameID Format="urn:f">x</NameID>'), {
    nameId: { value: 'x', format: 'urn:f' },
    confirmationMethods: [],
  });
  const encrypted = subjectOf('<EncryptedID></EncryptedID>');
  assert.equal(encrypted?.encryptedId?.local, 'EncryptedID');
  assert.deepEqual(Object.keys(encrypted ?? {}), ['encryptedId', 'confirmationMethods']);
});

test('a request is read with the policy it states, present or absent part by part', () => {
  const policyOf = (attributes: string) => {
    const policy = `<samlp:NameIDPolicy ${attributes}></samlp:NameIDPolicy></samlp:AuthnRequest>`;
    const xml = requestText([['</samlp:AuthnRequest>', policy]]);
    return read(xml).nameIdPolicy;
  };
  assert.deepEqual(policyOf(''), {});
  assert.deepEqual(policyOf('AllowCreate="0"'), { allowCreate: false });
  assert.deepEqual(policyOf('AllowCreate="1" Format="f" SPNameQualifier="q"'), {
    allowCreate: true,
    format: 'f',
    spNameQualifier: 'q',
  });
});
