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

const comparisons: readonly Comparison[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

/**
 * Reads a `$filter` (OData 4.01, part 2, 5.1.1): comparisons, `in`, startswith, endswith, contains, `any` with one
 * comparison, `and`, `or`, `not` and parentheses.
 *
 * @throws Refusal 400 that says what was expected and where
 */
export function parseFilter(text: string): Filter {
  if (text.length > filterLimits.length)
    throw badRequest(`The $filter is longer than ${filterLimits.length} characters.`);
  return new FilterReader(tokenize(text)).read();
}

/** Recursive descent, one method per level of precedence, loosest first. */
class FilterReader {
  readonly #tokens: Token[];
  #position = 0;
  #terms = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  read(): Filter {
    const filter = this.#either(0);
    if (this.#next) this.#fail("'and', 'or' or the end");
    return filter;
  }

  #either(depth: number): Filter {
    let left = this.#both(depth);
    while (this.#skip('word', 'or')) left = { type: 'or', left, right: this.#both(depth) };
    return left;
  }

  #both(depth: number): Filter {
    let left = this.#term(depth);
    while (this.#skip('word', 'and')) left = { type: 'and', left, right: this.#term(depth) };
    return left;
  }

  #term(depth: number): Filter {
    if (depth > filterLimits.depth) throw badRequest('The $filter is nested too deeply.');
    if (++this.#terms > filterLimits.terms)
      throw badRequest(`The $filter has more than ${filterLimits.terms} terms.`);
    if (this.#skip('mark', '(')) {
      const inner = this.#either(depth + 1);
      this.#require(')');
      return inner;
    }
    if (this.#skip('word', 'not')) return { type: 'not', of: this.#term(depth + 1) };
    if (this.#next?.kind !== 'word') this.#fail('the name of a property or a function');
    if (this.#isCall && isTextFunction(this.#next.text)) return { type: 'text', ...this.#call() };
    if (this.#isCall && this.#next.text.endsWith('/any')) return this.#any();
    return this.#comparison();
  }

  /** startswith(property,'text') and its like. */
  #call(): { property: string; function: TextFunction; value: string } {
    const name = this.#name() as TextFunction;
    this.#require('(');
    const property = this.#name();
    this.#require(',');
    const value = this.#text();
    this.#require(')');
    return { property, function: name, value };
  }

  /** tags/any(t:t eq 'x') */
  #any(): Filter {
    const property = this.#name().slice(0, -'/any'.length);
    this.#require('(');
    const variable = this.#name();
    this.#require(':');
    const { element, operator, value } = this.#lambda();
    this.#require(')');
    if (element !== variable && !element.startsWith(`${variable}/`))
      throw badRequest(`Invalid $filter: inside any(${variable}:…) only ${variable} can be compared.`);
    return { type: 'any', property, inner: element.slice(variable.length + 1), operator, value };
  }

  #lambda(): { element: string; operator: 'eq' | TextFunction; value: Literal } {
    if (this.#isCall && isTextFunction(this.#next?.text ?? '')) {
      const { property, function: operator, value } = this.#call();
      return { element: property, operator, value };
    }
    const element = this.#name();
    if (!this.#skip('word', 'eq')) this.#fail("'eq'");
    return { element, operator: 'eq', value: this.#literal() };
  }

  #comparison(): Filter {
    const property = this.#name();
    if (this.#skip('word', 'in')) {
      this.#require('(');
      const values = [this.#literal()];
      while (this.#skip('mark', ',')) values.push(this.#literal());
      this.#require(')');
      return { type: 'in', property, values };
    }
    const operator = comparisons.find((name) => this.#skip('word', name));
    if (!operator) this.#fail('one of eq, ne, gt, ge, lt, le, in');
    return { type: 'compare', property, operator, value: this.#literal() };
  }

  #name(): string {
    return this.#take('word') ?? this.#fail('the name of a property');
  }

  #text(): string {
    return this.#take('text') ?? this.#fail("a text in single quotes ('…')");
  }

  #literal(): Literal {
    const text = this.#take('text');
    if (text !== undefined) return text;
    const number = this.#take('number');
    if (number !== undefined) return /^-?\d{1,15}$/.test(number) ? Number(number) : number;
    if (this.#skip('word', 'true')) return true;
    if (this.#skip('word', 'false')) return false;
    if (this.#skip('word', 'null')) return null;
    return this.#fail('a value');
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#position];
  }

  /** Whether the word that comes next is followed by an opening parenthesis. */
  get #isCall(): boolean {
    return this.#tokens[this.#position + 1]?.text === '(';
  }

  /** The text of the next token, passed over, where it is of this kind. */
  #take(kind: Token['kind']): string | undefined {
    const token = this.#next;
    if (token?.kind !== kind) return undefined;
    this.#position++;
    return token.text;
  }

  /** Passes over the next token where it is exactly this one. */
  #skip(kind: 'word' | 'mark', text: string): boolean {
    if (this.#next?.kind !== kind || this.#next.text !== text) return false;
    this.#position++;
    return true;
  }

  #require(mark: string): void {
    if (!this.#skip('mark', mark)) this.#fail(`'${mark}'`);
  }

  #fail(expected: string): never {
    const token = this.#next;
    const found = token ? `'${token.text}' at character ${token.at + 1}` : 'its end';
    throw badRequest(`Invalid $filter: ${expected} was expected, but ${found} was found.`);
  }
}

function isTextFunction(name: string): name is TextFunction {
  return name === 'startswith' || name === 'endswith' || name === 'contains';
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
