import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { localTarget } from './local-target.ts';

test('a path of our own is a target', () => {
  for (const target of [
    '/',
    '/employees',
    '/settings/authentication?x=1&y=%2F#z',
    '/auth-tokens',
    '/signing',
  ])
    assert.equal(localTarget(target), target);
});

test('anything that a browser might read as another site, or as the sign-in itself, is none', () => {
  for (const target of [
    undefined,
    '',
    'employees',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\\/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/a b',
    '/ä',
    '/sign-in',
    '/sign-in?return=/',
    '/sign-out',
    '/auth/saml/?namespace=contoso',
    `/${'x'.repeat(1000)}`,
  ])
    assert.equal(localTarget(target), undefined, JSON.stringify(target));
});

test('whatever is let through stays on this host', () => {
  const nasty = fc.string({
    unit: fc.constantFrom('/', '\\', '.', ':', '@', '\t', '\n', 'a', '?', '#', '%', ' '),
  });
  fc.assert(
    fc.property(nasty, (text) => {
      const target = localTarget(text);
      if (target !== undefined)
        assert.equal(new URL(target, 'https://perform.example/x').origin, 'https://perform.example');
    }),
    { numRuns: 5000 },
  );
});
