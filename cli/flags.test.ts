import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settings as idpSettings } from '@countersign/idp/config.ts';
import { settings as performSettings } from '@countersign/perform/config.ts';
import { helpText, readFlags } from './flags.ts';

const settings = [...idpSettings, ...performSettings];

describe('the flags of npm start', () => {
  test('set the environment of the services, in both ways of writing them', () => {
    const { environment } = readFlags(['--port', '5000', '--perform-port=5100'], settings);
    assert.deepEqual(environment, { COUNTERSIGN_PORT: '5000', PERFORM_PORT: '5100' });
  });
  test('may contain an equals sign in their value', () => {
    const { environment } = readFlags(['--database=postgres://a/b?c=d'], settings);
    assert.equal(environment.COUNTERSIGN_DATABASE, 'postgres://a/b?c=d');
  });
  test('ask for the demo and for help', () => {
    assert.deepEqual(readFlags(['--demo', '--help'], settings), { demo: true, help: true, environment: {} });
  });
  test('that do not exist are named', () => {
    assert.throws(() => readFlags(['--prot', '1'], settings), /There is no flag --prot/);
  });
  test('without a value are answered with an example', () => {
    for (const given of [['--port'], ['--port='], ['--port', '--demo']])
      assert.throws(() => readFlags(given, settings), /--port needs a value; for example --port 4000/);
  });
  test('are each the name of one setting only', () => {
    const flags = settings.flatMap((setting) => setting.flag ?? []);
    assert.equal(new Set(flags).size, flags.length);
  });
  test('and every setting of both services stand in the help', () => {
    const help = helpText([{ title: 'Both', settings }]);
    for (const setting of settings) assert.ok(help.includes(setting.name), setting.name);
  });
});
