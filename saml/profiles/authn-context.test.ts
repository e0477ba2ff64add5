import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type AuthnContextOrder, chooseAuthnContext, meetsRequestedContext } from './authn-context.ts';

const order: AuthnContextOrder = ['none', 'password', ['kerberos', 'certificate'], 'card'];
const comparisons = ['exact', 'minimum', 'maximum', 'better'] as const;
type Comparison = (typeof comparisons)[number];

/** The classes that meet what was asked for, of all the order knows and one it does not. */
const meeting = (comparison: Comparison, ...classRefs: string[]): string[] =>
  ['none', 'password', 'kerberos', 'certificate', 'card', 'unknown'].filter((actual) =>
    meetsRequestedContext({ comparison, classRefs }, actual, order),
  );

describe('what was done meets what was asked for', () => {
  test('exactly, where it is one of those named', () => {
    assert.deepEqual(meeting('exact', 'password', 'card'), ['password', 'card']);
    assert.deepEqual(meeting('exact', 'kerberos'), ['kerberos']);
  });

  test('at least, where it is as strong as one of those named', () => {
    assert.deepEqual(meeting('minimum', 'kerberos'), ['kerberos', 'certificate', 'card']);
    assert.deepEqual(meeting('minimum', 'card', 'password'), ['password', 'kerberos', 'certificate', 'card']);
  });

  test('at most, where it does not exceed one of those named at least', () => {
    assert.deepEqual(meeting('maximum', 'kerberos'), ['none', 'password', 'kerberos', 'certificate']);
    assert.deepEqual(meeting('maximum', 'none', 'password'), ['none', 'password']);
  });

  test('better, where it is stronger than every one of those named', () => {
    assert.deepEqual(meeting('better', 'password'), ['kerberos', 'certificate', 'card']);
    assert.deepEqual(meeting('better', 'none', 'certificate'), ['card']);
    assert.deepEqual(meeting('better', 'card'), []);
  });

  test('never, where the order does not know it, unless it is named exactly', () => {
    assert.deepEqual(meeting('exact', 'unknown'), ['unknown']);
    assert.deepEqual(meeting('minimum', 'unknown'), []);
    assert.deepEqual(meeting('maximum', 'unknown'), []);
    assert.deepEqual(meeting('better', 'unknown'), []);
    assert.deepEqual(meeting('minimum', 'unknown', 'card'), ['card']);
    assert.deepEqual(meeting('better', 'unknown', 'none'), []);
  });

  test('never, where the order knows only a longer name', () => {
    const wish = { comparison: 'minimum', classRefs: ['urn:x:password'] } as const;
    assert.equal(meetsRequestedContext(wish, 'urn:x', ['urn:x:password', 'urn:x:card']), false);
    assert.equal(meetsRequestedContext(wish, 'urn:x', [['urn:x:password'], ['urn:x:card']]), false);
  });

  test('never without an order, unless it is named exactly', () => {
    for (const comparison of comparisons) {
      const met = meetsRequestedContext({ comparison, classRefs: ['password'] }, 'password');
      assert.equal(met, comparison === 'exact');
    }
  });

  test('never, where nothing is named', () => {
    for (const comparison of comparisons) assert.deepEqual(meeting(comparison), []);
  });

  test('by declarations as by classes', () => {
    const requested = { comparison: 'minimum', classRefs: [], declRefs: ['kerberos'] } as const;
    assert.equal(meetsRequestedContext(requested, 'card', order), true);
    assert.equal(meetsRequestedContext(requested, 'password', order), false);
    assert.equal(meetsRequestedContext({ ...requested, comparison: 'exact' }, 'kerberos'), true);
  });
});

describe('what an identity provider states', () => {
  const wish = (comparison: Comparison, ...classRefs: string[]) => ({ comparison, classRefs });
  const available = ['password', 'certificate', 'kerberos', 'none', 'card'];

  test('is what it prefers, where nothing was asked for', () => {
    assert.equal(chooseAuthnContext(undefined, available, order), 'password');
    assert.equal(chooseAuthnContext(undefined, [], order), undefined);
  });

  test('is the requester’s first choice, where that was asked for exactly', () => {
    assert.equal(chooseAuthnContext(wish('exact', 'smartphone', 'card', 'password'), available), 'card');
    assert.equal(
      chooseAuthnContext({ comparison: 'exact', classRefs: [], declRefs: ['card'] }, available),
      'card',
    );
    assert.equal(chooseAuthnContext(wish('exact', 'smartphone'), available, order), undefined);
  });

  test('is what it prefers of what is strong enough', () => {
    assert.equal(chooseAuthnContext(wish('minimum', 'kerberos'), available, order), 'certificate');
    assert.equal(chooseAuthnContext(wish('better', 'kerberos'), available, order), 'card');
    assert.equal(chooseAuthnContext(wish('better', 'card'), available, order), undefined);
  });

  test('is the strongest of what is not too strong', () => {
    assert.equal(chooseAuthnContext(wish('maximum', 'kerberos'), available, order), 'certificate');
    assert.equal(chooseAuthnContext(wish('maximum', 'password'), ['none', 'password'], order), 'password');
    assert.equal(chooseAuthnContext(wish('maximum', 'none'), ['password', 'card'], order), undefined);
  });

  test('always meets what was asked for, and is there whenever anything available does', () => {
    const classes = fc.subarray(['none', 'password', 'kerberos', 'certificate', 'card', 'unknown']);
    fc.assert(
      fc.property(fc.constantFrom(...comparisons), classes, classes, (comparison, classRefs, can) => {
        const stated = chooseAuthnContext({ comparison, classRefs }, can, order);
        const suitable = can.filter((each) => meetsRequestedContext({ comparison, classRefs }, each, order));
        assert.equal(stated !== undefined, suitable.length > 0);
        assert.ok(stated === undefined || suitable.includes(stated));
      }),
    );
  });
});
