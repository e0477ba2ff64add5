import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { responseText } from '../../saml/fixtures/response-text.ts';
import { verifyLines as fixtureLines } from '../../saml/fixtures/verify-lines.ts';
import * as given from '../../saml/fixtures/web-sso.ts';
import { root } from '../install.js';

/** May read its own code and node_modules, and nothing else: no writing, no network, no other program. */
const walls = [
  '--permission',
  ...['cli', 'saml', 'node_modules', 'package.json'].map((name) => `--allow-fs-read=${join(root, name)}`),
];
const program = [...walls, join(realpathSync(root), 'cli', 'countersign.ts'), 'saml', 'verify', '--json'];

type Answer = { id: unknown; accepted?: boolean; code?: string; error?: string; [member: string]: unknown };

function verify(input: string | Uint8Array, limits: string[] = []): Answer[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...limits, ...program], {
    input,
    maxBuffer: 1024 * 1024 * 1024,
  });
  assert.equal(stderr.toString(), '');
  assert.equal(status, 0);
  const text = stdout.toString();
  assert.ok(text === '' || text.endsWith('\n'));
  return text === ''
    ? []
    : text
        .slice(0, -1)
        .split('\n')
        .map((line) => JSON.parse(line));
}

const verifyLines = (lines: readonly object[]): Answer[] =>
  verify(lines.map((line) => JSON.stringify(line)).join('\n'));

/** A line that is accepted; each test changes one thing of it. */
const line = {
  id: 'a',
  message: Buffer.from(responseText()).toString('base64'),
  certificates: [given.certificate.toString()],
  idpEntityId: given.identityProvider,
  audience: given.serviceProvider,
  acs: given.replyUrl,
  inResponseTo: given.requestId,
  now: '2026-11-23T12:00:00Z',
};

test('every case of the fixtures that a line can express gets the answer of its folder, in order', () => {
  const cases = fixtureLines();
  assert.ok(cases.length > 300, `${cases.length} cases`);
  const answers = verifyLines(cases.map((each) => each.line));
  assert.equal(answers.length, cases.length);
  for (const [index, { id, code }] of cases.entries()) {
    const answer = answers[index];
    assert.equal(answer?.id, id);
    assert.deepEqual([id, answer?.code ?? answer?.error], [id, code], JSON.stringify(answer));
    assert.equal(answer?.accepted, code === undefined);
  }
});

describe('a line that is malformed', () => {
  const { id, ...withoutId } = line;
  const { now, ...withoutNow } = line;
  const { message, ...withoutMessage } = line;
  void [id, now, message];
  const big = '{"id":"a","message":"';
  const cases: [string, string | Uint8Array, unknown, RegExp][] = [
    ['text', 'hello', null, /not JSON/],
    ['half an object', '{"id":"a"', null, /not JSON/],
    ['two objects', '{"id":"a"}{"id":"b"}', null, /not JSON|twice/],
    ['nothing', '', null, /empty/],
    ['white space', ' \t\r', null, /empty/],
    ['a number', '1', null, /not a JSON object/],
    ['null', 'null', null, /not a JSON object/],
    ['an array', JSON.stringify([line]), null, /not a JSON object/],
    ['a string', '"a"', null, /not a JSON object/],
    ['octets that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), null, /not UTF-8/],
    ['NUL octets', Buffer.alloc(64), null, /not JSON/],
    ['brackets without end', '['.repeat(5_000_000), null, /nested too deeply/],
    ['commas without end', `[${'1,'.repeat(5_000_000)}1]`, null, /too many members/],
    ['a quote that never closes', `${big}${'\\"'.repeat(2_000_000)}`, null, /not JSON/],
    ['backslashes without end', `${big}${'\\'.repeat(4_000_001)}`, null, /not JSON/],
    ['no id', JSON.stringify(withoutId), null, /id is missing/],
    ['an id that is null', JSON.stringify({ ...line, id: null }), null, /^id is/],
    ['an id that is an object', JSON.stringify({ ...line, id: { a: 1 } }), null, /^id is/],
    ['an id that cannot be repeated', '{"id":12345678901234567890}', null, /^id is/],
    [
      'an id that is no finite number',
      JSON.stringify(line).replace('"id":"a"', '"id":1e999'),
      null,
      /^id is/,
    ],
    ['two ids', '{"id":"a","id":"b"}', null, /"id" occurs twice/],
    ['two ids, one of them escaped', '{"id":"a","\\u0069d":"b"}', null, /"id" occurs twice/],
    ['two audiences', `{"audience":"x",${JSON.stringify(line).slice(1)}`, 'a', /"audience" occurs twice/],
    ['a misspelt field', JSON.stringify({ ...line, audiance: 'x' }), 'a', /no field "audiance"/],
    ['a field of another case', JSON.stringify({ ...line, ACS: 'x' }), 'a', /no field "ACS"/],
    ['__proto__', `{"__proto__":{"now":1},${JSON.stringify(line).slice(1)}`, 'a', /no field "__proto__"/],
    ['no now', JSON.stringify(withoutNow), 'a', /now is missing/],
    ['a local time', JSON.stringify({ ...line, now: '2026-11-23T12:00:00' }), 'a', /now is not a UTC time/],
    ['a number as time', JSON.stringify({ ...line, now: 1_795_435_200_000 }), 'a', /now is not a UTC time/],
    ['30 February', JSON.stringify({ ...line, now: '2026-02-30T12:00:00Z' }), 'a', /now is not a UTC time/],
    ['no message', JSON.stringify(withoutMessage), 'a', /message, envelope and query is missing/],
    ['two messages', JSON.stringify({ ...line, query: 'SAMLResponse=a' }), 'a', /only one of message/],
    ['a message that is null', JSON.stringify({ ...line, message: null }), 'a', /message is not a string/],
    ['a message that is no base64', JSON.stringify({ ...line, message: '<a/>' }), 'a', /not the base64/],
    ['base64 of a URL', JSON.stringify({ ...line, message: 'PGEvPg' }), 'a', /not the base64.*padding/],
    ['a type nobody knows', JSON.stringify({ ...line, type: 'Assertion' }), 'a', /^type is none of/],
    ['one certificate alone', JSON.stringify({ ...line, certificates: 'x' }), 'a', /certificates is not/],
    ['no certificate', JSON.stringify({ ...line, certificates: ['x'] }), 'a', /certificates\[0\] is no/],
    [
      'a null among certificates',
      JSON.stringify({ ...line, certificates: [null] }),
      'a',
      /certificates is not/,
    ],
    ['a key as certificate', JSON.stringify({ ...line, certificates: [pemKey()] }), 'a', /private key\)/],
    [
      'a certificate as key',
      JSON.stringify({ ...line, decryptionKeys: line.certificates }),
      'a',
      /Keys\[0\] is/,
    ],
    ['many keys', JSON.stringify({ ...line, decryptionKeys: Array(17).fill('x') }), 'a', /more than 16 keys/],
    [
      'many certificates',
      JSON.stringify({ ...line, certificates: Array(17).fill(line.certificates[0]) }),
      'a',
      /^certificates has more than 16 certificates/,
    ],
    [
      'many certificates in one text',
      JSON.stringify({ ...line, certificates: [line.certificates[0]?.repeat(17)] }),
      'a',
      /^certificates has more than 16 certificates/,
    ],
    [
      'many certificates in two texts',
      JSON.stringify({ ...line, certificates: ['x', line.certificates[0]?.repeat(16)] }),
      'a',
      /^certificates has more than 16 certificates/,
    ],
    ['a skew beyond 180', JSON.stringify({ ...line, skewSeconds: 181 }), 'a', /skewSeconds is not/],
    ['a skew below 0', JSON.stringify({ ...line, skewSeconds: -1 }), 'a', /skewSeconds is not/],
    ['a skew in words', JSON.stringify({ ...line, skewSeconds: '60' }), 'a', /skewSeconds is not/],
    [
      'an audience that is null',
      JSON.stringify({ ...line, audience: null }),
      'a',
      /audience is not a string/,
    ],
    ['two audiences in an array', JSON.stringify({ ...line, audience: ['x'] }), 'a', /audience is not a/],
    ['a request that is a number', JSON.stringify({ ...line, inResponseTo: 0 }), 'a', /inResponseTo is not/],
    [
      'a switch nobody knows',
      JSON.stringify({ ...line, allow: ['unsigned'] }),
      'a',
      /no .* switch "unsigned"/,
    ],
    ['a switch of the prototype', JSON.stringify({ ...line, allow: ['toString'] }), 'a', /no .* switch "toS/],
    [
      'metadata by a binding',
      JSON.stringify({ ...withoutMessage, type: 'Metadata', envelope: 'PGEvPg==' }),
      'a',
      /does not travel/,
    ],
  ];
  const answers = verify(
    Buffer.concat(cases.flatMap(([, input]) => [Buffer.from(input), Buffer.from('\n')])),
  );
  for (const [index, [what, , id, error]] of cases.entries()) {
    test(`(${what}) is answered with an error`, () => {
      assert.deepEqual(Object.keys(answers[index] ?? {}), ['id', 'error']);
      assert.equal(answers[index]?.id, id);
      assert.match(String(answers[index]?.error), error);
    });
  }

  test('is answered in its place, and nothing follows the last', () => {
    assert.equal(answers.length, cases.length);
  });

  function pemKey(): string {
    return given.key.export({ type: 'pkcs8', format: 'pem' }).toString();
  }
});

describe('an answer', () => {
  test('says what the assertion says, and what was not checked', () => {
    const [answer] = verifyLines([line]);
    assert.deepEqual(answer, {
      id: 'a',
      accepted: true,
      nameId: {
        value: 'b.simon@contoso.example',
        format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      },
      issuer: given.identityProvider,
      audiences: [given.serviceProvider],
      attributes: [{ name: 'displayname', values: ['B.Simon'] }],
      sessionIndex: given.assertionId,
      signed: 'assertion',
      unchecked: [],
    });
    const { idpEntityId, audience, acs, inResponseTo, ...bare } = line;
    void [idpEntityId, audience, acs, inResponseTo];
    assert.deepEqual(verifyLines([bare])[0]?.unchecked, ['idpEntityId', 'audience', 'acs', 'inResponseTo']);
  });

  test('says why, who can mend it, what was expected and what came', () => {
    const [answer] = verifyLines([{ ...line, audience: 'https://other.example' }]);
    assert.deepEqual(answer, {
      id: 'a',
      accepted: false,
      code: 'audience-mismatch',
      says: answer?.says,
      fixAt: 'either',
      expected: 'https://other.example',
      actual: given.serviceProvider,
    });
    assert.equal(typeof answer?.says, 'string');
  });

  test('takes sixteen certificates, however they are written', () => {
    const [pem = ''] = line.certificates;
    for (const certificates of [Array(16).fill(pem), [pem.repeat(16)], [pem, pem.repeat(15)]])
      assert.equal(verifyLines([{ ...line, certificates }])[0]?.accepted, true);
  });

  test('repeats ids as they are', () => {
    const ids = ['', 'ä\u2028\u0000"\\', '\ud800', 0, -1, 1.5, 9_007_199_254_740_991];
    assert.deepEqual(
      verifyLines(ids.map((id) => ({ ...line, id }))).map(({ id }) => id),
      ids,
    );
  });

  test('takes what is not given as not checked, and null as unsolicited', () => {
    const answers = verifyLines([
      { ...line, inResponseTo: null },
      { ...line, inResponseTo: '_other' },
      { ...line, certificates: [] },
      { ...line, type: 'LogoutRequest' },
      { ...line, type: 'AuthnRequest' },
      { ...line, type: 'Metadata', certificates: [] },
    ]);
    assert.deepEqual(
      answers.map(({ code }) => code),
      [
        'response-in-response-to-unexpected',
        'response-in-response-to-mismatch',
        'signature-key-missing',
        'message-unexpected',
        'message-unexpected',
        'message-unexpected',
      ],
    );
  });

  test('to a form value knows white space, and to anything else in it says base64-malformed', () => {
    const { message, ...rest } = line;
    const answers = verifyLines([
      { ...rest, envelope: message.replace(/.{76}/g, '$&\r\n') },
      { ...rest, envelope: `${message}.` },
      { ...rest, envelope: '' },
    ]);
    assert.deepEqual(
      answers.map(({ accepted, code }) => code ?? accepted),
      [true, 'base64-malformed', 'xml-malformed'],
    );
  });

  test('to a response by redirect is no, and so it is to a query without a message', () => {
    const { message, ...rest } = line;
    const deflated = deflateRawSync(Buffer.from(message, 'base64')).toString('base64');
    const value = encodeURIComponent(deflated);
    const answers = verifyLines([
      { ...rest, query: `SAMLResponse=${value}` },
      { ...rest, query: `SAMLRequest=${value}` },
      { ...rest, query: `SAMLRequest=${value}&SAMLResponse=${value}` },
      { ...rest, query: `SAMLResponse=${deflated}` },
      { ...rest, query: 'RelayState=x' },
      { ...rest, query: '' },
    ]);
    assert.deepEqual(
      answers.map(({ code }) => code),
      [
        'response-binding',
        'message-unexpected',
        'message-parameter-ambiguous',
        'base64-malformed',
        'message-parameter-missing',
        'message-parameter-missing',
      ],
    );
  });
});

test('whatever comes, one line is answered with one line of JSON', () => {
  const octets = Buffer.from(JSON.stringify(line));
  const lines: Uint8Array[] = [];
  for (let round = 0; round < 2_000; round++) {
    const copy = Buffer.from(octets);
    for (let change = 0; change <= round % 4; change++) {
      const at = randomBytes(4).readUInt32BE() % copy.length;
      copy[at] = randomBytes(1)[0] ?? 0;
    }
    lines.push(
      round % 10 === 0 ? randomBytes(round) : copy.subarray(0, round % 7 === 0 ? round * 3 : undefined),
    );
  }
  // A line end within is a line end.
  const whole = Buffer.concat(lines.flatMap((each) => [each, Buffer.from('\n')]));
  const expected = whole.filter((octet) => octet === 0x0a).length;
  const answers = verify(whole);
  assert.equal(answers.length, expected);
  for (const answer of answers) {
    assert.ok('error' in answer || typeof answer.accepted === 'boolean');
    assert.ok(!String(answer.error).includes('fault of this program'), String(answer.error));
  }
});

test('a line longer than memory should hold is answered, and so is what follows it', () => {
  const piece = Buffer.alloc(16 * 1024 * 1024, 'a');
  const long = Buffer.concat([
    ...Array.from({ length: 10 }, () => piece),
    Buffer.from(`\n${JSON.stringify(line)}`),
  ]);
  const [first, second, ...more] = verify(long);
  assert.match(String(first?.error), /longer than/);
  assert.equal(second?.accepted, true);
  assert.deepEqual(more, []);
});

test('keys in ever new texts of many megabytes are not held in memory', () => {
  const filler = 'x'.repeat(16 * 1024 * 1024);
  const lines = Array.from({ length: 12 }, (_, id) =>
    JSON.stringify({ ...line, id, certificates: [`${id}${filler}\n${line.certificates[0]}`] }),
  );
  const answers = verify(lines.join('\n'), ['--max-old-space-size=128']);
  assert.deepEqual(
    answers.map(({ id, accepted }) => [id, accepted]),
    lines.map((_, id) => [id, true]),
  );
});

test('a question is answered before the next is asked', async () => {
  const child = spawn(process.execPath, program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  for (const id of [1, 2, 3]) {
    // The line comes in two pieces.
    const text = `${JSON.stringify({ ...line, id })}\n`;
    child.stdin.write(text.slice(0, 100));
    child.stdin.write(text.slice(100));
    assert.equal(JSON.parse(String((await answers.next()).value)).id, id);
  }
  child.stdin.end();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('when nobody reads the answers any more, the command ends without a word', async () => {
  const child = spawn(process.execPath, program, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => (said += data));
  child.stdin.on('error', () => {});
  child.stdout.destroy();
  for (let round = 0; round < 50; round++) child.stdin.write(`${JSON.stringify(line)}\n`);
  child.stdin.end();
  const [code] = await once(child, 'exit');
  assert.equal(code, 1);
  assert.equal(said, '');
});

test('thousands of responses are judged in a second', (context) => {
  const many = 4_000;
  const input = `${JSON.stringify(line)}\n`.repeat(many);
  verify('');
  const started = performance.now();
  const answers = verify(input);
  const seconds = (performance.now() - started) / 1000;
  assert.equal(answers.filter(({ accepted }) => accepted === true).length, many);
  context.diagnostic(`${Math.round(many / seconds)} lines a second, start of the program included`);
  // A machine that is busy with other tests is given room.
  assert.ok(many / seconds > 300, `${many / seconds} lines a second`);
});
