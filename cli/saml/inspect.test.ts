import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { requestText } from '../../saml/fixtures/request-text.ts';
import { responseText } from '../../saml/fixtures/response-text.ts';
import * as given from '../../saml/fixtures/web-sso.ts';
import { root } from '../install.js';
import { inspect } from './inspect.ts';

const response = responseText();
const encoded = Buffer.from(response).toString('base64');
const lines = encoded.replaceAll(/.{76}/g, '$&\r\n');
const deflated = deflateRawSync(Buffer.from(requestText())).toString('base64');

const shown = (text: string | Uint8Array, now = given.now): string => {
  const { code, says } = inspect(Buffer.from(text), now);
  assert.equal(code, 0, says);
  return says;
};
const found = (text: string | Uint8Array): string | undefined => /^Found as +(.*)$/m.exec(shown(text))?.[1];

describe('a message is found', () => {
  const query = `SAMLRequest=${encodeURIComponent(deflated)}&RelayState=a%20b&SigAlg=urn%3Ax&Signature=AAAA`;
  const cases: [string, string | Uint8Array, string][] = [
    ['as XML', response, 'XML'],
    ['with a byte order mark and a declaration', `\ufeff<?xml version="1.0"?>\n${response}`, 'XML'],
    ['as base64', encoded, 'base64, XML'],
    ['as base64 in lines', lines, 'base64, XML'],
    ['as base64 whose plus signs became blanks', encoded.replaceAll('+', ' '), 'base64, XML'],
    ['as base64 without padding', encoded.replaceAll('=', ''), 'base64, XML'],
    ['as base64 twice', Buffer.from(encoded).toString('base64'), 'base64, base64, XML'],
    ['as compressed base64', deflated, 'base64, DEFLATE, XML'],
    ['as compressed octets', deflateRawSync(Buffer.from(response)), 'DEFLATE, XML'],
    ['as a shell wrote it to a file', Buffer.from(`\ufeff${encoded}`, 'utf16le'), 'UTF-16, base64, XML'],
    [
      'in a page',
      `<html><form><input type="hidden" name="SAMLResponse" value="${lines.replaceAll('+', '&#43;').replaceAll('=', '&#x3d;')}"/></form></html>`,
      'field SAMLResponse of a page, base64, XML',
    ],
    ['in percent-encoding', encodeURIComponent(encoded), 'percent-encoding, base64, XML'],
    ['in a query', query, 'parameter SAMLRequest, base64, DEFLATE, XML'],
    ['in a query behind its mark', `?${query}`, 'parameter SAMLRequest, base64, DEFLATE, XML'],
    ['in an address', `https://a.example/sso?x=1&${query}#f`, 'parameter SAMLRequest, base64, DEFLATE, XML'],
    [
      'in a request line',
      `GET /sso?${query} HTTP/1.1\r\nHost: a\r\n`,
      'parameter SAMLRequest, base64, DEFLATE, XML',
    ],
    ['in a command', `curl 'https://a.example/sso?${query}'`, 'parameter SAMLRequest, base64, DEFLATE, XML'],
    [
      'in a form body',
      `RelayState=r&SAMLResponse=${encodeURIComponent(lines)}`,
      'parameter SAMLResponse, base64, XML',
    ],
    ['in a JSON string', JSON.stringify(encoded), 'JSON string, base64, XML'],
    [
      'in a JSON object',
      JSON.stringify({ a: 1, SAMLResponse: encoded }),
      'JSON member SAMLResponse, base64, XML',
    ],
    [
      'in a line for the other command',
      JSON.stringify({ id: 1, message: encoded }),
      'JSON member message, base64, XML',
    ],
  ];
  for (const [how, text, steps] of cases) test(how, () => assert.equal(found(text), steps));

  test('and what travelled beside it is shown', () => {
    const says = shown(`https://a.example/sso?x=1&${query}`);
    for (const line of [/^x +1$/m, /^RelayState +a b$/m, /^SigAlg +urn:x$/m, /^Signature +AAAA$/m])
      assert.match(says, line);
  });
});

describe('of a response it is said', () => {
  const says = shown(response, given.now + 30 * 60_000);
  const facts: [string, RegExp][] = [
    ['that nothing was verified, first of all', /^NOT VERIFIED/],
    ['what it is and what is signed', /^Assertion \(carries a signature\)$/m],
    ['what is not', /^Response \(no signature of its own\)$/m],
    ['its ID', new RegExp(`^ {2}ID +${given.responseId}$`, 'm')],
    ['who issued it', new RegExp(`^ {2}Issuer +${RegExp.escape(given.identityProvider)}$`, 'm')],
    ['where it goes', new RegExp(`^ {2}Destination +${RegExp.escape(given.replyUrl)}$`, 'm')],
    ['how it is signed', /^ {2}Signed with +RSA with SHA-256$/m],
    ['who it is about', /^ {2}NameID +b\.simon@contoso\.example$/m],
    ['for whom', /^ {2}Audience +https:\/\/perform\.trakstar\.com$/m],
    ['until when, and how long that is', /^ {2}Valid until +2026-11-23 13:00:00 UTC.*, in 30 minutes$/m],
    ['its attributes', /^ {2}Attribute displayname +B\.Simon$/m],
    ['what stands in it', /^ {8}<AttributeValue>B\.Simon<\/AttributeValue>$/m],
  ];
  for (const [what, pattern] of facts) test(what, () => assert.match(says, pattern));
});

describe('an administrator is told', () => {
  const notices = (text: string, now = given.now) =>
    shown(text, now).split('To notice\n')[1]?.split('\n\n')[0] ?? '';
  const sha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
  const cases: [string, string, RegExp, number?][] = [
    ['that it has expired', response, /Valid until: it expired 2 hours ago/, given.now + 3 * 3_600_000],
    ['that it is not valid yet', response, /Valid from: it holds only in 5 minutes/, given.now - 10 * 60_000],
    [
      'that it comes from the future',
      response,
      /issued in 10 minutes, in the future/,
      given.now - 10 * 60_000,
    ],
    ['that nothing is signed', responseText({ sign: 'none' }), /Nothing in it is signed/],
    ['that a request is not signed', requestText(), /It is not signed/],
    [
      'that SHA-1 is refused',
      response.replace(/http:[^"]*#rsa-sha256/, sha1),
      /RSA with SHA-1: refused unless/,
    ],
    [
      'that HMAC is refused',
      response.replace(/http:[^"]*#rsa-sha256/, sha1.replace('rsa', 'hmac')),
      /knows no such/,
    ],
    [
      'that nobody knows an algorithm',
      response.replace(/http:[^"]*#rsa-sha256/, 'urn:x'),
      /urn:x: an algorithm nobody/,
    ],
    [
      'that it reports a failure',
      response.replace('status:Success', 'status:Responder'),
      /reports a failure/,
    ],
    ['that a time is none', response.replace(/NotBefore="[^"]*"/, 'NotBefore="noon"'), /noon is no UTC time/],
    ['of comments, which are refused', response.replace('<Subject>', '<!----><Subject>'), /xml-comment/],
    ['of an alphabet for URLs', Buffer.from(response).toString('base64url'), /alphabet for URLs/],
    [
      'of a second message in an object',
      `{"message":"AAAA","message":${JSON.stringify(encoded)}}`,
      /The member message is there twice; only the last is shown/,
    ],
    [
      'of very many parameters',
      `SAMLResponse=${encoded}${'&x=y'.repeat(1_000)}`,
      /more than 1000 parameters/,
    ],
    ['of lost plus signs', encoded.replaceAll('+', ' '), /Blanks were read as the plus signs/],
  ];
  for (const [what, text, pattern, now] of cases) test(what, () => assert.match(notices(text, now), pattern));

  test('nothing where there is nothing', () => {
    assert.match(shown(response), /^Nothing particular to notice\.$/m);
  });
});

test('an artifact is taken apart', () => {
  const artifact = Buffer.concat([Buffer.from([0, 4, 0, 7]), Buffer.alloc(20, 1), Buffer.alloc(20, 2)]);
  const says = shown(
    `https://a.example/acs?SAMLart=${encodeURIComponent(artifact.toString('base64'))}&RelayState=x`,
  );
  assert.match(says, /^ {2}Endpoint index +7$/m);
  assert.match(says, /^ {2}Source ID +(?:01){20} /m);
  assert.match(says, /^ {2}Message handle +(?:02){20}$/m);
  assert.match(shown('SAMLart=AAAA'), /not of type 4/);
});

test('what a terminal would obey or hide is written out', () => {
  const name = 'b\u202e\u200b\u0085\u00a0simon\n';
  const says = shown(response.replace('b.simon@contoso.example', name));
  assert.match(says, /^ {2}NameID +b\\u\{202e\}\\u\{200b\}\\u\{85\}\\u\{a0\}simon\\u\{a\}$/m);
  assert.match(says, />b&#x202E;&#x200B;&#x85;&#xA0;simon&#xA;</);
  assert.doesNotMatch(says, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/);
});

describe('what is no SAML', () => {
  const cases: [string, string | Uint8Array, RegExp][] = [
    ['nothing', '', /not SAML: There is nothing in it/],
    ['a word', 'hello world, hello', /not SAML: 18 octets\.\nTried: XML; URL, query or form/],
    ['octets', Buffer.from([0, 1, 2, 255]), /Tried: DEFLATE of 4 octets; zlib of 4 octets/],
    [
      'base64 of octets',
      Buffer.alloc(30, 255).toString('base64'),
      /Tried: base64 \(taken off\); DEFLATE of 30/,
    ],
    ['an unfinished document', '<samlp:Response', /cannot be read as XML/],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /xml-doctype\)[\s\S]*<!DOCTYPE a/],
    ['half of a message', encoded.slice(0, 2000), /cannot be read as XML[\s\S]*<samlp:Response/],
  ];
  for (const [what, text, pattern] of cases) {
    test(`(${what}) is said to be none, and what was tried`, () => {
      const { code, says } = inspect(Buffer.from(text), given.now);
      assert.equal(code, 1);
      assert.match(says, pattern);
    });
  }
});

test('whatever the file holds, there is an answer', () => {
  const pieces = [
    'SAMLResponse=',
    encoded.slice(0, 400),
    deflated,
    '<a',
    '%',
    '"',
    '{',
    '&',
    '?',
    ' ',
    '\n',
    '\0',
    response,
  ];
  for (let round = 0; round < 2_000; round++) {
    const parts = Array.from({ length: randomInt(7) }, () =>
      randomInt(3) === 0 ? randomBytes(randomInt(6)).toString('latin1') : pieces[randomInt(pieces.length)],
    );
    const { code, says } = inspect(
      Buffer.from(parts.join(''), round % 2 === 0 ? 'utf8' : 'latin1'),
      given.now,
    );
    assert.ok((code === 0 || code === 1) && says.length > 0);
  }
});

test('every message of the fixtures can be shown, or is said why not', () => {
  const fixtures = join(root, 'saml', 'fixtures');
  for (const kind of ['accepted', 'rejected']) {
    const files = readdirSync(join(fixtures, kind), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('message.xml'))) {
      const { code, says } = inspect(readFileSync(join(fixtures, kind, file)), given.now);
      assert.ok(
        code === 0 ||
          (kind === 'rejected' &&
            /cannot be read as XML|not SAML|no SAML 2|no message that is known/.test(says)),
        file,
      );
    }
  }
});

describe('the command', () => {
  const run = (parameters: string[], input: string | Uint8Array = '', options: string[] = []) => {
    const command = join(root, 'cli', 'countersign.ts');
    const { stdout, stderr, status } = spawnSync(process.execPath, [...options, command, ...parameters], {
      input,
      encoding: 'utf8',
    });
    return { stdout, stderr, status };
  };
  const file = join(root, 'saml', 'fixtures', 'accepted', 'response-signed', 'message.xml');

  test('reads a file, or standard input for - and without a name', () => {
    const [named, dash, bare] = [
      run(['saml', 'inspect', file]),
      run(['saml', 'inspect', '-'], readFileSync(file)),
      run(['saml', 'inspect'], readFileSync(file)),
    ];
    for (const { stdout, stderr, status } of [named, dash, bare]) {
      assert.equal(status, 0);
      assert.equal(stderr, '');
      assert.match(stdout, /^NOT VERIFIED/);
    }
  });

  test('says on standard error what is no SAML, and ends with 1', () => {
    assert.deepEqual(run(['saml', 'inspect'], 'hello'), {
      stdout: '',
      stderr:
        'This is not SAML: 5 octets.\nTried: XML; URL, query or form with SAMLRequest, SAMLResponse or SAMLart; JSON; base64.\n',
      status: 1,
    });
    const missing = run(['saml', 'inspect', 'no-such-file']);
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, /^There is no file "no-such-file"/);
    const folder = run(['saml', 'inspect', root]);
    assert.equal(folder.status, 1);
    assert.match(folder.stderr, /^".*" is a folder: name a file in it\.\n$/);
  });

  test('says on standard error what it waits for, where a person sits in front of it', () => {
    const atTerminal = (parameters: string[]) => {
      const terminal = 'data:text/javascript,process.stdin.isTTY=true';
      return run(parameters, readFileSync(file), ['--import', terminal]);
    };
    for (const parameters of [
      ['saml', 'inspect'],
      ['saml', 'inspect', '-'],
    ]) {
      const { stdout, stderr, status } = atTerminal(parameters);
      assert.equal(status, 0);
      assert.match(stderr, /^Waiting for a message on standard input, .* Ctrl-D\..* file\.\n$/s);
      assert.match(stdout, /^NOT VERIFIED/);
    }
    assert.equal(atTerminal(['saml', 'inspect', file]).stderr, '');
    assert.match(atTerminal(['saml', 'verify', '--json']).stderr, /^Waiting for lines of JSON .* Ctrl-D\.\n/);
  });

  test('ends with 2 and says how it is written where it is not understood', () => {
    for (const parameters of [
      [],
      ['saml'],
      ['saml', 'sign'],
      ['saml', 'verify'],
      ['saml', 'verify', '--xml'],
      ['saml', 'inspect', '--x'],
      ['saml', 'inspect', 'a', 'b'],
    ]) {
      const { status, stderr, stdout } = run(parameters);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^Usage:/);
    }
  });

  test('helps', () => {
    for (const parameters of [
      ['--help'],
      ['saml', '--help'],
      ['saml', 'inspect', '--help'],
      ['saml', 'verify', '-h'],
    ]) {
      const { status, stderr, stdout } = run(parameters);
      assert.equal(status, 0);
      assert.equal(stderr, '');
      assert.match(stdout, /saml (inspect|verify)/);
    }
  });
});
