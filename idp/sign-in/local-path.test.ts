import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { localPath } from './local-path.ts';

test('a path of this service is taken as it is', () => {
  for (const path of [
    '/',
    '/admin',
    '/admin/users?filter=B.Simon',
    '/launch/a/b#top',
    '/sign-in?return=%2Fadmin',
  ])
    assert.equal(localPath(path), path);
});

const elsewhere = [
  '',
  'admin',
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  '/%0d%0aSet-Cookie:a=b\r\n',
  ' /admin',
  '/admin\\..\\..',
  'data:text/html,x',
  '/ä',
  '/./\\evil.example',
];
for (const text of elsewhere)
  test(`${JSON.stringify(text)} leads elsewhere and is refused`, () => {
    assert.equal(localPath(text), null);
  });

test('whatever is accepted stays on this service when a browser resolves it', () => {
  const characters = fc.constantFrom(
    '/',
    '\\',
    '.',
    ':',
    '@',
    'a',
    '%2f',
    '%5c',
    '\t',
    '\n',
    '?',
    '#',
    'https:',
    '//',
  );
  fc.assert(
    fc.property(fc.array(characters, { maxLength: 12 }), (parts) => {
      const path = localPath(parts.join(''));
      if (path === null) return true;
      return new URL(path, 'https://id.contoso.example/sign-in').origin === 'https://id.contoso.example';
    }),
    { numRuns: 5000 },
  );
});
