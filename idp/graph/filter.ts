import { badRequest } from './refusal.ts';

export type Literal = string | number | boolean | null;
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type TextFunction = 'startswith' | 'endswith' | 'contains';

/** A parsed `$filter`. Names are as written; whether they exist is decided against a resource's properties. */
export type Filter =
  | { type: 'and'; left: Filter; right: Filter }
  | { type: 'or'; left: Filter; right: Filter }
  | { type: 'not'; of: Filter }
  | { type: 'compare'; property: string; operator: Comparison; value: Literal }
  | { type: 'text'; property: string; function: TextFunction; value: string }
  | { type: 'in'; property: string; values: Literal[] }
  /** `tags/any(t:t eq 'x')`; `inner` names a property of the element, empty for the element itself. */
  | { type: 'any'; property: string; inner: string; operator: 'eq' | TextFunction; value: Literal };

/** Longer or more deeply nested filters are refused: nothing a screen or a script needs comes near. */
export const filterLimits = { length: 2_000, terms: 50, depth: 20 };

type Token = { kind: 'word' | 'text' | 'number' | 'mark'; text: string; at: number };

const comparisons: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const textFunctions: readonly string[] = ['startswith', 'endswith', 'contains'];

/**
 * Reads a `$filter` (OData 4.01, part 2, 5.1.1): comparisons, `in`, startswith, endswith, contains, `any` with one
 * comparison, `and`, `or`, `not` and parentheses.
 *
 * @throws Refusal 400 that says what was expected and where
 */
export function parseFilter(text: string): Filter {
  if (text.length > filterLimits.length)
    throw badRequest(`The $filter is longer than ${filterLimits.length} characters.`);
  const tokens = tokenize(text);
  let position = 0;
  let terms = 0;

  const peek = () => tokens[position];
  const next = () => tokens[position++];
  const isMark = (mark: string) => peek()?.kind === 'mark' && peek()?.text === mark;
  const isWord = (word: string) => peek()?.kind === 'word' && peek()?.text === word;
  function fail(expected: string): never {
    const token = tokens[position];
    const found = token ? `'${token.text}' at character ${token.at + 1}` : 'its end';
    throw badRequest(`Invalid $filter: ${expected} was expected, but ${found} was found.`);
  }
  function take(mark: string): void {
    if (!isMark(mark)) fail(`'${mark}'`);
    position++;
  }

  function either(depth: number): Filter {
    let left = both(depth);
    while (isWord('or')) {
      position++;
      left = { type: 'or', left, right: both(depth) };
    }
    return left;
  }
  function both(depth: number): Filter {
    let left = term(depth);
    while (isWord('and')) {
      position++;
      left = { type: 'and', left, right: term(depth) };
    }
    return left;
  }
  function term(depth: number): Filter {
    if (depth > filterLimits.depth) throw badRequest('The $filter is nested too deeply.');
    if (++terms > filterLimits.terms)
      throw badRequest(`The $filter has more than ${filterLimits.terms} terms.`);
    if (isMark('(')) {
      position++;
      const inner = either(depth + 1);
      take(')');
      return inner;
    }
    if (isWord('not')) {
      position++;
      return { type: 'not', of: term(depth + 1) };
    }
    const word = peek();
    if (word?.kind !== 'word') fail('the name of a property or a function');
    if (textFunctions.includes(word.text) && tokens[position + 1]?.text === '(') return textTerm();
    if (word.text.endsWith('/any') && tokens[position + 1]?.text === '(') return anyTerm();
    return comparison();
  }
  function textTerm(): Filter {
    const name = next()?.text as TextFunction;
    take('(');
    const property = propertyName();
    take(',');
    const value = textValue();
    take(')');
    return { type: 'text', property, function: name, value };
  }
  function anyTerm(): Filter {
    const property = (next()?.text ?? '').slice(0, -'/any'.length);
    take('(');
    const variable = propertyName();
    take(':');
    const isFunction = textFunctions.includes(peek()?.text ?? '') && tokens[position + 1]?.text === '(';
    let operator: 'eq' | TextFunction = 'eq';
    let element: string;
    let value: Literal;
    if (isFunction) {
      operator = next()?.text as TextFunction;
      take('(');
      element = propertyName();
      take(',');
      value = textValue();
      take(')');
    } else {
      element = propertyName();
      if (!isWord('eq')) fail("'eq'");
      position++;
      value = literal();
    }
    take(')');
    if (element !== variable && !element.startsWith(`${variable}/`))
      throw badRequest(`Invalid $filter: inside any(${variable}:…) only ${variable} can be compared.`);
    return { type: 'any', property, inner: element.slice(variable.length + 1), operator, value };
  }
  function comparison(): Filter {
    const property = propertyName();
    const operator = peek();
    if (operator?.kind === 'word' && operator.text === 'in') {
      position++;
      take('(');
      const values = [literal()];
      while (isMark(',')) {
        position++;
        values.push(literal());
      }
      take(')');
      return { type: 'in', property, values };
    }
    if (operator?.kind !== 'word' || !comparisons.includes(operator.text))
      fail('one of eq, ne, gt, ge, lt, le, in');
    position++;
    return { type: 'compare', property, operator: operator.text as Comparison, value: literal() };
  }
  function propertyName(): string {
    const token = peek();
    if (token?.kind !== 'word') fail('the name of a property');
    position++;
    return token.text;
  }
  function textValue(): string {
    const token = peek();
    if (token?.kind !== 'text') fail("a text in single quotes ('…')");
    position++;
    return token.text;
  }
  function literal(): Literal {
    const token = next();
    if (token?.kind === 'text') return token.text;
    if (token?.kind === 'number') return /^-?\d{1,15}$/.test(token.text) ? Number(token.text) : token.text;
    if (token?.kind === 'word' && token.text === 'true') return true;
    if (token?.kind === 'word' && token.text === 'false') return false;
    if (token?.kind === 'word' && token.text === 'null') return null;
    position--;
    return fail('a value');
  }

  const filter = either(0);
  if (peek()) fail("'and', 'or' or the end");
  return filter;
}

const word = /[A-Za-z_@][A-Za-z0-9_.@]*(?:\/[A-Za-z_@][A-Za-z0-9_.@]*)*/y;
// Numbers, date-times (2026-11-23T16:00:00Z) and bare GUIDs, which OData writes without quotes.
const number = /-?[0-9][0-9A-Fa-f]*(?:[-:.T+Z0-9A-Fa-f])*/y;
const quoted = /'((?:[^']|'')*)'/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const read = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  while (at < text.length) {
    const character = text[at] ?? '';
    let match: RegExpExecArray | null;
    if (character === ' ' || character === '\t') {
      at++;
    } else if ('(),:'.includes(character)) {
      tokens.push({ kind: 'mark', text: character, at });
      at++;
    } else if ((match = read(quoted))) {
      tokens.push({ kind: 'text', text: (match[1] ?? '').replaceAll("''", "'"), at });
      at = quoted.lastIndex;
    } else if ((match = read(number))) {
      tokens.push({ kind: 'number', text: match[0], at });
      at = number.lastIndex;
    } else if ((match = read(word))) {
      tokens.push({ kind: 'word', text: match[0], at });
      at = word.lastIndex;
    } else {
      throw badRequest(
        `Invalid $filter: ${JSON.stringify(character)} at character ${at + 1} is not understood.`,
      );
    }
  }
  return tokens;
}
