import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailNicknameFrom, nameProblem, takeOverDomain, wholeName } from './user-principal-name.ts';

const domains = ['contoso.example', 'contoso.org'];

test('a whole name typed into the field is taken apart where its domain is ours', () => {
  assert.deepEqual(takeOverDomain('B.Simon@contoso.example', 'contoso.org', domains), {
    local: 'B.Simon',
    domain: 'contoso.example',
  });
  assert.deepEqual(takeOverDomain(' B.Simon@Contoso.ORG ', 'contoso.example', domains), {
    local: 'B.Simon',
    domain: 'contoso.org',
  });
});

test('a foreign domain stays where it was typed and is called out', () => {
  const parts = takeOverDomain('B.Simon@contoso.com', 'contoso.example', domains);
  assert.deepEqual(parts, { local: 'B.Simon@contoso.com', domain: 'contoso.example' });
  assert.equal(
    nameProblem(parts, domains),
    'contoso.com is not a domain of your organisation. Use contoso.example or contoso.org.',
  );
});

test('the part before the @ keeps the chosen domain', () => {
  const parts = takeOverDomain('B.Simon', 'contoso.example', domains);
  assert.equal(wholeName(parts), 'B.Simon@contoso.example');
  assert.equal(nameProblem(parts, domains), null);
});

test('names that no directory accepts are refused with what to do instead', () => {
  const problem = (local: string) => nameProblem({ local, domain: 'contoso.example' }, domains) ?? '';
  assert.match(problem(''), /Enter a user principal name/);
  assert.match(problem('B Simon'), /only letters/);
  assert.match(problem('Simon.'), /must not be a dot/);
  assert.match(problem('x'.repeat(65)), /at most 64/);
  assert.equal(problem("O'Neil_1!#^~-x"), '');
});

test('the mail nickname comes from the name', () => {
  assert.equal(mailNicknameFrom('B.Simon'), 'B.Simon');
  assert.equal(mailNicknameFrom('B.Simon@contoso.com'), 'B.Simon');
  assert.equal(mailNicknameFrom("O'Neil!"), 'ONeil');
});
