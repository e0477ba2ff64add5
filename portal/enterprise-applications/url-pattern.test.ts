import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitsOneOf, fitsPattern, leftPlaceholder } from './url-pattern.ts';

const replyUrl = 'https://perform.trakstar.com/auth/saml/callback?namespace=<YOUR_NAMESPACE>';

test('a placeholder stands for the customer’s own value', () => {
  assert.equal(
    fitsPattern('https://perform.trakstar.com/auth/saml/callback?namespace=contoso', replyUrl),
    true,
  );
  assert.equal(fitsPattern('https://perform.trakstar.com/auth/saml/callback?namespace=', replyUrl), false);
  assert.equal(fitsPattern('https://perform.trakstar.com/auth/saml/?namespace=contoso', replyUrl), false);
});

test('the pattern itself, pasted with its placeholder, does not fit', () => {
  assert.equal(fitsPattern(replyUrl, replyUrl), false);
  assert.equal(leftPlaceholder(replyUrl), '<YOUR_NAMESPACE>');
  assert.equal(leftPlaceholder('https://perform.trakstar.com'), null);
});

test('question marks, dots and dollar signs of a pattern stand for themselves', () => {
  assert.equal(fitsPattern('https://perform.trakstar.com', 'https://perform.trakstar.com'), true);
  assert.equal(fitsPattern('https://performxtrakstar.com', 'https://perform.trakstar.com'), false);
  assert.equal(fitsPattern('urn:a$b(c)', 'urn:a$b(c)'), true);
});

test('wildcards, both schemes and words that are no addresses', () => {
  assert.equal(fitsPattern('https://careers.icims.com/x', 'https://*.icims.com/*'), true);
  assert.equal(fitsPattern('http://a.example/saml', 'http(s)://<HOST>/saml'), true);
  assert.equal(fitsPattern('https://a.example/saml', 'http(s)://<HOST>/saml'), true);
  assert.equal(fitsPattern('Dropbox', 'Dropbox'), true);
  assert.equal(fitsPattern('a.example:443', '<DOMAIN:PORT>'), true);
});

test('one fitting pattern is enough, and without patterns everything fits', () => {
  assert.equal(fitsOneOf('https://b.example', ['https://a.example', 'https://b.example']), true);
  assert.equal(fitsOneOf('https://c.example', ['https://a.example', 'https://b.example']), false);
  assert.equal(fitsOneOf('anything', []), true);
});
