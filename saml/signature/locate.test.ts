import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { namespaces } from '../names.ts';
import type { XmlElement, XmlNode } from '../xml/tree.ts';
import { locateSignatures } from './locate.ts';

const misplaced = { name: 'SamlRejection', code: 'signature-misplaced' };
const make = (namespace: string, local: string, children: readonly XmlNode[] = []): XmlElement => ({
  kind: 'element',
  namespace,
  local,
  prefix: '',
  attributes: [],
  children,
  scope: null,
});
const signature = (): XmlElement => make(namespaces.signature, 'Signature');
const issuer = make(namespaces.assertion, 'Issuer');
const other = make(namespaces.assertion, 'Subject');

/** The schema types that have a place for a signature: behind an Issuer that leads, or in front. */
const owners = [
  [namespaces.protocol, ['Response', 'AuthnRequest', 'LogoutRequest', 'LogoutResponse']],
  [
    namespaces.metadata,
    [
      'EntitiesDescriptor',
      'EntityDescriptor',
      'AffiliationDescriptor',
      'RoleDescriptor',
      'IDPSSODescriptor',
      'SPSSODescriptor',
      'AuthnAuthorityDescriptor',
      'AttributeAuthorityDescriptor',
      'PDPDescriptor',
    ],
  ],
] as const;

describe('the place of a signature', () => {
  for (const [namespace, locals] of owners) {
    for (const local of locals) {
      test(`in ${local} is behind a leading Issuer, else first, and nowhere else`, () => {
        const found = (...children: XmlElement[]): unknown =>
          locateSignatures(make(namespace, local, children));
        const own = signature();
        const behind = make(namespace, local, [issuer, own, other]);
        assert.deepEqual([...locateSignatures(behind)], [[behind, own]]);
        const first = make(namespace, local, [own, other]);
        assert.deepEqual([...locateSignatures(first)], [[first, own]]);
        const alone = make(namespace, local, [own]);
        assert.equal(locateSignatures(alone).get(alone), own);

        assert.throws(() => found(own, issuer), misplaced);
        assert.throws(() => found(other, own), misplaced);
        assert.throws(() => found(issuer, other, own), misplaced);
        assert.throws(() => found(signature(), signature()), misplaced);
        assert.throws(() => found(issuer, signature(), signature()), misplaced);
        assert.throws(() => locateSignatures(make('urn:x', local, [own])), misplaced);
        assert.throws(() => locateSignatures(make(namespace, `${local}2`, [own])), misplaced);
      });
    }
  }

  test('in an assertion is behind the Issuer only, for an assertion always has one', () => {
    const own = signature();
    const assertion = make(namespaces.assertion, 'Assertion', [issuer, own, other]);
    assert.deepEqual([...locateSignatures(assertion)], [[assertion, own]]);
    for (const children of [[own], [own, other], [own, issuer], [other, own], [issuer, other, own]]) {
      assert.throws(() => locateSignatures(make(namespaces.assertion, 'Assertion', children)), misplaced);
    }
  });

  test('is found at every depth, and a misplaced one at every depth refuses', () => {
    const inner = make(namespaces.assertion, 'Assertion', [issuer, signature()]);
    const outer = make(namespaces.protocol, 'Response', [issuer, signature(), inner]);
    assert.deepEqual([...locateSignatures(outer).keys()], [outer, inner]);
    const hidden = make('urn:x', 'a', [make('urn:x', 'b', [make('urn:x', 'c', [signature()])])]);
    assert.throws(
      () => locateSignatures(make(namespaces.protocol, 'Response', [issuer, signature(), hidden])),
      misplaced,
    );
    const inSignature = make(namespaces.signature, 'Signature', [
      make(namespaces.signature, 'KeyInfo', [inner]),
    ]);
    assert.throws(
      () => locateSignatures(make(namespaces.protocol, 'Response', [issuer, inSignature])),
      misplaced,
    );
  });

  test('in Advice is passed over where assertions may be nested, yet has its place there', () => {
    const allow = ['nested-assertions'] as const;
    const { assertion } = namespaces;
    const nested = (content: XmlElement) => make(assertion, 'Advice', [content]);
    const inner = make(assertion, 'Assertion', [
      issuer,
      signature(),
      nested(make(assertion, 'Assertion', [issuer, signature()])),
    ]);
    const outer = make(assertion, 'Assertion', [issuer, signature(), other, nested(inner)]);
    const response = make(namespaces.protocol, 'Response', [issuer, signature(), outer]);
    assert.deepEqual([...locateSignatures(response, { allow }).keys()], [response, outer]);
    assert.equal(locateSignatures(response).size, 4);
    assert.equal(locateSignatures(response, { allow: ['signature-last'] }).size, 4);

    // Nothing but the Advice of an assertion is passed over.
    for (const elsewhere of [
      make(assertion, 'Subject', [nested(inner)]),
      make('urn:x', 'Assertion', [nested(inner)]),
      make(assertion, 'Assertion', [make('urn:x', 'Advice', [inner])]),
      make(namespaces.protocol, 'Response', [nested(inner)]),
      nested(inner),
    ])
      assert.ok(locateSignatures(elsewhere, { allow }).has(inner));

    for (const bad of [
      signature(),
      make('urn:x', 'a', [signature()]),
      make(assertion, 'Assertion', [issuer, signature(), signature()]),
      make(assertion, 'Assertion', [issuer, make(namespaces.signature, 'Signature', [signature()])]),
    ])
      assert.throws(
        () => locateSignatures(make(assertion, 'Assertion', [issuer, nested(bad)]), { allow }),
        misplaced,
      );
  });

  test('at the end takes the switch, on elements that may be signed at all, and only once', () => {
    const own = signature();
    const allow = ['signature-last'] as const;
    const last = make(namespaces.assertion, 'Assertion', [issuer, other, own]);
    assert.equal(locateSignatures(last, { allow }).get(last), own);
    assert.throws(() => locateSignatures(last, { allow: ['sha1-digest'] }), misplaced);
    assert.throws(() => locateSignatures(make('urn:x', 'Assertion', [other, own]), { allow }), misplaced);
    const middle = make(namespaces.assertion, 'Assertion', [issuer, other, own, other]);
    assert.throws(() => locateSignatures(middle, { allow }), misplaced);
    const twice = make(namespaces.assertion, 'Assertion', [issuer, signature(), other, own]);
    assert.throws(() => locateSignatures(twice, { allow }), misplaced);
  });

  test('is counted among elements alone: text and instructions around it change nothing', () => {
    const instruction: XmlNode = { kind: 'instruction', target: 'x', data: '' };
    const own = signature();
    const owner = make(namespaces.metadata, 'EntityDescriptor', ['\n', instruction, own, instruction, '\n']);
    assert.deepEqual([...locateSignatures(owner)], [[owner, own]]);
    const around = make(namespaces.metadata, 'EntitiesDescriptor', [instruction, owner, '\n']);
    assert.deepEqual([...locateSignatures(around)], [[owner, own]]);
    const behind = make(namespaces.metadata, 'EntityDescriptor', [instruction, other, '\n', signature()]);
    assert.throws(() => locateSignatures(behind), {
      ...misplaced,
      actual: `child 2 of {${namespaces.metadata}}EntityDescriptor`,
    });
    const filled = make(namespaces.signature, 'Signature', ['\n', instruction, signature()]);
    assert.throws(() => locateSignatures(make(namespaces.metadata, 'EntityDescriptor', [filled])), {
      ...misplaced,
      actual: `child 1 of {${namespaces.signature}}Signature`,
    });
  });

  test('at index 1 is behind an Issuer, of whatever namespace the first may be', () => {
    for (const first of [make('urn:x', 'Issuer'), make(namespaces.protocol, 'Issuer'), other])
      assert.throws(
        () => locateSignatures(make(namespaces.protocol, 'Response', [first, signature()])),
        misplaced,
      );
  });

  test('is never that of the root: a signature alone signs nothing here', () => {
    assert.throws(() => locateSignatures(signature()), misplaced);
  });

  test('is judged by names, not by prefixes: a Signature of another namespace is none', () => {
    const look = make('urn:x', 'Signature');
    assert.equal(locateSignatures(make('urn:x', 'a', [look])).size, 0);
    assert.equal(locateSignatures(look).size, 0);
    assert.equal(locateSignatures(make(namespaces.signature, 'SignatureValue')).size, 0);
  });
});

test('eight signatures are found, and a ninth refuses all, those in Advice counted', () => {
  const signed = (children: readonly XmlNode[] = []) =>
    make(namespaces.assertion, 'Assertion', [issuer, signature(), ...children]);
  const many = (count: number) => Array.from({ length: count }, () => signed());
  const around = (children: readonly XmlNode[]) => make(namespaces.protocol, 'Response', children);
  const tooMany = { code: 'signature-too-many', expected: 'at most 8', actual: '9' };
  assert.equal(locateSignatures(around(many(8))).size, 8);
  assert.throws(() => locateSignatures(around(many(9))), tooMany);

  const nested = (count: number) =>
    around([...many(3), signed([make(namespaces.assertion, 'Advice', many(count))])]);
  const allow = ['nested-assertions'] as const;
  assert.equal(locateSignatures(nested(4), { allow }).size, 4);
  assert.throws(() => locateSignatures(nested(5), { allow }), tooMany);
  assert.throws(() => locateSignatures(nested(5)), tooMany);
});
