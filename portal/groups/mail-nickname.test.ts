import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupMailNickname } from './mail-nickname.ts';

test('the nickname is made of what may stand in an address', () => {
  assert.equal(groupMailNickname('Trakstar users'), 'Trakstar-users');
  assert.equal(groupMailNickname('  Équipe “Ressources humaines” '), 'Equipe-Ressources-humaines');
});

test('a name without a single usable character still gets one', () => {
  assert.equal(groupMailNickname('人事部'), 'group');
});
