import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brokenPasswordRule, generatePassword } from './password-rules.ts';
import { userPrincipalNameFault, userPrincipalNameKey } from './user-principal-name.ts';

describe('Password rules', () => {
  const accepted = ['Abcdefg1', 'abc def 1', 'ABC-DEF-1', 'aB3!'.repeat(64), '~~~~aaa1'];
  for (const password of accepted)
    test(`accept ${JSON.stringify(password.slice(0, 12))}`, () =>
      assert.equal(brokenPasswordRule(password), null));

  const refused: [string, RegExp][] = [
    ['Abcde1-', /at least 8/],
    [`aB3!${'x'.repeat(253)}`, /at most 256/],
    ['abcdefgh1', /three of these four/],
    ['ABCDEFGH', /three of these four/],
    ['Pässwort1', /without accents/],
    ['Abcdefg1\n', /without accents/],
    ['Abcdefg1😀', /without accents/],
  ];
  for (const [password, rule] of refused)
    test(`refuse ${JSON.stringify(password.slice(0, 12))} and say which`, () =>
      assert.match(brokenPasswordRule(password) ?? '', rule));

  test('are kept by every generated password, and no two are the same', () => {
    const made = new Set(Array.from({ length: 500 }, generatePassword));
    assert.equal(made.size, 500);
    for (const password of made) assert.equal(brokenPasswordRule(password), null, password);
  });
});

describe('A user principal name', () => {
  const domains = ['contoso.example'];
  for (const name of [
    'B.Simon@contoso.example',
    "o'neill@CONTOSO.example",
    '!#^~_-@contoso.example',
    `${'x'.repeat(64)}@contoso.example`,
  ])
    test(`may be ${name.slice(0, 30)}`, () => assert.equal(userPrincipalNameFault(name, domains), null));

  const refused: [string, RegExp][] = [
    ['contoso.example', /user name, @ and a domain/],
    ['a@b@contoso.example', /user name, @ and a domain/],
    ['@contoso.example', /user name, @ and a domain/],
    ['b+simon@contoso.example', /may only hold/],
    ['simon.@contoso.example', /must not end with a full stop/],
    [`${'x'.repeat(65)}@contoso.example`, /more than 64/],
    [`x@${'y'.repeat(48)}.example`, /more than 48/],
    ['x@fabrikam.example', /not a verified domain/],
  ];
  for (const [name, fault] of refused)
    test(`may not be ${name.slice(0, 30)}`, () =>
      assert.match(userPrincipalNameFault(name, domains) ?? '', fault));

  test('is the same in any case', () => {
    assert.equal(userPrincipalNameKey(' B.Simon@Contoso.Example'), 'b.simon@contoso.example');
  });
});
