import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { anyOtherApplicationId, loadTemplates, readTemplate } from './index.ts';

const trakstarFile = readFileSync(join(import.meta.dirname, 'trakstar', 'template.json'), 'utf8');

function changed(change: (template: Record<string, unknown>) => void): string {
  const template = JSON.parse(trakstarFile) as Record<string, unknown>;
  change(template);
  return JSON.stringify(template);
}

describe('The gallery', () => {
  const templates = loadTemplates();

  test('holds Trakstar, the template for any other application, and more', () => {
    const names = templates.map((template) => template.displayName);
    assert.ok(names.includes('Trakstar'));
    assert.equal(
      templates.find(({ id }) => id === anyOtherApplicationId)?.displayName,
      'Any other application',
    );
    assert.ok(templates.length >= 7, `only ${templates.length} templates`);
  });

  test('is in the order of the names', () => {
    const names = templates.map((template) => template.displayName.toLowerCase());
    assert.deepEqual(names, [...names].sort());
  });

  test('gives Trakstar the values its tutorial prints', () => {
    const trakstar = templates.find((template) => template.displayName === 'Trakstar');
    assert.ok(trakstar);
    assert.equal(trakstar.singleSignOnInitiation, 'sp');
    assert.deepEqual(trakstar.appRoles, []);
    assert.deepEqual(
      trakstar.configurationUris.map(({ usage, isFixed, isRequired, values }) => [
        usage,
        isFixed,
        isRequired,
        ...values,
      ]),
      [
        ['identifierUri', true, true, 'https://perform.trakstar.com'],
        [
          'redirectUri',
          false,
          true,
          'https://perform.trakstar.com/auth/saml/callback?namespace=<YOUR_NAMESPACE>',
        ],
        ['loginUrl', false, true, 'https://perform.trakstar.com/auth/saml/?namespace=<YOUR_NAMESPACE>'],
      ],
    );
    assert.deepEqual(trakstar.applicationSettings?.path, [
      'Settings',
      'Authentication & SSO',
      'SAML 2.0',
      'Configure',
    ]);
  });

  test('has set-up steps on both sides for every application', () => {
    for (const template of templates)
      for (const side of ['identityProvider', 'application'])
        assert.ok(
          template.setUpSteps.some((step) => step.side === side),
          `${template.displayName} has no step on the side ${side}`,
        );
  });
});

describe('A template', () => {
  const cases: [string, (template: Record<string, unknown>) => void, RegExp][] = [
    [
      'with a misspelt property',
      (t) => Object.assign(t, { displayname: 'x' }),
      /displayname is not a property/,
    ],
    ['without a name', (t) => delete t['displayName'], /displayName must be a text/],
    ['whose id is no UUID', (t) => Object.assign(t, { id: 'trakstar' }), /id must be a lower-case UUID/],
    [
      'of an unknown category',
      (t) => Object.assign(t, { categories: ['hr'] }),
      /categories\[0\] must be one of/,
    ],
    ['without a reply URL', (t) => (t['configurationUris'] as unknown[]).splice(1, 1), /lacks redirectUri/],
    [
      'whose fixed value has a placeholder',
      (t) =>
        Object.assign((t['configurationUris'] as object[])[0] ?? {}, { values: ['https://<X>.example'] }),
      /identifierUri is fixed/,
    ],
    [
      'that only the application can start, without a sign-on URL',
      (t) => (t['configurationUris'] as unknown[]).splice(2, 1),
      /loginUrl must be required/,
    ],
  ];
  for (const [what, change, message] of cases)
    test(`${what} is refused`, () => {
      assert.throws(() => readTemplate(changed(change), 'trakstar'), message);
    });

  test('that is no JSON is refused by the name of its file', () => {
    assert.throws(
      () => readTemplate('{', 'some/template.json'),
      /^Error: some\/template\.json: no valid JSON/,
    );
  });

  test('as it is, is accepted', () => {
    assert.equal(readTemplate(trakstarFile, 'trakstar').displayName, 'Trakstar');
  });
});
