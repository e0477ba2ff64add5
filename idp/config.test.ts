import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig, settings } from './config.ts';

const key = Buffer.alloc(32, 7).toString('base64');

test('an empty environment gives Contoso on localhost', () => {
  const { config } = parseConfig({});
  assert.ok(config);
  assert.equal(config.publicUrl, 'http://localhost:4000');
  assert.equal(config.databaseUrl, 'sqlite:data/countersign.db');
  assert.equal(config.adminUserPrincipalName, 'admin@contoso.example');
  assert.equal(config.secure, false);
  assert.equal(config.masterKey, null);
  assert.deepEqual(config.session, { idle: 12 * 3_600_000, absolute: 24 * 3_600_000 });
});

test('what is not set follows from what is', () => {
  const { config } = parseConfig({
    COUNTERSIGN_PORT: '8080',
    COUNTERSIGN_DATA: '/var/lib/countersign',
    COUNTERSIGN_TENANT_DOMAIN: 'Fabrikam.example',
    COUNTERSIGN_MASTER_KEY: key,
  });
  assert.ok(config);
  assert.equal(config.publicUrl, 'http://localhost:8080');
  assert.equal(config.databaseUrl, 'sqlite:/var/lib/countersign/countersign.db');
  assert.equal(config.adminUserPrincipalName, 'admin@fabrikam.example');
  assert.equal(config.masterKey?.length, 32);
});

test('an empty value counts as not set', () => {
  assert.equal(parseConfig({ COUNTERSIGN_PORT: '', COUNTERSIGN_HOST: ' ' }).config?.host, '127.0.0.1');
});

test('a public URL over https makes the cookies secure, and its trailing slash is dropped', () => {
  const { config } = parseConfig({ COUNTERSIGN_PUBLIC_URL: 'https://id.contoso.example/' });
  assert.equal(config?.publicUrl, 'https://id.contoso.example');
  assert.equal(config?.secure, true);
});

const wrong: [string, string][] = [
  ['COUNTERSIGN_PORT', 'http'],
  ['COUNTERSIGN_PORT', '65536'],
  ['COUNTERSIGN_PORT', '0'],
  ['COUNTERSIGN_PUBLIC_URL', 'http://id.contoso.example'],
  ['COUNTERSIGN_PUBLIC_URL', 'https://id.contoso.example/sso'],
  ['COUNTERSIGN_PUBLIC_URL', 'https://user@id.contoso.example'],
  ['COUNTERSIGN_PUBLIC_URL', 'id.contoso.example'],
  ['COUNTERSIGN_DATABASE', 'mysql://db/countersign'],
  ['COUNTERSIGN_MASTER_KEY', 'short'],
  ['COUNTERSIGN_TENANT_DOMAIN', 'contoso'],
  ['COUNTERSIGN_ADMIN', 'admin@fabrikam.example'],
  ['COUNTERSIGN_TRUST_PROXY', 'yes'],
  ['COUNTERSIGN_LOG_LEVEL', 'loud'],
  ['COUNTERSIGN_SESSION_HOURS', '0'],
  ['COUNTERSIGN_SESSION_IDLE_HOURS', '1.5'],
];

for (const [name, value] of wrong) {
  test(`${name}=${value} is refused with a sentence and an example`, () => {
    const { problems } = parseConfig({ [name]: value });
    const about = name === 'COUNTERSIGN_PORT' && value === '0' ? 'COUNTERSIGN_PUBLIC_URL' : name;
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', new RegExp(`^${about} must .*; for example ${about}=.+`));
  });
}

test('every wrong value is named at once', () => {
  assert.equal(parseConfig({ COUNTERSIGN_PORT: 'x', COUNTERSIGN_LOG_LEVEL: 'y' }).problems.length, 2);
});

test("every setting's example is itself accepted", () => {
  for (const setting of settings) {
    if (setting.name === 'COUNTERSIGN_MASTER_KEY') continue;
    assert.deepEqual(parseConfig({ [setting.name]: setting.example }).problems, [], setting.name);
  }
});
