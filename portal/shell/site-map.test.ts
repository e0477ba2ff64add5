import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths } from '../paths.ts';
import { findPages, navigation, sitePages } from './site-map.ts';

const first = (text: string) => findPages(text)[0]?.path;

test('both vocabularies lead to the enterprise applications', () => {
  assert.equal(first('Enterprise applications'), paths.enterpriseApplications);
  assert.equal(first('enterprise apps'), paths.enterpriseApplications);
  assert.equal(first('All applications'), paths.enterpriseApplications);
});

test('both vocabularies lead to the users and to the groups', () => {
  for (const name of ['All users', 'users']) assert.equal(first(name), paths.users);
  for (const name of ['All groups', 'Groups']) assert.equal(first(name), paths.groups);
});

test('the gallery is found by what the tutorial calls it and by what it is called today', () => {
  for (const name of ['New application', 'Add from the gallery', 'browse gallery'])
    assert.equal(first(name), paths.gallery);
});

test('words may come in any order, and nothing is found for nothing', () => {
  assert.equal(first('logs audit'), paths.auditLogs);
  assert.deepEqual(findPages('   '), []);
  assert.deepEqual(findPages('quantum'), []);
});

test('every page that needs no id can be found, and every menu entry is such a page', () => {
  const reachable = Object.values(paths).filter((path) => !path.includes(':'));
  assert.deepEqual(new Set(sitePages.map((page) => page.path)), new Set(reachable));
  for (const group of navigation) {
    for (const link of [group, ...group.links]) assert.ok(!paths[link.page].includes(':'), link.label);
  }
});
