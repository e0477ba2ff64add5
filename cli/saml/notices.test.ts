import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { logoutResponseText } from '../../saml/fixtures/logout-text.ts';
import { requestText, signedRequestText } from '../../saml/fixtures/request-text.ts';
import { responseText } from '../../saml/fixtures/response-text.ts';
import * as given from '../../saml/fixtures/web-sso.ts';
import { root } from '../install.js';
import { inspect } from './inspect.ts';

const accepted = (name: string, file = 'message.xml') =>
  readFileSync(join(root, 'saml', 'fixtures', 'accepted', name, file), 'utf8');
const shown = (text: string): string => {
  const { code, says } = inspect(Buffer.from(text), given.now);
  assert.equal(code, 0, says);
  return says;
};
const notices = (text: string): string => shown(text).split('To notice\n')[1]?.split('\n\n')[0] ?? '';

describe('of what is encrypted it is not said that it is not signed', () => {
  const inside =
    /Nothing that can be read here is signed\. A signature may lie inside the ciphertext; without one/;
  for (const name of [
    'encrypted-with-cbc-signed-inside-alone-where-that-is-allowed',
    'encrypted-assertion-signed-inside',
    'encrypted-with-aes-256-gcm',
    'encrypted-for-eight-receivers',
  ])
    test(`(${name})`, () => {
      assert.match(notices(accepted(name)), inside);
      assert.doesNotMatch(shown(accepted(name)), /Nothing in it is signed/);
    });

  test('nor anything where the signature lies around it', () => {
    assert.doesNotMatch(shown(accepted('encrypted-assertion-signed-around')), /ciphertext|is signed/);
  });

  test('and where only a name is encrypted, a signature can lie nowhere', () => {
    const name = accepted('encrypted-name-id').replaceAll(
      /<(?:ds:)?Signature[ >][^]*?<\/(?:ds:)?Signature>/g,
      '',
    );
    assert.match(notices(name), /Nothing in it is signed/);
  });
});

describe('how a request went', () => {
  const success = 'urn:oasis:names:tc:SAML:2.0:status:Success';
  const nested = (outer: string, ...inner: string[]) => [outer, ...inner];
  const status = (text: string, codes: string[]) =>
    text.replace(
      /<samlp:StatusCode[^]*(?=<\/samlp:Status>)/,
      codes.map((code) => `<samlp:StatusCode Value="${code}">`).join('') +
        '</samlp:StatusCode>'.repeat(codes.length),
    );
  const partial = success.replace('Success', 'PartialLogout');
  const responder = success.replace('Success', 'Responder');
  const failure = /it reports a failure/;
  const half = /LogoutResponse: the logout is partial/;
  const cases: [string, string, RegExp | undefined][] = [
    ['well', status(logoutResponseText(), nested(success)), undefined],
    ['a logout partially, under Success', accepted('logout-response-partial-under-success'), half],
    ['a logout partially, under Responder', status(logoutResponseText(), nested(responder, partial)), half],
    ['not', status(logoutResponseText(), nested(responder)), failure],
    ['not, whatever is nested', status(responseText(), nested(responder, success)), failure],
    [
      'not, with a code that only ends like success',
      status(responseText(), nested('urn:x:Success')),
      failure,
    ],
    ['not, with a code that only begins like it', status(responseText(), nested(`${success}, x`)), failure],
    ['well at a sign-in, whatever is nested', status(responseText(), nested(success, partial)), undefined],
  ];
  for (const [how, text, pattern] of cases)
    test(how, () => {
      for (const each of [failure, half])
        if (each === pattern) assert.match(notices(text), each);
        else assert.doesNotMatch(shown(text), each);
    });
});

describe('a signature in the query', () => {
  const deflated = (text: string) => encodeURIComponent(deflateRawSync(Buffer.from(text)).toString('base64'));
  const request = `SAMLRequest=${deflated(requestText())}`;
  const rsa = encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
  const sha1 = encodeURIComponent('http://www.w3.org/2000/09/xmldsig#rsa-sha1');
  const nothing = /Nothing particular to notice/;
  const cases: [string, string, RegExp, RegExp][] = [
    [
      'is told of a request, with its algorithm',
      accepted('request-signed-by-redirect', 'message.txt'),
      /^AuthnRequest \(signed in the query with RSA with SHA-256\)$/m,
      nothing,
    ],
    [
      'is told of an answer to a logout',
      accepted('logout-response-by-redirect', 'message.txt'),
      /^LogoutResponse \(signed in the query with RSA with SHA-256\)$/m,
      nothing,
    ],
    [
      'is told of a query in a line for the other command',
      JSON.stringify({ id: 1, query: `${request}&SigAlg=${rsa}&Signature=AAAA` }),
      /\(signed in the query with RSA with SHA-256\)/,
      nothing,
    ],
    [
      'by an algorithm that is refused',
      `${request}&SigAlg=${sha1}&Signature=AAAA`,
      /\(signed in the query with RSA with SHA-1\)/,
      /SigAlg RSA with SHA-1: refused unless/,
    ],
    ['is not there', request, /^AuthnRequest \(not signed in the query\)$/m, /It is not signed: anybody/],
    [
      'without its algorithm is none',
      `${request}&Signature=AAAA`,
      /\(not signed in the query\)/,
      /SigAlg and Signature are not there once each: the engine refuses it/,
    ],
    [
      'without its value is none',
      `${request}&SigAlg=${rsa}`,
      /\(not signed in the query\)/,
      /SigAlg and Signature are not there once each/,
    ],
    [
      'there twice is none',
      `${request}&SigAlg=${rsa}&Signature=AAAA&Signature=BBBB`,
      /\(not signed in the query\)/,
      /SigAlg and Signature are not there once each/,
    ],
    [
      'is the only one that counts there',
      `SAMLRequest=${deflated(signedRequestText())}`,
      /^AuthnRequest \(not signed in the query\)$/m,
      /The signature inside the message counts for nothing/,
    ],
    [
      'is none in a form',
      `SAMLRequest=${encodeURIComponent(Buffer.from(requestText()).toString('base64'))}&SigAlg=${rsa}&Signature=AAAA`,
      /^AuthnRequest \(no signature of its own\)$/m,
      /It is not signed: anybody/,
    ],
    [
      'cannot be told where only the message was copied',
      deflateRawSync(Buffer.from(requestText())).toString('base64'),
      /^AuthnRequest \(no signature of its own\)$/m,
      /Compressed, as in a redirect: .* in the query, which is not here/,
    ],
    [
      'does not make a response one that may come by redirect',
      `SAMLResponse=${deflated(responseText())}&SigAlg=${rsa}&Signature=AAAA`,
      /^Response \(signed in the query with RSA with SHA-256\)$/m,
      /A response came by another binding than HTTP POST/,
    ],
  ];
  for (const [what, text, title, notice] of cases)
    test(what, () => {
      assert.match(shown(text), title);
      assert.match(shown(text), notice);
    });
});

describe('what is shown ends with 0, and what is no SAML with 1', () => {
  const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
  const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
  const cases: [string, RegExp][] = [
    ['<a/>', /^This is no SAML 2\.0 message: a\.$/m],
    ['<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', /no SAML 2\.0 message: .*It is a web page/],
    ['<html><body>Sign in</body></html>', /It is a web page/],
    ['<Response xmlns="urn:oasis:names:tc:SAML:1.0:protocol"/>', /SAML 1\.1 is another protocol/],
    [`<Envelope xmlns="${soap}"><Body/></Envelope>`, /no SAML 2\.0 message/],
    [
      `<ManageNameIDRequest xmlns="${protocol}"/>`,
      /^This is SAML 2\.0, but no message that is known here: \{.*\}ManageNameIDRequest\.$/m,
    ],
  ];
  for (const [text, pattern] of cases)
    test(text, () => {
      for (const wrapped of [text, Buffer.from(text).toString('base64')]) {
        const { code, says } = inspect(Buffer.from(wrapped), given.now);
        assert.equal(code, 1);
        assert.match(says, pattern);
        assert.match(says, /^XML, indented for reading/m);
      }
    });
});
