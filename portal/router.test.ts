import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { paths } from './paths.ts';

// The router is JSX and needs a browser to run; that it knows every address can be read off its text.
const router = readFileSync(new URL('./router.tsx', import.meta.url), 'utf8');

test('every address has exactly one page in the router', () => {
  for (const name of Object.keys(paths)) {
    const mentions = router.match(new RegExp(`path: paths\\.${name}\\b`, 'g')) ?? [];
    assert.equal(mentions.length, 1, name);
  }
});

test('every page is its own chunk', () => {
  const pages = router.match(/path: paths\.\w+/g) ?? [];
  assert.equal(pages.length, Object.keys(paths).length);
  const lazily = router.match(/lazy: \(\) => import\('[^']+-page\.tsx'\)/g) ?? [];
  assert.equal(lazily.length, pages.length);
});
