import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type RuleCode, rules, SamlRejection } from '@countersign/saml';
import { detailsOf, kindOfRejection, type RefusalKind, refusalOf, refusals } from './refusals.ts';

describe('the table of refusals', () => {
  test('every rule of the engine becomes a refusal', () => {
    for (const code of Object.keys(rules) as RuleCode[])
      assert.ok(refusals[kindOfRejection(new SamlRejection(code))], code);
  });

  test('every refusal has a number, whole sentences and somebody to ask, also when nothing is known', () => {
    for (const kind of Object.keys(refusals) as RefusalKind[]) {
      const refusal = refusalOf(kind, {});
      assert.match(String(refusal.code), /^\d{5,7}$/);
      assert.match(refusal.says, /^\S.*\.$/s, kind);
      assert.doesNotMatch(refusal.says, /undefined|null/, kind);
      assert.match(refusal.mend, /\.$/, kind);
    }
  });

  test('the log is told the rule, its section and both values', () => {
    const rejection = new SamlRejection('request-reply-url-unknown', { expected: 'a', actual: 'b' });
    assert.match(detailsOf(rejection), /^request-reply-url-unknown \(core 3\.4\.1.*expected a; received b$/);
  });

  const codes: [RuleCode, number][] = [
    ['base64-malformed', 75005],
    ['deflate-malformed', 75005],
    ['xml-malformed', 7500525],
    ['xml-doctype', 7500525],
    ['id-not-ncname', 7500529],
    ['message-parameter-missing', 750054],
    ['query-too-long', 90015],
    ['request-issuer-missing', 75005],
    ['request-issuer-mismatch', 700016],
    ['request-reply-url-unknown', 50011],
    ['request-reply-url-index-unknown', 50011],
    ['reply-url-missing', 900971],
    ['request-name-id-format-unsupported', 75016],
    ['request-subject-present', 900236],
    ['request-scoping-unsupported', 900236],
    ['request-authn-context-comparison', 90011],
    ['request-protocol-binding-unsupported', 75003],
    ['request-destination-mismatch', 75008],
    ['request-not-signed', 76021],
    ['signature-invalid', 50006],
    ['signature-digest', 50006],
    ['version-unsupported', 75005],
  ];
  for (const [rule, code] of codes)
    test(`${rule} is AADSTS${code}`, () => {
      assert.equal(refusals[kindOfRejection(new SamlRejection(rule))].code, code);
    });
});
