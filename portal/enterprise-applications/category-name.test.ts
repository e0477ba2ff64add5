import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryName } from './category-name.ts';

test('categories read as words', () => {
  assert.equal(categoryName('humanResources'), 'Human resources');
  assert.equal(categoryName('collaboration'), 'Collaboration');
  assert.equal(categoryName('webDesignHosting'), 'Web design hosting');
  assert.equal(categoryName('crm'), 'CRM');
});
