import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName, pemText } from './certificate-file.ts';

const der = new Uint8Array(100).map((_, index) => (index * 7) % 256);
const base64 = Buffer.from(der).toString('base64');

test('the base64 file has the markers, lines of at most 64 characters and a final line break', () => {
  const lines = pemText(base64).split('\n');
  assert.equal(lines[0], '-----BEGIN CERTIFICATE-----');
  assert.equal(lines.at(-2), '-----END CERTIFICATE-----');
  assert.equal(lines.at(-1), '');
  const body = lines.slice(1, -2);
  assert.deepEqual(
    body.map((line) => line.length),
    [64, 64, 8],
  );
  assert.equal(body.join(''), base64);
});

test('the file is named after the application, without characters file systems refuse', () => {
  assert.equal(fileName('Trakstar', 'cer'), 'Trakstar.cer');
  assert.equal(fileName('A/B: "test"', 'xml'), 'A-B- -test-.xml');
  assert.equal(fileName('...', 'cer'), 'application.cer');
});
