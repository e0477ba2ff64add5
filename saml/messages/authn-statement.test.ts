import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../limits.ts';
import { readXml } from '../xml/reader.ts';
import { writeXml } from '../xml/write.ts';
import { readAuthnStatement, writeAuthnStatement } from './authn-statement.ts';

const instant = Date.parse('2026-11-23T12:00:00.000Z');
const read = (xml: string) => readAuthnStatement(readXml(Buffer.from(xml), limits.message).root);
const statement = (attributes: string, context: string) =>
  `<AuthnStatement xmlns="urn:oasis:names:tc:SAML:2.0:assertion" AuthnInstant="2026-11-23T12:00:00.000Z"${attributes}><AuthnContext>${context}</AuthnContext></AuthnStatement>`;
const classRef = '<AuthnContextClassRef>urn:x:class</AuthnContextClassRef>';

describe('a statement that somebody signed in', () => {
  test('says no more than it must', () => {
    assert.deepEqual(read(statement('', classRef)), { authnInstant: instant, classRef: 'urn:x:class' });
  });

  test('says everything there is to say', () => {
    const xml = statement(
      ' SessionIndex="_s" SessionNotOnOrAfter="2026-11-23T13:00:00.000Z"',
      `${classRef}<AuthnContextDeclRef>urn:x:decl</AuthnContextDeclRef><AuthenticatingAuthority>https://a</AuthenticatingAuthority><AuthenticatingAuthority>https://b</AuthenticatingAuthority>`,
    );
    const said = {
      authnInstant: instant,
      sessionIndex: '_s',
      sessionNotOnOrAfter: instant + 3_600_000,
      classRef: 'urn:x:class',
      declRef: 'urn:x:decl',
      authenticatingAuthorities: ['https://a', 'https://b'],
    };
    assert.deepEqual(read(xml), said);
    assert.equal(writeXml(writeAuthnStatement(said)), xml);
  });

  test('may declare its context by value, which is not read, or by reference alone', () => {
    const byValue = '<AuthnContextDecl><Any xmlns="urn:x">urn:x:decl</Any></AuthnContextDecl>';
    assert.deepEqual(read(statement('', byValue)), { authnInstant: instant });
    assert.deepEqual(read(statement('', '<AuthnContextDeclRef>urn:x:decl</AuthnContextDeclRef>')), {
      authnInstant: instant,
      declRef: 'urn:x:decl',
    });
  });

  test('has some context', () => {
    assert.throws(() => read(statement('', '')), {
      code: 'element-missing',
      expected: '{urn:oasis:names:tc:SAML:2.0:assertion}AuthnContextClassRef',
    });
  });

  test('names its context, and is not written without', () => {
    const authority = '<AuthenticatingAuthority></AuthenticatingAuthority>';
    assert.throws(() => read(statement('', classRef + authority)), { code: 'value-malformed' });
    const said = { authnInstant: instant, sessionIndex: '_s', classRef: 'urn:x' };
    for (const [change, what] of [
      [{ classRef: '' }, 'AuthnContextClassRef'],
      [{ declRef: '' }, 'AuthnContextDeclRef'],
      [{ authenticatingAuthorities: [''] }, 'AuthenticatingAuthority'],
    ] as const) {
      assert.throws(() => writeAuthnStatement({ ...said, ...change }), {
        code: 'value-malformed',
        expected: `text in ${what}`,
      });
    }
  });
});
