import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fixtureCertificate } from '../../saml/fixtures/hand-signer.ts';
import { responseText } from '../../saml/fixtures/response-text.ts';
import * as given from '../../saml/fixtures/web-sso.ts';
import { root } from '../install.js';
import { inspect } from './inspect.ts';
import {
  certificateFiles,
  fixtureFiles,
  forged,
  type HostileFile,
  namelessCertificate,
  planted,
  plantedFiles,
  withCertificate,
  wrappedFiles,
} from './testing/hostile-files.ts';
import { readFields } from './verify-fields.ts';
import { verifyLine } from './verify-line.ts';

/** Controls but the line feed, separators of lines, what changes the direction of writing, and what cannot be seen. */
const unfit = /(?!\n)[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** Behind a bar stands what was sent in as it is. */
const forgery = new RegExp(`^[^\\w|]*${forged}`, 'm');

/** Then there is something to notice about each of them. */
const whenAllIsOver = given.now + 100 * 365 * 86_400_000;

function isFit(says: string): boolean {
  return !unfit.test(says) && !forgery.test(says);
}

describe('what is shown has no character that a terminal obeys, and no line that a message wrote', () => {
  const groups: [string, () => Iterable<HostileFile>, number][] = [
    ['for every message of the fixtures', fixtureFiles, 1_500],
    ['whatever stands in one place of a message', plantedFiles, 1_500],
    ['whatever lies around a message', wrappedFiles, 50],
    ['whatever a certificate is made of', certificateFiles, 2_000],
  ];
  for (const [what, files, least] of groups)
    test(what, () => {
      let seen = 0;
      for (const [name, octets] of files()) {
        seen++;
        for (const now of [given.now, whenAllIsOver]) {
          const { code, says } = inspect(octets, now);
          assert.ok(code === 0 || code === 1, name);
          assert.ok(isFit(says), `${name}\n${says}`);
        }
      }
      assert.ok(seen >= least, `${seen} files`);
    });
});

describe('of a certificate that is unlike others it is shown what can be', () => {
  const der = fixtureCertificate('ec-p256').raw.toString('latin1');
  const untimely = Buffer.from(der.replace(/\d{12}Z/, 'XXXXXXXXXXXXZ'), 'latin1').toString('base64');
  const says = (base64: string) => inspect(Buffer.from(withCertificate(base64)), given.now).says;

  test('whose it is where it is nobody’s', () => {
    assert.match(says(namelessCertificate), / \(no subject\), 2026-11-23 to 2036-11-20, SHA-256 /);
  });

  test('from when to when where one of the two is no time', () => {
    assert.match(says(untimely), /, \(no readable date\) to \d{4}-\d\d-\d\d, SHA-256 /);
    assert.match(
      says(untimely),
      /Certificate \(signing\): from when until when it is valid cannot be read\./,
    );
  });
});

test('the name of a file is shown like everything else', () => {
  const command = join(root, 'cli', 'countersign.ts');
  const { stderr, status } = spawnSync(
    process.execPath,
    [command, 'saml', 'inspect', '\u009b2K\u202e\n\u{e0041}'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 1);
  assert.ok(isFit(stderr) && stderr.includes('no file "\\u{9b}2K\\u{202e}\\n\\u{e0041}"'), stderr);
});

describe('who is shown is whom the engine reads', () => {
  const decoy = Buffer.from(
    responseText({ assertion: [['b.simon@contoso.example', 'harmless@contoso.example']] }),
  ).toString('base64');
  const field = `<input name="SAMLResponse" value="${decoy}"></input>`;
  const around = responseText({
    response: [['<samlp:Status>', `<samlp:Extensions>${field}</samlp:Extensions><samlp:Status>`]],
  });
  const cases: [string, string][] = [
    ['where a page is hidden in it', around],
    ['behind blanks', `${' \n'.repeat(300)}${around}`],
    ['behind a byte order mark', `\ufeff${around}`],
    ['behind a declaration', `<?xml version="1.0"?>\n${around}`],
    ['behind a declaration and blanks', `<?xml version="1.0"?>${' '.repeat(5_000)}${around}`],
    ['in a query', `SAMLResponse=${encodeURIComponent(Buffer.from(around).toString('base64'))}`],
  ];
  for (const [how, text] of cases)
    test(how, () => {
      const { says } = inspect(Buffer.from(text), given.now);
      assert.match(says, /^ {2}NameID {2,}b\.simon@contoso\.example$/m);
      assert.doesNotMatch(says, /harmless/);
    });

  test('and where the engine reads nobody, nobody is', () => {
    for (const before of [
      '<!-- -->',
      '<?x?>',
      '\u00a0',
      '<!DOCTYPE samlp:Response>',
      '<x:html xmlns:x="urn:x"/>',
    ]) {
      const { says } = inspect(Buffer.from(before + around), given.now);
      assert.doesNotMatch(says, /harmless/, before);
    }
  });

  test('while a page is looked through, however it begins', () => {
    for (const before of [
      '',
      '<!doctype html>',
      '<HTML>',
      '<!-- saved --><html lang="en">',
      '<form>',
      'HTTP/1.1 200 OK\r\n\r\n<html>',
    ])
      assert.match(inspect(Buffer.from(before + field), given.now).says, /of a page[^]*harmless/, before);
  });
});

describe('what unfolds into very much is put down early', () => {
  const deflated = (text: string | Buffer) =>
    `SAMLRequest=${encodeURIComponent(deflateRawSync(Buffer.from(text)).toString('base64'))}`;
  const some = 9_000_000;
  const cases: [string, () => string][] = [
    ['nested arrays', () => `{"a":${'['.repeat(some)}${']'.repeat(some)}}`],
    ['members', () => `{"a":[${'{},'.repeat(some)}0]}`],
    ['parameters', () => `SAMLResponse=AAAA${'&'.repeat(some * 4)}`],
    ['parameters with a message each', () => `SAMLResponse=AAAA${'&SAMLResponse='.repeat(some)}`],
    ['pieces', () => `SAMLResponse=AAAA&${'#'.repeat(some * 4)}`],
  ];
  for (const [what, make] of cases)
    test(what, () => {
      const octets = Buffer.from(deflated(make()));
      const began = process.cpuUsage();
      inspect(octets, given.now);
      const { user, system } = process.cpuUsage(began);
      assert.ok(user + system < 4_000_000, `${user + system} µs`);
    });
});

describe('an answer of the other command', () => {
  const certificates = [given.certificate.toString()];
  const asked = { id: planted, certificates, now: '2026-11-23T12:00:00Z' };
  const message = (text: string) => Buffer.from(text).toString('base64');
  const name = planted.replaceAll(/[\0-\b\v\f\u000e-\u001f]/g, '');
  const named = responseText({
    assertion: [['b.simon@contoso.example', name.replaceAll('\r', '&#xD;')]],
  });
  const cases: [string, object][] = [
    ['that says who it is', { ...asked, message: message(named) }],
    ['that says what came instead', { ...asked, message: message(responseText()), audience: planted }],
    ['that says what cannot be read', { ...asked, message: message(`<a${planted}`) }],
    ['about a field that does not exist', { ...asked, [planted]: 1 }],
    ['about a switch that does not exist', { ...asked, message: 'PGEvPg==', allow: [planted] }],
  ];
  for (const [what, line] of cases)
    test(`${what} is one line without a character that a terminal obeys, and loses nothing`, () => {
      const answer = verifyLine(Buffer.from(JSON.stringify(line)));
      assert.doesNotMatch(answer, unfit);
      assert.ok(!answer.includes('\n'));
      assert.equal(JSON.parse(answer).id, asked.id);
    });

  test('holds the name as it is', () => {
    const answer = JSON.parse(verifyLine(Buffer.from(JSON.stringify({ ...asked, message: message(named) }))));
    assert.equal(answer.nameId.value, name);
  });
});

test('of several keys for decryption each is tried once', () => {
  const pem = given.key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const { decryptionKeys } = readFields({
    message: 'PGEvPg==',
    now: '2026-11-23T12:00:00Z',
    decryptionKeys: [pem, pem, `\n${pem}`],
  });
  assert.equal(decryptionKeys?.length, 1);
});
