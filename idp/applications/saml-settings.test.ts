import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { identifierFault, replyUrlFault, urlFault } from './saml-settings.ts';

describe('A Reply URL', () => {
  for (const url of [
    'https://perform.trakstar.com/auth/saml/callback?namespace=contoso',
    'https://contoso.slack.com/sso/saml',
    'https://app.example:8443/acs/?a=b&c=d%20e',
    'http://localhost:4100/auth/saml/callback?namespace=contoso',
    'http://127.0.0.1:35001',
    'http://perform.localhost/acs',
    'HTTPS://APP.example/acs',
    `https://app.example/${'x'.repeat(236)}`,
  ])
    test(`may be ${url.slice(0, 60)}`, () => assert.equal(replyUrlFault(url), null));

  const refused: [string, RegExp][] = [
    ['http://perform.trakstar.com/acs', /must begin with https/],
    ['http://localhost.example/acs', /must begin with https/],
    ['http://127.0.0.1.example/acs', /must begin with https/],
    ['perform.trakstar.com/acs', /absolute https URL/],
    ['/acs', /absolute https URL/],
    ['javascript:alert', /absolute https URL/],
    ['ftp://app.example/acs', /absolute https URL/],
    ['https://', /absolute https URL/],
    ['https:app.example', /absolute https URL/],
    ['', /must be a URL/],
    ['https://app.example/acs#x', /without a fragment/],
    ['https://app.example/a b', /must be a URL/],
    ['https://app.example/acs;v=1', /without a fragment and without/],
    ["https://app.example/o'neill", /without a fragment and without/],
    ['https://app.example/ä', /must be a URL/],
    ['https://app.example/\n', /must be a URL/],
    ['https://*.example/acs', /wildcard/],
    ['https://user:secret@app.example/acs', /user name or a password/],
    [
      'https://perform.trakstar.com/auth/saml/callback?namespace=<YOUR_NAMESPACE>',
      /placeholder <YOUR_NAMESPACE>/,
    ],
    [`https://app.example/${'x'.repeat(237)}`, /at most 256/],
  ];
  for (const [url, fault] of refused)
    test(`may not be ${JSON.stringify(url.slice(0, 60))}`, () =>
      assert.match(replyUrlFault(url) ?? '', fault));
});

describe('An Identifier', () => {
  for (const identifier of [
    'https://perform.trakstar.com',
    'https://app.asana.com/',
    'box.net',
    'Dropbox',
    'contoso.zoom.us',
    'urn:amazon:cognito:sp:us-east-1_abc',
    'https://app.example/sp?alias=1#x',
  ])
    test(`may be ${identifier}`, () => assert.equal(identifierFault(identifier), null));

  for (const identifier of [
    '',
    ' x',
    'x ',
    'a b',
    'a\tb',
    'a\0b',
    '<COMPANY>.zoom.us',
    'x'.repeat(256),
    '\ud800',
  ])
    test(`may not be ${JSON.stringify(identifier.slice(0, 30))}`, () =>
      assert.notEqual(identifierFault(identifier), null));
});

describe('A Sign on URL', () => {
  test("may carry what a Reply URL may not: a fragment and ! $ ' ( ) , ;", () => {
    assert.equal(urlFault("https://app.example/(a)!$',;#/start"), null);
  });
  for (const url of [
    'http://app.example/',
    'javascript:alert(1)',
    'https://app.example/<NAME>',
    'app.example',
    '//x.example',
  ])
    test(`may not be ${url}`, () => assert.notEqual(urlFault(url), null));
});
