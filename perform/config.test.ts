import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig, settings } from './config.ts';

test('an empty environment gives Perform on localhost', () => {
  assert.deepEqual(readConfig({}).config, {
    host: '127.0.0.1',
    port: 4100,
    publicUrl: 'http://localhost:4100',
    databaseUrl: 'sqlite:data/perform.db',
    entityId: 'https://perform.trakstar.com',
    companyName: 'Contoso',
    namespace: 'contoso',
    administrator: 'admin',
    trustProxy: false,
    logLevel: 'info',
  });
});

test('the public URL follows the port unless it is set', () => {
  assert.equal(readConfig({ PERFORM_PORT: '4200' }).config?.publicUrl, 'http://localhost:4200');
  const set = { PERFORM_PORT: '4200', PERFORM_PUBLIC_URL: 'https://Perform.Contoso.example/' };
  assert.equal(readConfig(set).config?.publicUrl, 'https://perform.contoso.example');
});

test('every wrong value is answered with a sentence that names the setting and what would do', () => {
  const wrong: Record<string, string[]> = {
    PERFORM_PORT: ['abc', '70000', '-1'],
    PERFORM_PUBLIC_URL: [
      'perform.example',
      'http://perform.example',
      'https://perform.example/x',
      'ftp://localhost',
    ],
    PERFORM_DATABASE: ['mysql://x', 'sqlite:'],
    PERFORM_ENTITY_ID: ['a b', `urn:${'x'.repeat(1024)}`],
    PERFORM_NAMESPACE: ['Contoso', '-x', 'a.b', 'x'.repeat(64)],
    PERFORM_TRUST_PROXY: ['yes'],
    PERFORM_LOG_LEVEL: ['loud'],
  };
  for (const [name, values] of Object.entries(wrong))
    for (const value of values) {
      const { problems } = readConfig({ [name]: value });
      assert.equal(problems?.length, 1, `${name}=${value}`);
      assert.match(problems?.[0] ?? '', new RegExp(`^${name}.*\\.$`), `${name}=${value}`);
    }
  const all = Object.fromEntries(Object.entries(wrong).map(([name, values]) => [name, values[0]]));
  assert.equal(readConfig(all).problems?.length, Object.keys(wrong).length);
});

test('the password alone is taken with its blanks', () => {
  const { config } = readConfig({ PERFORM_ADMIN_PASSWORD: ' Correct-Horse-7 ', PERFORM_ADMIN: ' root ' });
  assert.equal(config?.administratorPassword, ' Correct-Horse-7 ');
  assert.equal(config?.administrator, 'root');
});

test('every setting has a name of its own, an example and a sentence', () => {
  assert.equal(new Set(settings.map(({ name }) => name)).size, settings.length);
  for (const { name, example, says } of settings) {
    assert.match(name, /^PERFORM_[A-Z_]+$/);
    assert.ok(example !== '' && says.endsWith('.'));
  }
});
