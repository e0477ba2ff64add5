import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Filter, filterLimits, type Literal, parseFilter } from './filter.ts';
import { Refusal } from './refusal.ts';

describe('$filter', () => {
  const readings: [string, Filter][] = [
    ["displayName eq 'B.Simon'", compare('displayName', 'eq', 'B.Simon')],
    ["surname eq 'O''Neill'", compare('surname', 'eq', "O'Neill")],
    ['accountEnabled ne true', compare('accountEnabled', 'ne', true)],
    ['mail eq null', compare('mail', 'eq', null)],
    ['status/errorCode eq 50105', compare('status/errorCode', 'eq', 50_105)],
    ['createdDateTime ge 2026-11-23T00:00:00Z', compare('createdDateTime', 'ge', '2026-11-23T00:00:00Z')],
    ["startswith(displayName,'B')", text('startswith', 'displayName', 'B')],
    ["contains( displayName , 'sim' )", text('contains', 'displayName', 'sim')],
    ["id in ('1','2')", { type: 'in', property: 'id', values: ['1', '2'] }],
    [
      "categories/any(c:contains(c,'human'))",
      { type: 'any', property: 'categories', inner: '', operator: 'contains', value: 'human' },
    ],
    [
      "targetResources/any(t: t/id eq '7')",
      { type: 'any', property: 'targetResources', inner: 'id', operator: 'eq', value: '7' },
    ],
    ["not (a eq '1')", { type: 'not', of: compare('a', 'eq', '1') }],
  ];
  for (const [written, meaning] of readings)
    test(`reads ${written}`, () => assert.deepEqual(parseFilter(written), meaning));

  test('lets and bind tighter than or', () => {
    assert.deepEqual(parseFilter("a eq '1' or b eq '2' and c eq '3'"), {
      type: 'or',
      left: compare('a', 'eq', '1'),
      right: { type: 'and', left: compare('b', 'eq', '2'), right: compare('c', 'eq', '3') },
    });
  });

  test('lets parentheses bind tightest', () => {
    assert.deepEqual(parseFilter("(a eq '1' or b eq '2') and c eq '3'"), {
      type: 'and',
      left: { type: 'or', left: compare('a', 'eq', '1'), right: compare('b', 'eq', '2') },
      right: compare('c', 'eq', '3'),
    });
  });

  const refused: [string, RegExp][] = [
    ['', /the name of a property or a function was expected, but its end was found/],
    ['displayName', /one of eq, ne, gt, ge, lt, le, in was expected/],
    ['displayName eq', /a value was expected, but its end/],
    ["displayName eq 'B", /"'" at character 16 is not understood/],
    ["displayName eq 'B' displayName", /'and', 'or' or the end was expected, but 'displayName'/],
    ["(displayName eq 'B'", /'\)' was expected/],
    ['startswith(displayName,B)', /a text in single quotes/],
    ["tags/any(t:u eq 'x')", /inside any\(t:…\) only t can be compared/],
    ["displayName eq 'B'; drop table users", /";" at character 19 is not understood/],
  ];
  for (const [written, message] of refused)
    test(`refuses ${JSON.stringify(written)} and says why`, () => {
      assert.throws(
        () => parseFilter(written),
        (error) => isBadRequest(error) && message.test(error.message),
      );
    });

  test('refuses what is too long, too wide or too deep', () => {
    const term = "a eq '1'";
    const wide = Array.from({ length: filterLimits.terms + 1 }, () => term).join(' or ');
    const deep = '('.repeat(filterLimits.depth + 2) + term + ')'.repeat(filterLimits.depth + 2);
    const long = `a eq '${'x'.repeat(filterLimits.length)}'`;
    for (const written of [wide, deep, long]) assert.throws(() => parseFilter(written), isBadRequest);
  });

  test('reads back whatever it can write', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        assert.deepEqual(parseFilter(write(filter)), filter);
      }),
    );
  });

  test('answers any text with a meaning or a refusal, never with an error of its own', () => {
    const pieces = fc.constantFrom(
      "'",
      "''",
      '(',
      ')',
      ' ',
      ',',
      ':',
      '/',
      'eq',
      'any',
      'not',
      'in',
      'a',
      '1',
      '-',
      'é',
      '\0',
    );
    const noise = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(noise, (written) => {
        try {
          parseFilter(written);
        } catch (error) {
          assert.ok(isBadRequest(error), String(error));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

function compare(property: string, operator: 'eq' | 'ne' | 'ge', value: Literal): Filter {
  return { type: 'compare', property, operator, value };
}

function text(name: 'startswith' | 'contains', property: string, value: string): Filter {
  return { type: 'text', property, function: name, value };
}

function isBadRequest(error: unknown): error is Refusal {
  return error instanceof Refusal && error.status === 400;
}

const names = fc.constantFrom('displayName', 'mail', 'status/errorCode', '_x', 'a1', 'eq', 'any');
const texts = fc.string({ unit: 'grapheme', maxLength: 8 });
const literals: fc.Arbitrary<Literal> = fc.oneof(
  texts,
  fc.integer({ min: -1e9, max: 1e9 }),
  fc.boolean(),
  fc.constant(null),
);
/** Ordinary objects, as the parser makes them. */
function plain<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>;
}

const terms: fc.Arbitrary<Filter> = fc.oneof(
  plain({
    type: fc.constant('compare' as const),
    property: names,
    operator: fc.constantFrom('eq' as const, 'ne' as const, 'gt' as const, 'le' as const),
    value: literals,
  }),
  plain({
    type: fc.constant('text' as const),
    property: names,
    function: fc.constantFrom('startswith' as const, 'endswith' as const, 'contains' as const),
    value: texts,
  }),
  plain({
    type: fc.constant('in' as const),
    property: names,
    values: fc.array(literals, { minLength: 1, maxLength: 3 }),
  }),
  plain({
    type: fc.constant('any' as const),
    property: names,
    inner: fc.constantFrom('', 'id'),
    operator: fc.constant('eq' as const),
    value: literals,
  }),
);
const { filters } = fc.letrec<{ filters: Filter }>((tie) => ({
  filters: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    terms,
    plain({ type: fc.constant('and' as const), left: tie('filters'), right: tie('filters') }),
    plain({ type: fc.constant('or' as const), left: tie('filters'), right: tie('filters') }),
    plain({ type: fc.constant('not' as const), of: tie('filters') }),
  ),
}));

function write(filter: Filter): string {
  switch (filter.type) {
    case 'and':
    case 'or':
      return `(${write(filter.left)} ${filter.type} ${write(filter.right)})`;
    case 'not':
      return `not (${write(filter.of)})`;
    case 'compare':
      return `${filter.property} ${filter.operator} ${literal(filter.value)}`;
    case 'text':
      return `${filter.function}(${filter.property},${literal(filter.value)})`;
    case 'in':
      return `${filter.property} in (${filter.values.map(literal).join(', ')})`;
    case 'any':
      return `${filter.property}/any(x:x${filter.inner ? `/${filter.inner}` : ''} eq ${literal(filter.value)})`;
  }
}

function literal(value: Literal): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
